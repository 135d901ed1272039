import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import { contentOf, rowsOf } from '../../support/files/members.ts'
import { NAMED, PREVIOUS, RETRYING, creations, desk, outcome } from '../../support/runs/publishing-desk.ts'

describe('other content', () => {
  it('stands beside the first, with a warning', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'))
    const second = await publish(contentOf('b'))
    expect([outcome(second), second.warnings]).toEqual([
      'published',
      [expect.stringContaining(`${first.outputs['batch-id']}`)],
    ])
    expect(await rowsOf(platform)).toEqual(['a', 'b'])
  })

  it('takes the place of the first under `previous`', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), PREVIOUS)
    const second = await publish(contentOf('b'), PREVIOUS)
    expect([outcome(second), second.warnings]).toEqual(['published', []])
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('of the same file names takes the place of what an earlier attempt published', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), NAMED, { runId: '1001' })
    await publish(contentOf('b'), NAMED, { runId: '1001', attempt: 2 })
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('is not put in the place of what a later run published', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), PREVIOUS, { runId: '1001' })
    await publish(contentOf('b'), PREVIOUS, { runId: '1002' })
    const rerun = await publish(contentOf('a'), PREVIOUS, { runId: '1001', attempt: 2 })
    expect([outcome(rerun), rerun.errors.join()]).toEqual(['failed', expect.stringContaining('a later run published')])
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('in progress by another run is not waited for where nothing is to be replaced', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const second = await publish(contentOf('b'))
    expect([outcome(second), second.log.includes('Waiting for batches in progress')]).toEqual(['published', false])
    expect(await rowsOf(platform)).toEqual(['a', 'b'])
  })

  it('in progress is waited for, and replaced, under `previous`', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...PREVIOUS, wait: 'false' })
    expect(outcome(await publish(contentOf('b'), PREVIOUS))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('of an earlier attempt in progress is waited for, and replaced', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...NAMED, wait: 'false' }, { runId: '1001' })
    expect(outcome(await publish(contentOf('b'), NAMED, { runId: '1001', attempt: 2 }))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['b'])
  })
})

describe('steps without a name of their own', () => {
  const previous = { 'replay-predecessors': 'previous' }

  it('do not publish the same content once more because a pattern was reworded', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), { glob: 'data/*.jsonl' })
    expect(outcome(await publish(contentOf('a'), { glob: 'data/**/*.jsonl' }))).toBe('skipped')
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('can not replace under a reworded pattern what they can not know for their own; the ids or names are the way', async () => {
    const { platform, publish } = desk()
    const first = (await publish(contentOf('a'), { ...previous, glob: 'data/*.jsonl' })).outputs['batch-id'] ?? ''
    const second = await publish(contentOf('b'), { ...previous, glob: 'data/**/*.jsonl' })
    expect([outcome(second), second.errors.join()]).toEqual(['failed', expect.stringContaining(first)])
    const third = await publish(contentOf('b'), { glob: 'data/**/*.jsonl', 'replay-predecessors': first })
    expect([outcome(third), await rowsOf(platform)]).toEqual(['published', ['b']])
  })

  it('replace, each its own, when they have names', async () => {
    const { platform, publish } = desk()
    for (const round of ['1', '2']) {
      await publish(contentOf(`eu${round}`), { ...previous, publication: 'eu' })
      await publish(contentOf(`us${round}`), { ...previous, publication: 'us' })
    }
    expect(await rowsOf(platform)).toEqual(['eu2', 'us2'])
  })
})

describe('a stalled batch', () => {
  const stalled: Partial<Settings> = { hold: { status: 'stalled', forMs: 48 * 3_600_000 } }

  it('stands in the way of `previous`, which names it and sends nothing', async () => {
    const { platform, publish } = desk(stalled)
    const first = await publish(contentOf('a'), PREVIOUS)
    const second = await publish(contentOf('b'), PREVIOUS)
    expect([outcome(first), outcome(second), creations(platform)]).toEqual(['timed-out', 'failed', 1])
    expect(second.errors.join()).toMatch(new RegExp(`${first.outputs['batch-id']}.*stalled`))
  })

  it('with this content is waited for ten minutes', async () => {
    const { platform, publish } = desk(stalled)
    const first = await publish(contentOf('a'))
    const second = await publish(contentOf('a'))
    expect([outcome(second), second.outputs['batch-id']]).toEqual(['timed-out', first.outputs['batch-id']])
    expect(creations(platform)).toBe(1)
  })
})
