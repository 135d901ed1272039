import { describe, expect, it } from 'vitest'
import { badMember, contentOf, manyFiles, rowsOf, stages } from '../../support/files/members.ts'
import { NAMED, PREVIOUS, RETRYING, creations, desk, outcome } from '../../support/runs/publishing-desk.ts'

describe('the same content, published again', () => {
  it('is skipped, by a later run and by a re-run, and the batch that holds it is named', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'))
    for (const run of [{}, { runId: '1001', attempt: 2 }]) {
      const again = await publish(contentOf('a'), NAMED, run)
      expect([outcome(again), again.failed, again.outputs['batch-id']]).toEqual([
        'skipped',
        false,
        first.outputs['batch-id'],
      ])
    }
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('is waited for while it is in progress, and then counts as published by this run', async () => {
    const { platform, publish } = desk(RETRYING)
    const first = await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const again = await publish(contentOf('a'))
    expect([outcome(first), outcome(again), creations(platform)]).toEqual(['submitted', 'published', 1])
    expect(again.log).toContain(`Waiting for batches in progress: ${first.outputs['batch-id']}`)
  })

  it('is sent when what was waited for fails', async () => {
    const { platform, publish } = desk(RETRYING)
    const files = contentOf('a')
    platform.emulator.faults.add({ method: 'PUT', path: '**', effect: { kind: 'answer', status: 200 } })
    expect(outcome(await publish(files, { ...NAMED, wait: 'false' }))).toBe('submitted')
    const again = await publish(files)
    expect([outcome(again), again.failed]).toEqual(['published', false])
    expect(await stages(platform)).toEqual(['failed', 'success'])
  })

  it('is sent where the batch that holds it was reverted just now, though the first looks still say "success"', async () => {
    const { platform, publish } = desk({ staleReads: 3 })
    const first = await publish(contentOf('a'))
    await publish(undefined, { mode: 'revert', 'batch-id': first.outputs['batch-id'] ?? '', wait: 'false' })
    const again = await publish(contentOf('a'))
    expect([outcome(again), await rowsOf(platform)], again.log).toEqual(['published', ['a']])
    expect(again.log).toContain(
      `Starting over, nothing was completed: Batch ${first.outputs['batch-id']}, which had this data`,
    )
    expect(again.outputs['batch-ids']).not.toContain(first.outputs['batch-id'])
  })

  it('is skipped where the data lake lists no file of the batch that holds it, and the batch is still active', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'))
    const noFiles = { kind: 'answer', status: 200, body: '{"data":[]}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/data/foundation/export/**', times: 0, effect: noFiles })
    const again = await publish(contentOf('a'))
    expect([outcome(again), again.failed, creations(platform)]).toEqual(['skipped', false, 1])
    expect(again.log).toContain('the platform lists no file of it')
  })

  it('is sent again under if-unchanged: publish, but not by a re-run', async () => {
    const { platform, publish } = desk()
    const anew = { ...NAMED, 'if-unchanged': 'publish' }
    await publish(contentOf('a'), anew)
    expect(outcome(await publish(contentOf('a'), anew))).toBe('published')
    const rerun = await publish(contentOf('a'), anew, { runId: '1002', attempt: 2 })
    expect(outcome(rerun)).toBe('skipped')
    expect(rerun.log).toContain('This run has published this data already, so it is not sent again')
    expect(await rowsOf(platform)).toEqual(['a', 'a'])
  })
})

describe('a publish of several batches', () => {
  /** More files than one batch takes. */
  const files = manyFiles(3)

  it('that was cut short has its missing part sent alone by the next attempt', async () => {
    const { platform, publish } = desk({ maxFiles: 2 })
    const refusal = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'POST', path: '**?action=COMPLETE', skip: 1, effect: refusal })
    const first = await publish(files, NAMED, { runId: '1001' })
    expect([outcome(first), await stages(platform)]).toEqual(['failed', ['promoting', 'aborted']])
    const second = await publish(files, NAMED, { runId: '1001', attempt: 2 })
    expect([outcome(second), second.failed, creations(platform)]).toEqual(['published', false, 3])
    expect(await stages(platform)).toEqual(['success', 'aborted', 'success'])
    expect(await rowsOf(platform)).toHaveLength(3)
  })

  it('of which a part is in progress and another missing is not called submitted', async () => {
    const { platform, publish } = desk({ ...RETRYING, maxFiles: 2 })
    const refusal = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'POST', path: '**?action=COMPLETE', skip: 1, effect: refusal })
    await publish(files, { ...NAMED, wait: 'false' }, { runId: '1001' })
    const second = await publish(files, { ...NAMED, wait: 'false' }, { runId: '1001', attempt: 2 })
    expect([outcome(second), second.failed]).toEqual(['failed', true])
    expect(second.errors.join()).toContain('"wait: false" does not wait for it')
  })

  it('that would replace is refused before a batch exists', async () => {
    const { platform, publish } = desk({ maxFiles: 2 })
    await publish(contentOf('a'), PREVIOUS)
    const second = await publish(files, PREVIOUS)
    expect([outcome(second), second.errors.join()]).toEqual(['failed', expect.stringContaining('needs 2 batches')])
    expect(creations(platform)).toBe(1)
  })
})

describe('a batch that is found instead of made', () => {
  const half = { ...NAMED, 'error-threshold': '50' }
  const mixed = { 'data/a.jsonl': `${contentOf('a')['data/a.jsonl']}${badMember('b')}` }

  it('stays partially published, fails under the same limits, and the way out is named', async () => {
    const { publish } = desk({ maxFiles: 2 })
    expect((await publish(mixed, half)).failed).toBe(false)
    const again = await publish(mixed, half)
    expect([outcome(again), again.failed]).toEqual(['partially-published', false])
    const strict = await publish(mixed, { ...half, 'max-rejected-rows': '0' })
    expect([outcome(strict), strict.failed]).toEqual(['partially-published', true])
    expect(strict.log).toContain('"if-unchanged: publish" with "replay-predecessors: previous"')
  })

  it('and published in part can be replaced by that way', async () => {
    const { platform, publish } = desk({ maxFiles: 2 })
    await publish(mixed, half)
    const anew = await publish(mixed, { ...half, ...PREVIOUS, 'if-unchanged': 'publish' })
    expect(outcome(anew)).toBe('partially-published')
    expect(await rowsOf(platform)).toEqual(['a'])
  })
})
