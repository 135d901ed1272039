import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../src/lib/errors.ts'
import { defaultSettings, type Settings } from '../../../emulator/settings.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { badMember, contentOf, rowsOf } from '../../support/files/members.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { NAMED, PREVIOUS, RETRYING, creations, desk, outcome } from '../../support/runs/publishing-desk.ts'

/** The platform forgets what a batch was to replace. */
const IGNORED = { replay: { ...defaultSettings.replay, honoured: false } }

describe('a predecessor', () => {
  it('that stays active for ten minutes fails the run, and the revert that remains is named', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const first = await publish(contentOf('a'), PREVIOUS)
    const startMs = platform.clock.now()
    const second = await publish(contentOf('b'), PREVIOUS)
    expect([outcome(second), second.failed, second.outputs['status']]).toEqual(['failed', true, 'success'])
    expect(second.log).toContain(`To finish, revert ${first.outputs['batch-id']}`)
    expect(platform.clock.now() - startMs).toBeGreaterThan(600_000)
    expect(platform.clock.now() - startMs).toBeLessThan(700_000)
  })

  it('that stays active is told also where the look for other runs fails, and is not listed as replaced', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const first = await publish(contentOf('a'), PREVIOUS)
    const blind = { kind: 'answer', status: 403, body: '{}' } as const
    const step = {
      files: contentOf('b'),
      inputs: PREVIOUS,
      run: { runId: '1002' },
      onLine: (line: string) =>
        line.startsWith('Completed batch') &&
        platform.emulator.faults.add({ method: 'GET', path: '/**/catalog/batches', times: 0, effect: blind }),
    }
    const second = await runStep(platform, step)
    const old = first.outputs['batch-id'] ?? ''
    expect([outcome(second), second.failed, second.outputs['replaced-batch-ids']]).toEqual(['failed', true, '[]'])
    expect(second.errors.join()).toContain(
      `Batch ${old} was to be replaced, but is still active. To finish, revert ${old}`,
    )
    expect(second.log).not.toContain('Replaced batch')
  })

  it('that is still active when the step is cancelled is not listed as replaced', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const first = await publish(contentOf('a'), PREVIOUS)
    const stop = new AbortController()
    let hasSucceeded = false
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      const isLook = request.url.pathname.endsWith(`/catalog/batches/${first.outputs['batch-id']}`)
      if (hasSucceeded && isLook) stop.abort(new Cancelled('SIGINT'))
      return await platform.send(request, signal)
    }
    const onLine = (line: string) => (hasSucceeded ||= line.includes(': success after'))
    const step = { files: contentOf('b'), inputs: PREVIOUS, run: { runId: '1009' }, signal: stop.signal, onLine }
    const second = await runStep({ ...platform, send }, step)
    expect(second.outputs, second.log).toMatchObject({ outcome: 'cancelled', 'replaced-batch-ids': '[]' })
    expect(second.log).not.toContain('Replaced batch')
  })

  it('of which nobody can tell whether it stays active is not listed as replaced', async () => {
    const { platform, publish } = desk()
    const ids = [await publish(contentOf('a'), PREVIOUS), await publish(contentOf('z'), { publication: 'z' })].map(
      ({ outputs }) => outputs['batch-id'] ?? '',
    )
    const send: InMemoryPlatform['send'] = async (request, signal) => {
      const answer = await platform.send(request, signal)
      if (request.url.searchParams.get('action') !== 'COMPLETE') return answer
      const path = `/**/catalog/batches/${await platform.emulator.consolidate(ids)}`
      const effect = { kind: 'answer', status: 403, body: '{}' } as const
      platform.emulator.faults.add({ method: 'GET', path, times: 0, effect })
      return answer
    }
    const second = await runStep(
      { ...platform, send },
      { files: contentOf('b'), inputs: PREVIOUS, run: { runId: '1009' } },
    )
    expect([outcome(second), second.outputs['replaced-batch-ids']], second.log).toEqual(['failed', '[]'])
    expect(second.errors.join()).toContain(
      `It is unknown whether batch ${ids[0]}, which was to be replaced, is still active`,
    )
  })

  it('is named beside every other one that stays active, and whoever does as told has an exact dataset', async () => {
    const { platform, publish } = desk({ loadedMs: 5_000 })
    const before = [await publish(contentOf('a')), await publish(contentOf('b'), { publication: 'more' })]
    const ids = before.map(({ outputs }) => outputs['batch-id'] ?? '')
    const step = {
      files: contentOf('c'),
      inputs: { ...NAMED, 'replay-predecessors': ids.join('\n') },
      onLine: (line: string) => line.startsWith('Completed batch') && platform.emulator.change(IGNORED),
    }
    const second = await runStep(platform, step)
    expect([outcome(second), await rowsOf(platform)]).toEqual(['failed', ['a', 'b', 'c']])
    const named = Array.from(second.errors.join().matchAll(/To finish, revert (\w+)/g), ([, id = '']) => id)
    expect(named).toEqual(ids)
    for (const id of named) await publish(undefined, { mode: 'revert', 'batch-id': id })
    const again = await publish(contentOf('c'))
    expect([outcome(again), await rowsOf(platform)]).toEqual(['skipped', ['c']])
  })

  it('that the platform drops though its successor failed is named', async () => {
    const { platform, publish } = desk({
      replay: { honoured: true, idStyles: ['plain'], secondSuccessor: 'refused', predecessorsOfFailed: 'lost' },
    })
    const first = await publish(contentOf('a'), PREVIOUS)
    const second = await publish({ 'data/a.jsonl': badMember('b') }, PREVIOUS)
    expect([outcome(second), await rowsOf(platform)]).toEqual(['failed', []])
    expect(second.log).toContain(`Batch ${first.outputs['batch-id']}, which was to be replaced, is no longer active`)
  })

  it('is not spoken of after a failure that left it alone', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), PREVIOUS)
    const second = await publish({ 'data/a.jsonl': badMember('b') }, PREVIOUS)
    expect([outcome(second), second.log.includes('no longer active')]).toEqual(['failed', false])
    expect(await rowsOf(platform)).toEqual(['a'])
  })
})

