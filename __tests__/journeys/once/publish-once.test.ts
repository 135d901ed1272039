import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../src/emulator/settings.ts'
import { runStep, type Step, type Stepped } from '../../support/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/in-memory-platform.ts'
import { badMember, contentOf, manyFiles, rowsOf, stages } from '../../support/members.ts'
import { apisOf, strayBatch } from '../../support/platform-client.ts'
import { datasets } from '../../support/platform-inputs.ts'

type Asked = Readonly<Record<string, string>>

const NAMED = { publication: 'members' }
const PREVIOUS = { ...NAMED, 'replay-predecessors': 'previous' }
const RETRYING: Partial<Settings> = { hold: { status: 'retrying', forMs: 300_000 } }

/** A run of its own, numbered upwards from 1001. */
function publishing(platform: InMemoryPlatform) {
  let runs = 1000
  return (files: Step['files'], inputs: Asked = NAMED, run: Step['run'] = {}): Promise<Stepped> =>
    runStep(platform, { inputs, run: { runId: String(++runs), ...run }, ...(files === undefined ? {} : { files }) })
}

function desk(settings: Partial<Settings> = {}) {
  const platform = inMemoryPlatform(settings)
  return { platform, publish: publishing(platform) }
}

const outcome = ({ outputs }: Stepped) => outputs['outcome']
const creations = ({ emulator }: InMemoryPlatform) =>
  emulator.requests().filter(({ method, target }) => method === 'POST' && target.endsWith('/batches')).length

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

  it('is waited for while it is in work, and then counts as published by this run', async () => {
    const { platform, publish } = desk(RETRYING)
    const [first, second] = await Promise.all([publish(contentOf('a'), { ...NAMED, wait: 'false' }), undefined])
    const again = second ?? (await publish(contentOf('a')))
    expect([outcome(first), outcome(again), creations(platform)]).toEqual(['submitted', 'published', 1])
    expect(again.log).toContain(`Waiting for what is in work already: ${first.outputs['batch-id']}`)
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

  it('is sent again under if-unchanged: publish, but not by a re-run', async () => {
    const { platform, publish } = desk()
    const anew = { ...NAMED, 'if-unchanged': 'publish' }
    await publish(contentOf('a'), anew)
    expect(outcome(await publish(contentOf('a'), anew))).toBe('published')
    expect(outcome(await publish(contentOf('a'), anew, { runId: '1002', attempt: 2 }))).toBe('skipped')
    expect(await rowsOf(platform)).toEqual(['a', 'a'])
  })
})

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

  it('in work by another run is not waited for where nothing is to be replaced', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const second = await publish(contentOf('b'))
    expect([outcome(second), second.log.includes('Waiting for what is in work')]).toEqual(['published', false])
    expect(await rowsOf(platform)).toEqual(['a', 'b'])
  })

  it('in work is waited for, and replaced, under `previous`', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...PREVIOUS, wait: 'false' })
    expect(outcome(await publish(contentOf('b'), PREVIOUS))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('of an earlier attempt in work is waited for, and replaced', async () => {
    const { platform, publish } = desk(RETRYING)
    await publish(contentOf('a'), { ...NAMED, wait: 'false' }, { runId: '1001' })
    expect(outcome(await publish(contentOf('b'), NAMED, { runId: '1001', attempt: 2 }))).toBe('published')
    expect(await rowsOf(platform)).toEqual(['b'])
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

describe('a publish of several batches', () => {
  /** More files than one batch takes. */
  const files = manyFiles(1_501)

  it('that was cut short has its missing part sent alone by the next attempt', async () => {
    const { platform, publish } = desk()
    const refusal = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'POST', path: '**?action=COMPLETE', skip: 1, effect: refusal })
    const first = await publish(files, NAMED, { runId: '1001' })
    expect([outcome(first), await stages(platform)]).toEqual(['failed', ['promoting', 'aborted']])
    const second = await publish(files, NAMED, { runId: '1001', attempt: 2 })
    expect([outcome(second), second.failed, creations(platform)]).toEqual(['published', false, 3])
    expect(await stages(platform)).toEqual(['success', 'aborted', 'success'])
    expect(await rowsOf(platform)).toHaveLength(1_501)
  })

  it('of which a part is in work and another missing is not called submitted', async () => {
    const { platform, publish } = desk(RETRYING)
    const refusal = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'POST', path: '**?action=COMPLETE', skip: 1, effect: refusal })
    await publish(files, { ...NAMED, wait: 'false' }, { runId: '1001' })
    const second = await publish(files, { ...NAMED, wait: 'false' }, { runId: '1001', attempt: 2 })
    expect([outcome(second), second.failed]).toEqual(['failed', true])
    expect(second.errors.join()).toContain('"wait: false" waits for nothing')
  })

  it('that would replace is refused before a batch exists', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), PREVIOUS)
    const second = await publish(files, PREVIOUS)
    expect([outcome(second), second.errors.join()]).toEqual(['failed', expect.stringContaining('needs 2 batches')])
    expect(creations(platform)).toBe(1)
  })
})

