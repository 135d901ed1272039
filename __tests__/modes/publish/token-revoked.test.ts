import { describe, expect, it } from 'vitest'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf } from '../../support/files/members.ts'
import { NAMED, outcome } from '../../support/runs/publishing-desk.ts'
import { answer } from '../../support/platform/scripted-transport.ts'
import { lineOf } from '../../support/emulator/unanswered.ts'
import { signIn } from '../../support/platform/platform-client.ts'

const REFUSED = answer(401, { error_code: '401013', message: 'Oauth token is not valid' })

describe('a token that is revoked while a batch is waited for', () => {
  it('ends the wait at once where it is the only one, with what to do', async () => {
    const platform = inMemoryPlatform()
    const token = await signIn(platform)
    let isComplete = false
    let looks = 0
    const run = await runStep(
      {
        ...platform,
        async send(request, signal) {
          const line = lineOf(request)
          if (isComplete && line.startsWith('GET')) {
            if (/\/catalog\/batches\/\w+$/.test(line)) looks++
            return REFUSED
          }
          isComplete ||= line.endsWith('action=COMPLETE')
          return await platform.send(request, signal)
        },
      },
      { files: contentOf('a'), inputs: { ...NAMED, 'client-secret': '', 'access-token': token } },
    )
    expect([outcome(run), looks], run.log).toEqual(['failed', 1])
    expect(run.errors.join()).toMatch(/Set a new "access-token".*\nThe platform continues to ingest/s)
  })

  it('is renewed where it can be, and the wait goes on', async () => {
    const platform = inMemoryPlatform()
    let isRefused = false
    const run = await runStep(
      {
        ...platform,
        async send(request, signal) {
          const isLook = /^GET .*\/catalog\/batches\/\w+$/.test(lineOf(request))
          if (!isLook || isRefused) return await platform.send(request, signal)
          isRefused = true
          return REFUSED
        },
      },
      { files: contentOf('a'), inputs: NAMED },
    )
    expect([outcome(run), isRefused]).toEqual(['published', true])
  })
})
