import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, it } from 'vitest'
import type { Effect } from '../../emulator/faults/faults.ts'
import { seededCredential } from '../../emulator/seed.ts'
import { seededDatasetIds, seededOrg } from '../../emulator/seed/ids.ts'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'

const PROGRAM = join(import.meta.dirname, '../../emulator/conformance/main.ts')

/** `npm run conformance -- --write` against somebody's sandbox, as a process. */
function conformance({ url }: LocalPlatform) {
  const args = [
    '--url',
    url,
    '--ims-url',
    url,
    '--dataset',
    seededDatasetIds.loyalty,
    '--write',
    '--report',
    '/dev/null',
  ]
  const env = {
    AEP_CLIENT_ID: seededCredential.clientId,
    AEP_CLIENT_SECRET: seededCredential.secrets[0],
    AEP_SCOPES: seededCredential.scopes.join(','),
    AEP_ORG_ID: seededOrg,
    AEP_SANDBOX: 'dev',
  }
  const child = spawn(process.execPath, [PROGRAM, ...args], { env })
  const said = text(child.stderr)
  const ended = once(child, 'close').then(async ([exitCode]) => ({ exitCode: exitCode as number, said: await said }))
  return { child, ended }
}

const stages = async ({ emulator }: LocalPlatform) => (await emulator.batches()).map(({ stage }) => stage)

const NEVER: Effect = { kind: 'latency', ms: 3_600_000 }

describe('`npm run conformance -- --write` that a person stops', () => {
  // Of tests that run at once, each polls with an `expect` of its own: the common one forgets which test it is in.
  it.concurrent.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s aborts its batches',
    async (signal, { expect }) => {
      await using platform = await localPlatform()
      platform.emulator.faults.add({ method: 'PUT', path: '**/files/**', times: 0, effect: NEVER })
      const { child, ended } = conformance(platform)
      await expect.poll(() => platform.requests('PUT', /\/files\//)).not.toEqual([])
      expect(await stages(platform)).toContain('loading')
      child.kill(signal)
      const { exitCode, said } = await ended
      expect([exitCode, said]).toEqual([130, expect.stringContaining('Stopped: no report was written')])
      expect(new Set(await stages(platform))).toEqual(new Set(['aborted']))
      expect(said).not.toContain('left open')
    },
  )

  it.concurrent('twice ends at once, and names what is left open', async ({ expect }) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(
      { method: 'PUT', path: '**/files/**', times: 0, effect: NEVER },
      { method: 'POST', path: '**?action=ABORT', times: 0, effect: NEVER },
    )
    const { child, ended } = conformance(platform)
    await expect.poll(() => platform.requests('PUT', /\/files\//)).not.toEqual([])
    child.kill('SIGINT')
    await expect.poll(() => platform.requests('POST', /action=ABORT/)).not.toEqual([])
    child.kill('SIGINT')
    const { exitCode, said } = await ended
    expect(exitCode).toBe(130)
    const [id] = (await platform.emulator.batches()).map((batch) => batch.id)
    expect(said).toMatch(new RegExp(`^Not aborted, and left open in your dataset: .*${id}`, 'm'))
  })
})