describe('with wait: false', () => {
  const unwaited = { ...NAMED, wait: 'false' }

  it('this content in work ends as submitted, with its id', async () => {
    const { platform, publish } = desk(RETRYING)
    const first = await publish(contentOf('a'), unwaited)
    const second = await publish(contentOf('a'), unwaited)
    expect([outcome(second), second.failed, second.outputs['batch-id']]).toEqual([
      'submitted',
      false,
      first.outputs['batch-id'],
    ])
    expect(creations(platform)).toBe(1)
  })

  it('what `previous` would wait for is an error', async () => {
    const { platform, publish } = desk(RETRYING)
    const first = await publish(contentOf('a'), { ...PREVIOUS, wait: 'false' })
    const second = await publish(contentOf('b'), { ...PREVIOUS, wait: 'false' })
    expect([outcome(second), second.failed, creations(platform)]).toEqual(['failed', true, 1])
    expect(second.errors.join()).toContain(first.outputs['batch-id'])
  })

  it('that nobody looks whether predecessors went is said', async () => {
    const { publish } = desk()
    const first = await publish(contentOf('a'), PREVIOUS)
    const second = await publish(contentOf('b'), { ...PREVIOUS, wait: 'false' })
    expect(outcome(second)).toBe('submitted')
    expect(second.log).toContain(`Whether ${first.outputs['batch-id']} was replaced was not looked at`)
    expect(second.log).toContain(`"mode: wait" with "batch-id: ${second.outputs['batch-id']}"`)
  })
})

describe('what earlier attempts of this run left open', () => {
  it('is aborted, and what other runs and publications have open is not', async () => {
    const { platform, publish } = desk()
    const apis = await apisOf(platform)
    const until = 'loading'
    await strayBatch(apis, { until })
    await strayBatch(apis, { until, run: { runId: '900' } })
    await strayBatch(apis, { until, marks: { publication: 'orders' } })
    const second = await publish(contentOf('a'), NAMED, { runId: '1001', attempt: 2 })
    expect(outcome(second)).toBe('published')
    expect(await stages(platform)).toEqual(['aborted', 'loading', 'loading', 'success'])
  })

  it('and turns out to be in work is looked at again, and waited for', async () => {
    const { platform, publish } = desk({ catalogueLagMs: { created: 0, completed: 5_000 } })
    const stray = await strayBatch(await apisOf(platform))
    const second = await publish(contentOf('a'), NAMED, { runId: '1001', attempt: 2 })
    expect(second.log).toContain(`Could not abort (it is in work by now) batch ${stray}`)
    expect(await stages(platform)).toContain('success')
  })
})

describe('a look-up that fails', () => {
  const blind = (platform: InMemoryPlatform) =>
    platform.emulator.faults.add({
      method: 'GET',
      path: '/data/foundation/catalog/batches',
      times: 0,
      effect: { kind: 'answer', status: 500, body: '{}' },
    })

  it.each<readonly [string, Asked, Step['run']]>([
    ['if-unchanged: skip', NAMED, {}],
    ['something to replace', { ...PREVIOUS, 'if-unchanged': 'publish' }, {}],
    ['an earlier attempt', { ...NAMED, 'if-unchanged': 'publish' }, { attempt: 2 }],
  ])('stops a run with %s before it sends anything', async (_, inputs, run) => {
    const { platform, publish } = desk()
    blind(platform)
    expect(outcome(await publish(contentOf('a'), inputs, run))).toBe('failed')
    expect(creations(platform)).toBe(0)
  })

  it('is only said where nothing could be doubled', async () => {
    const { platform, publish } = desk()
    blind(platform)
    const blindly = await publish(contentOf('a'), { ...NAMED, 'if-unchanged': 'publish' })
    expect([outcome(blindly), blindly.failed]).toEqual(['published', false])
    expect(blindly.warnings.map((text) => text.split('. ').at(-1))).toEqual([
      'Publishing without having looked, as "if-unchanged: publish" allows',
      'Completing without having looked once more',
      'Whether others published the same at the same moment was not seen',
    ])
  })

  it('stops the run when it was refused for good', async () => {
    const { platform, publish } = desk()
    const effect = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/data/foundation/catalog/batches', times: 0, effect })
    expect(outcome(await publish(contentOf('a'), { ...NAMED, 'if-unchanged': 'publish' }))).toBe('failed')
    expect(creations(platform)).toBe(0)
  })
})

describe('two runs at the same moment', () => {
  it.each<readonly [string, string, Asked, number]>([
    ['with the same content', 'a', NAMED, 2],
    ['with the same content under `previous`', 'a', PREVIOUS, 2],
    ['with other content under `previous`', 'b', PREVIOUS, 2],
  ])('%s: exactly one of them says so and fails, and names what to revert', async (_, other, inputs, active) => {
    const { platform, publish } = desk()
    const runs = await Promise.all([publish(contentOf('a'), inputs), publish(contentOf(other), inputs)])
    expect(await rowsOf(platform)).toHaveLength(active)
    expect(runs.map(({ failed }) => failed).toSorted()).toEqual([false, true])
    const failing = runs.find(({ failed }) => failed)
    expect(failing?.log).toMatch(/at the same moment .*It remains to revert [0-9A-Z]{26}: POST .*action=REVERT/)
  })

  it('with other content where nothing is to be replaced: both are right', async () => {
    const { publish } = desk()
    const runs = await Promise.all([publish(contentOf('a')), publish(contentOf('b'))])
    expect(runs.map(({ failed }) => failed)).toEqual([false, false])
  })
})

