import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { endsWhenWaitedFor, signalAt, signalOn } from '../../support/emulator/on-request.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { activeMembers, stages, unsaid } from '../../support/emulator/truth.ts'
import { bothPhases, mainPhase, type BothPhases } from '../../support/runs/workflow-step.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }
const SLOW_UPLOAD = { method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } } as const

describe('a step that is cancelled', () => {
  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s during the upload takes its batch back, and the next attempt publishes',
    async (signal) => {
      await using platform = await localPlatform()
      platform.emulator.faults.add(SLOW_UPLOAD)
      const cut = await bothPhases(platform, { files, onLine: signalAt(signal, platform, ['PUT', /jsonl$/]) })
      expectCancelled(cut)
      expect(cut.outputs).toMatchObject({ status: 'aborted' })
      expect(await stages(platform)).toEqual(['aborted'])
      expectNothingToPutRight(cut)
      platform.emulator.faults.clear()
      const again = await mainPhase(platform, { files, attempt: 2 })
      expect(again.outputs['outcome'], again.log).toBe('published')
      await expectOnce(platform, cut.logs + again.log)
    },
  )

  it.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s during the wait leaves the batch alone, and the next attempt takes it up',
    async (signal) => {
      await using platform = await localPlatform({ loadedMs: NEVER_MS })
      const cut = await bothPhases(platform, { files, onLine: signalOn(signal, /^Completed batch \S+/m) })
      expectCancelled(cut)
      const { id } = await platform.batch()
      expect(cut.outputs).toMatchObject({ status: 'loaded', 'batch-id': id })
      expect(cut.log).toContain(id)
      const again = await mainPhase(platform, { files, attempt: 2, onLine: endsWhenWaitedFor(platform) })
      expect(again.exitCode, again.log).toBe(0)
      expect(again.outputs).toMatchObject({ outcome: 'published', 'batch-id': id })
      await expectOnce(platform, cut.logs + again.log)
      expect(platform.requests('POST', /ABORT|REVERT/)).toEqual([])
    },
  )

  it.concurrent('while COMPLETE is under way does not take the batch back', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: '/**?action=COMPLETE', effect: { kind: 'latency', ms: NEVER_MS } })
    const cut = await bothPhases(platform, { files, onLine: signalAt('SIGINT', platform, ['POST', /COMPLETE$/]) })
    expectCancelled(cut)
    const { id } = await platform.batch()
    expect(cut.log).toContain(`The platform continues to ingest what was completed, or may have been: ${id}`)
    expect(platform.requests('POST', /ABORT/)).toEqual([])
    const again = await mainPhase(platform, { files, attempt: 2 })
    expect(again.exitCode, again.log).toBe(0)
    expect(again.outputs['batch-id']).toBe(id)
    await expectOnce(platform, cut.logs + again.log)
  })

  it.concurrent('and can not take its batch back has a post step that can', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(SLOW_UPLOAD, {
      path: '/**?action=ABORT',
      effect: { kind: 'answer', status: 403, body: '{"title":"Forbidden"}' },
    })
    const cut = await bothPhases(platform, { files, onLine: signalAt('SIGINT', platform, ['PUT', /jsonl$/]) })
    expectCancelled(cut)
    const { id } = await platform.batch()
    expect(cut.log).toMatch(new RegExp(`^::warning::Batch ${id} stays open .*action=ABORT`, 'm'))
    expect(cut.post.exitCode).toBe(0)
    expect(cut.post.log).toContain(`Aborted batch ${id}`)
    expect(await stages(platform)).toEqual(['aborted'])
  })
})

function expectCancelled({ exitCode, outputs, log, post }: BothPhases): void {
  expect(exitCode, log).toBe(1)
  expect(outputs['outcome']).toBe('cancelled')
  expect(post.exitCode, post.log).toBe(0)
}

/** The main phase has put everything right itself: the post phase has nothing to say, nor to ask. */
function expectNothingToPutRight({ post }: BothPhases): void {
  expect(post.log.replace(/^::add-mask::.*\n/gm, '')).toBe('')
}

async function expectOnce(platform: LocalPlatform, logs: string): Promise<void> {
  expect(await activeMembers(platform)).toEqual(['1', '2'])
  expect(await unsaid(platform, logs)).toEqual([])
}
