import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { apisOf, strayBatch } from '../../support/platform/platform-client.ts'
import { type Asked, NAMED, PREVIOUS, desk, outcome, publishing } from '../../support/runs/publishing-desk.ts'

describe('two runs at the same moment', () => {
  it.each<readonly [string, string, Asked, number]>([
    ['with the same content', 'a', NAMED, 2],
    ['with the same content under `previous`', 'a', PREVIOUS, 2],
    ['with other content under `previous`', 'b', PREVIOUS, 2],
  ])('%s: exactly one of them says so and fails, and names what to revert', async (_, other, inputs, active) => {
    const { platform, publish } = desk()
    const runs = await Promise.all([publish(contentOf('a'), inputs), publish(contentOf(other), inputs)])
    expect(await rowsOf(platform)).toHaveLength(active)
    const failing = runs.filter(({ failed }) => failed)
    expect(failing).toHaveLength(1)
    expect(failing[0]?.log).toMatch(/at the same moment [^]*To finish, revert [0-9A-Z]{26}: "mode: revert" with/)
    // The failing run may be cancelled before it says so.
    const [passing] = runs.filter(({ failed }) => !failed)
    expect(passing?.warnings.join()).toMatch(
      /To finish, revert [0-9A-Z]{26}[^]*The other run fails for this, unless it was stopped/,
    )
  })

  it('one after the other: nothing of the kind is said', async () => {
    const { publish } = desk()
    const runs = [await publish(contentOf('a'), PREVIOUS), await publish(contentOf('b'), PREVIOUS)]
    expect(runs.map(({ warnings }) => warnings.join())).toEqual(['', ''])
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
    expect(first.log).toContain('Starting over, nothing was completed')
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

  it('by a consolidation of what it was to replace names the successor instead', async () => {
    const { platform } = desk(BOTH)
    const foreign = await strayBatch(await apisOf(platform), { run: { repositoryId: '9' } })
    await platform.clock.sleep(10_000, never())
    const slow = meanwhile(platform, 1, () => platform.emulator.consolidate([foreign]))
    const first = await publishing(slow)(contentOf('c'), { ...NAMED, 'replay-predecessors': foreign })
    expect(first.log).toContain(`Starting over, nothing was completed: ${foreign}`)
    expect([outcome(first), await rowsOf(platform)]).toEqual(['published', ['c']])
  })

  it('by a second consolidation of what it was to replace names the new successor', async () => {
    const { platform, publish } = desk(BOTH)
    const old = await publish(contentOf('a'), PREVIOUS, { runId: '900' })
    const holder = await platform.emulator.consolidate([old.outputs['batch-id'] ?? ''])
    const slow = meanwhile(platform, 1, () => platform.emulator.consolidate([holder]))
    const first = await publishing(slow)(contentOf('c'), PREVIOUS)
    expect(first.log).toContain(`Starting over, nothing was completed: ${holder}`)
    expect([outcome(first), await rowsOf(platform)], first.log).toEqual(['published', ['c']])
  })

  it('starts over three times at most, and leaves nothing open', async () => {
    const { platform, publish } = desk(BOTH)
    let runs = 900
    const other = () => publish(contentOf(`b${++runs}`), PREVIOUS, { runId: String(runs) })
    const first = await publishing(meanwhile(platform, Infinity, other))(contentOf('c'), PREVIOUS)
    expect([outcome(first), runs, first.errors.join()]).toEqual([
      'failed',
      904,
      expect.stringMatching(
        /^Cannot publish: the dataset changed during each of 4 attempts: \w+, which was to be replaced/,
      ),
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