describe('data that a batch of another run is replacing', () => {
  /** Run 1001 published `a`; run 1002 ended before the batch with `b`, which replaces it, was ingested. */
  async function underReplacement(settings: Partial<Settings>) {
    const { platform, publish } = desk({ staleReads: 0, ...RETRYING })
    const first = await publish(contentOf('a'), PREVIOUS)
    await publish(contentOf('b'), { ...PREVIOUS, wait: 'false' })
    platform.emulator.change(settings)
    return { platform, publish, old: first.outputs['batch-id'] ?? '' }
  }

  it.each([PREVIOUS, NAMED])('is not kept while the platform still shows it active (%o)', async (inputs) => {
    const { platform, publish, old } = await underReplacement({ staleReads: 20 })
    const third = await publish(contentOf('a'), inputs)
    expect(third.log).toContain(`Waiting until batch ${old}, which another batch has replaced, is no longer active`)
    expect([outcome(third), third.failed], third.log).toEqual(['published', false])
    expect((await rowsOf(platform)).toSorted()).toEqual(inputs === PREVIOUS ? ['a'] : ['a', 'b'])
  })

  it('does not make "previous" ambiguous while the platform still shows it active', async () => {
    const { platform, publish } = await underReplacement({ staleReads: 20 })
    const third = await publish(contentOf('c'), PREVIOUS)
    expect([outcome(third), await rowsOf(platform)], third.log).toEqual(['published', ['c']])
  })

  it('is not kept if it stays active, and the revert that helps is named', async () => {
    const { platform, publish, old } = await underReplacement({ staleReads: 1_000_000 })
    const startMs = platform.clock.now()
    const third = await publish(contentOf('a'), PREVIOUS)
    expect([outcome(third), third.failed]).toEqual(['failed', true])
    expect(third.errors.join()).toContain(`${old} has this data and is still active, but `)
    expect(third.errors.join()).toContain(`revert it first: "mode: revert" with "batch-id: ${old}"`)
    expect(platform.clock.now() - startMs).toBeLessThan(1_200_000)
  })

  it('is not kept by a run that does not wait', async () => {
    const { platform, publish, old } = await underReplacement({ staleReads: 0 })
    const third = await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    expect(third.errors.join()).toContain('in progress, and "wait: false" does not wait for it')
    platform.emulator.change({ staleReads: 20 })
    await platform.clock.advance(600_000)
    const fourth = await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    expect(fourth.errors.join()).toContain(`${old} has this data and is still active, but `)
  })
})