describe('a run that is overtaken before COMPLETE', () => {
  const second = { runId: '1002' }
  /** One batch may be named as predecessor by two others. */
  const BOTH: Partial<Settings> = {
    replay: { honoured: true, idStyles: ['plain'], secondSuccessor: 'accepted', predecessorsOfFailed: 'kept' },
  }

  it('by a twin aborts its batch, starts over, and finds the content there', async () => {
    const { platform, publish } = desk(BOTH)
    const slow = meanwhile(platform, 1, () => publish(contentOf('a'), NAMED, second))
    const first = await publishing(slow)(contentOf('a'))
    expect(first.log).toContain('Starting over before COMPLETE')
    expect([outcome(first), await stages(platform), await rowsOf(platform)]).toEqual([
      'skipped',
      ['aborted', 'success'],
      ['a'],
    ])
  })

  it('under `previous` by a later run is not to undo that', async () => {
    const { platform, publish } = desk(BOTH)
    await publish(contentOf('a'), PREVIOUS, { runId: '1000' })
    const slow = meanwhile(platform, 1, () => publish(contentOf('b'), PREVIOUS, second))
    const first = await publishing(slow)(contentOf('c'), PREVIOUS)
    expect([outcome(first), first.errors.join()]).toEqual(['failed', expect.stringContaining('a later run published')])
    expect(await rowsOf(platform)).toEqual(['b'])
  })

  it('under `previous` by an earlier run replaces what that brought', async () => {
    const { platform, publish } = desk(BOTH)
    await publish(contentOf('a'), PREVIOUS, { runId: '900' })
    const slow = meanwhile(platform, 1, () => publish(contentOf('b'), PREVIOUS, { runId: '901' }))
    const first = await publishing(slow)(contentOf('c'), PREVIOUS)
    expect([outcome(first), await rowsOf(platform)]).toEqual(['published', ['c']])
  })

  it('starts over three times at most, and leaves nothing open', async () => {
    const { platform, publish } = desk(BOTH)
    let runs = 900
    const other = () => publish(contentOf(`b${++runs}`), PREVIOUS, { runId: String(runs) })
    const first = await publishing(meanwhile(platform, Infinity, other))(contentOf('c'), PREVIOUS)
    expect([outcome(first), runs, first.errors.join()]).toEqual([
      'failed',
      904,
      expect.stringContaining('in between, 4 times'),
    ])
    expect((await stages(platform)).filter((stage) => stage === 'aborted')).toHaveLength(4)
    expect(await rowsOf(platform)).toEqual(['b904'])
  })
})

/** While the first so many files are on their way, somebody else does this. */
function meanwhile(platform: InMemoryPlatform, times: number, act: () => Promise<unknown>): InMemoryPlatform {
  let acts = 0
  const send: InMemoryPlatform['send'] = async (request, signal) => {
    if (request.method === 'PUT' && acts++ < times) await act()
    return platform.send(request, signal)
  }
  return { ...platform, send }
}

describe('a predecessor', () => {
  it('that stays active for ten minutes fails the run, and the revert that remains is named', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const first = await publish(contentOf('a'), PREVIOUS)
    const startMs = platform.clock.now()
    const second = await publish(contentOf('b'), PREVIOUS)
    expect([outcome(second), second.failed, second.outputs['status']]).toEqual(['failed', true, 'success'])
    expect(second.log).toContain(`It remains to revert ${first.outputs['batch-id']}`)
    expect(platform.clock.now() - startMs).toBeGreaterThan(600_000)
    expect(platform.clock.now() - startMs).toBeLessThan(700_000)
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

describe('a batch that is found instead of made', () => {
  const half = { ...NAMED, 'error-threshold': '50' }
  const mixed = { 'data/a.jsonl': `${contentOf('a')['data/a.jsonl']}${badMember('b')}` }

  it('stays partially published, fails under the same limits, and the way out is named', async () => {
    const { publish } = desk()
    expect((await publish(mixed, half)).failed).toBe(false)
    const again = await publish(mixed, half)
    expect([outcome(again), again.failed]).toEqual(['partially-published', false])
    const strict = await publish(mixed, { ...half, 'max-rejected-rows': '0' })
    expect([outcome(strict), strict.failed]).toEqual(['partially-published', true])
    expect(strict.log).toContain('"if-unchanged: publish" with "replay-predecessors: previous"')
  })

  it('and published in part can be replaced by that way', async () => {
    const { platform, publish } = desk()
    await publish(mixed, half)
    const anew = await publish(mixed, { ...half, ...PREVIOUS, 'if-unchanged': 'publish' })
    expect(outcome(anew)).toBe('partially-published')
    expect(await rowsOf(platform)).toEqual(['a'])
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
