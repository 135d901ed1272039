import { describe, expect, it } from 'vitest'
import { lazy } from '../../../src/lib/async.ts'
import type { HttpRequest } from '../../../src/platform/http/transport.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { badMember, manyFiles, rowsOf, stages } from '../../support/files/members.ts'
import { NAMED, desk, outcome, publishing } from '../../support/runs/publishing-desk.ts'

/** A platform whose batches take two files, and three files: two parts. */
const TWO_FILES = { maxFiles: 2 }
const files = manyFiles(3)
const ATTEMPT_2 = { runId: '1001', attempt: 2 }

describe('more files than a batch takes', () => {
  it('become two parts of one publish, completed when every file of both has arrived', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const run = await publish(files)
    const [one, two, ...more] = await platform.emulator.batches()
    expect(more).toEqual([])
    expect([one, two].map((batch) => batch?.files.length)).toEqual([2, 1])
    expect([one, two].map((batch) => batch?.tags['gh_part'])).toEqual([['1/2'], ['2/2']])
    expect(one?.tags['gh_publish']).toEqual(two?.tags['gh_publish'])
    expect(one?.tags['gh_files']).toEqual(two?.tags['gh_files'])
    expect(one?.tags['gh_fingerprint']).not.toEqual(two?.tags['gh_fingerprint'])
    expect(one?.externalId).not.toBe(two?.externalId)
    expect(run.outputs).toMatchObject({
      outcome: 'published',
      status: 'success',
      'batch-id': one?.id,
      'batch-ids': JSON.stringify([one?.id, two?.id]),
      'file-count': '3',
      'records-written': '3',
    })
    const sent = platform.emulator.requests().filter(({ method }) => method === 'PUT' || method === 'POST')
    const uploads = sent.filter(({ target }) => /\/files\/|action=COMPLETE/.test(target))
    expect(uploads.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT', 'POST', 'POST'])
  })

  it('are all taken back when one of them cannot be sent', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const refusal = { kind: 'answer', status: 403 } as const
    platform.emulator.faults.add({ method: 'PUT', path: '/**/2.jsonl', times: 0, effect: refusal })
    const run = await publish(files)
    expect([run.failed, run.outputs]).toMatchObject([true, { outcome: 'failed', status: 'aborted' }])
    expect(await stages(platform)).toEqual(['aborted', 'aborted'])
  })

  it('of which the platform fails one part: the next attempt sends only that', async () => {
    const { platform, publish } = desk(TWO_FILES)
    platform.emulator.change({ maxFiles: 1 })
    const first = await publish(files, NAMED, { runId: '1001' })
    expect([outcome(first), first.failed, await stages(platform)]).toEqual(['failed', true, ['failed', 'success']])
    platform.emulator.change(TWO_FILES)
    const second = await publish(files, NAMED, ATTEMPT_2)
    expect([outcome(second), second.outputs['records-written']]).toEqual(['published', '3'])
    expect((await platform.emulator.batches()).map((batch) => batch.files.length)).toEqual([2, 1, 2])
    expect((await rowsOf(platform)).toSorted()).toEqual(['m0', 'm1', 'm2'])
  })

  it('are judged apart when the platform has consolidated them into one: a later run still says what one of them lost', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const inputs = { ...NAMED, validation: 'warn', 'error-threshold': '50' }
    const lossy = { ...files, 'data/day=1/0.jsonl': badMember('m0') }
    const first = await publish(lossy, inputs)
    const ids = (await platform.emulator.batches()).map(({ id }) => id)
    const successor = await platform.emulator.consolidate(ids)
    const again = await publish(lossy, inputs)
    const counts = { outcome: 'partially-published', 'records-written': '2', 'records-failed': '1' }
    expect([first.outputs, again.outputs]).toMatchObject([
      { ...counts, 'batch-ids': JSON.stringify(ids) },
      { ...counts, 'batch-ids': JSON.stringify([successor]) },
    ])
    const strict = await publish(lossy, { ...inputs, 'max-rejected-rows': '0' })
    expect([outcome(strict), strict.failed]).toEqual(['partially-published', true])
  })

  /** Where part 2 is active, and is reverted at the first such request of the attempt that sends part 1. */
  async function reverted(isDue: (request: HttpRequest) => boolean) {
    const { platform, publish } = desk({ maxFiles: 1 })
    const batchMost = { ...platform.batchMost, files: 2 }
    await publishing({ ...platform, batchMost })(files)
    const there = (await platform.emulator.batches()).find(({ stage }) => stage === 'success')
    platform.emulator.change(TWO_FILES)
    const revert = lazy(() => publish(undefined, { mode: 'revert', 'batch-id': there?.id ?? '' }))
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      if (isDue(request)) await revert.get()
      return platform.send(request, signal)
    }
    return { platform, publish: publishing({ ...platform, batchMost, send }) }
  }

  it('of which one part is reverted while the missing one is uploaded: both are sent', async () => {
    const { platform, publish } = await reverted(({ method }) => method === 'PUT')
    const second = await publish(files, NAMED, ATTEMPT_2)
    expect(second.log).toMatch(/Starting over, nothing was completed: \w+, which has a part of this data/)
    expect([outcome(second), (await rowsOf(platform)).toSorted()]).toEqual(['published', ['m0', 'm1', 'm2']])
  })

  it('of which one part is reverted at COMPLETE: it fails, and the next attempt sends what is missing', async () => {
    const { platform, publish } = await reverted(({ url }) => url.search.endsWith('action=COMPLETE'))
    const second = await publish(files, NAMED, ATTEMPT_2)
    expect([outcome(second), second.failed]).toEqual(['failed', true])
    expect(second.errors.join()).toMatch(/which had this data, is no longer active\nRun the job again/)
    expect(second.errors.join()).toContain(
      `continues to ingest what was completed, or may have been: ${second.outputs['batch-id']}`,
    )
    const third = await publish(files, NAMED, { ...ATTEMPT_2, attempt: 3 })
    expect([outcome(third), (await rowsOf(platform)).toSorted()]).toEqual(['published', ['m0', 'm1', 'm2']])
  })
})