describe('what the platform consolidated', () => {
  it('still holds this content, and its active successor is the batch that is named', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'))
    const successor = await platform.emulator.consolidate([first.outputs['batch-id'] ?? ''])
    const again = await publish(contentOf('a'))
    expect([outcome(again), again.outputs['batch-id']]).toEqual(['skipped', successor])
  })

  it('is replaced as a whole when all that it holds is ours to replace', async () => {
    const { platform, publish } = desk()
    const first = await publish(contentOf('a'), PREVIOUS)
    await platform.emulator.consolidate([first.outputs['batch-id'] ?? ''])
    expect(outcome(await publish(contentOf('b'), PREVIOUS))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it.each(['previous', 'ids'])('is not replaced with what is of others (%s), which is listed', async (asked) => {
    const { platform, publish } = desk()
    const first = (await publish(contentOf('a'), PREVIOUS)).outputs['batch-id'] ?? ''
    const other = (await publish(contentOf('o'), { publication: 'orders' })).outputs['batch-id'] ?? ''
    await platform.emulator.consolidate([first, other])
    const inputs = asked === 'ids' ? { publication: 'new', 'replay-predecessors': first } : PREVIOUS
    const second = await publish(contentOf('b'), inputs)
    expect([outcome(second), second.errors.join()]).toEqual(['failed', expect.stringContaining(other)])
    expect((await rowsOf(platform)).toSorted()).toEqual(['a', 'o'])
  })
})

describe('ids to replace', () => {
  it('of batches of this dataset are replaced, plain or consolidated', async () => {
    const { platform, publish } = desk()
    const first = (await publish(contentOf('a'))).outputs['batch-id'] ?? ''
    const second = (await publish(contentOf('b'), { publication: 'more' })).outputs['batch-id'] ?? ''
    await platform.emulator.consolidate([second])
    const third = await publish(contentOf('c'), { ...NAMED, 'replay-predecessors': `${first}\n${second}` })
    expect(outcome(third)).toBe('published')
    expect(await rowsOf(platform)).toEqual(['c'])
  })

  it('that are none of this dataset stop the run before a batch exists', async () => {
    const { platform, publish } = desk()
    const foreign =
      (await publish(contentOf('a'), { ...NAMED, dataset: datasets.upsertable })).outputs['batch-id'] ?? ''
    for (const id of ['01UNKNOWN', foreign]) {
      const run = await publish(contentOf('b'), { ...NAMED, 'replay-predecessors': id })
      expect([outcome(run), run.errors.join()]).toEqual([
        'failed',
        expect.stringContaining(`Cannot replace batch "${id}"`),
      ])
    }
    expect(creations(platform)).toBe(1)
  })

  it('that this run replaced at an earlier attempt are no reason to fail', async () => {
    const { platform, publish } = desk()
    const first = (await publish(contentOf('a'))).outputs['batch-id'] ?? ''
    const inputs = { ...NAMED, 'replay-predecessors': first }
    await publish(contentOf('b'), inputs, { runId: '1002' })
    expect(outcome(await publish(contentOf('b'), inputs, { runId: '1002', attempt: 2 }))).toBe('skipped')
    expect(outcome(await publish(contentOf('c'), inputs, { runId: '1002', attempt: 3 }))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['c'])
  })
})

describe('`max-removed-percent` without `replay-predecessors: previous`', () => {
  it.each(['publish', 'plan'])('is said to have no effect: mode %s', async (mode) => {
    const { publish } = desk()
    const run = await publish(contentOf('a'), { ...NAMED, mode, 'max-removed-percent': '5' })
    expect(run.failed, run.log).toBe(false)
    expect(run.warnings).toEqual([expect.stringMatching(/^"max-removed-percent" has no effect: /)])
  })
})
