import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import { contentOf, manyFiles, rowsOf, stages } from '../../support/files/members.ts'
import { type Asked, NAMED, PREVIOUS, RETRYING, desk, outcome } from '../../support/runs/publishing-desk.ts'
import type { Stepped } from '../../support/runs/in-memory-action.ts'

const ANEW = { ...NAMED, 'if-unchanged': 'publish' }

/** Two runs, 1001 and 1002, that complete the same content in one moment. */
async function doubled(inputs: Asked = NAMED, files = contentOf('a')) {
  const { platform, publish } = desk()
  const runs = await Promise.all([publish(files, inputs), publish(files, inputs)])
  const red = runs.find(({ failed }) => failed)
  const [revert = ''] = revertsOf(red)
  return { platform, publish, revert, red: red?.outputs['batch-id'] === runs[0].outputs['batch-id'] ? '1001' : '1002' }
}

function revertsOf(run: Stepped | undefined): readonly string[] {
  return Array.from(run?.log.matchAll(/To finish, revert ([0-9A-Z]+)/g) ?? [], ([, id = '']) => id)
}

describe('rows that stand twice, since two runs completed them in one moment', () => {
  it.each<readonly [string, string, Asked]>([
    ['the same content again', 'a', NAMED],
    ['other content beside it', 'b', NAMED],
    ['the same content under `previous`', 'a', PREVIOUS],
    ['a plan', 'a', { ...NAMED, mode: 'plan' }],
  ])('fail every later run until one is gone, and the same revert is named: %s', async (_, content, inputs) => {
    const { platform, publish, revert } = await doubled()
    for (let times = 1; times <= 2; times++) {
      const later = await publish(contentOf(content), inputs)
      expect([outcome(later), later.failed], later.log).toEqual(['failed', true])
      expect(later.errors.join()).toContain('the dataset contains the same rows more than once')
      expect(new Set(revertsOf(later))).toEqual(new Set([revert]))
    }
    expect(await rowsOf(platform)).toEqual(['a', 'a'])
    await publish(undefined, { mode: 'revert', 'batch-id': revert })
    const well = await publish(contentOf(content), inputs)
    expect([well.failed, well.errors]).toEqual([false, []])
  })

  it('fail the red job when it is run again', async () => {
    const { publish, red, revert } = await doubled()
    const again = await publish(contentOf('a'), NAMED, { runId: red, attempt: 2 })
    expect([outcome(again), new Set(revertsOf(again))]).toEqual(['failed', new Set([revert])])
  })

  it('fail whoever resumes either of the two batches', async () => {
    const { publish, platform, revert } = await doubled()
    for (const { id } of await platform.emulator.batches()) {
      const resumed = await publish(undefined, { mode: 'resume', 'batch-id': id })
      expect([outcome(resumed), resumed.failed], resumed.log).toEqual(['failed', true])
      expect(new Set(revertsOf(resumed))).toEqual(new Set([revert]))
    }
  })

  it('are no fault once other content takes the place of both', async () => {
    const { platform, publish } = await doubled()
    const next = await publish(contentOf('b'), PREVIOUS)
    expect([outcome(next), next.failed, await rowsOf(platform)]).toEqual(['published', false, ['b']])
  })

  it('fail a run with `wait: false` that would leave the same content in progress', async () => {
    const { platform, publish, revert } = await doubled()
    platform.emulator.change(RETRYING)
    const submitted = await publish(contentOf('a'), { ...ANEW, wait: 'false' })
    const later = await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    expect([outcome(submitted), outcome(later)], submitted.log).toEqual(['failed', 'failed'])
    expect(new Set(revertsOf(later))).toEqual(new Set([revert]))
  })

  it('fail a run with `wait: false` while both are still in progress, and so does its plan', async () => {
    const { platform, publish } = desk(RETRYING)
    const inputs = { ...NAMED, wait: 'false' }
    await Promise.all([publish(contentOf('a'), inputs), publish(contentOf('a'), inputs)])
    const second = (await platform.emulator.batches()).map(({ id }) => id).toSorted()[1]
    for (const mode of ['publish', 'plan']) {
      const later = await publish(contentOf('a'), { ...inputs, mode })
      expect([outcome(later), later.failed], later.log).toEqual(['failed', true])
      expect(later.errors.join()).toContain(`batch ${second} of this publication is in progress, and another batch`)
    }
  })

  it('of several batches are all named, by the run that fails and by every later one', async () => {
    const files = manyFiles(3)
    const { platform, publish } = desk({ maxFiles: 2 })
    const runs = await Promise.all([publish(files), publish(files)])
    const named = new Set(runs.flatMap((run) => revertsOf(run)))
    expect([runs.filter(({ failed }) => failed).length, named.size]).toEqual([1, 2])
    const later = await publish(files)
    expect(new Set(revertsOf(later))).toEqual(named)
    const [one = ''] = named
    await publish(undefined, { mode: 'revert', 'batch-id': one })
    expect((await publish(files)).failed).toBe(true)
    for (const id of named) await publish(undefined, { mode: 'revert', 'batch-id': id })
    const well = await publish(files)
    expect([outcome(well), (await stages(platform)).filter((stage) => stage === 'success')]).toEqual([
      'skipped',
      ['success', 'success'],
    ])
    expect(await rowsOf(platform)).toHaveLength(3)
  })
})

describe('rows that stand twice under `previous`, where no second publish was ever meant', () => {
  const BOTH: Partial<Settings> = {
    replay: { honoured: true, idStyles: ['plain'], secondSuccessor: 'accepted', predecessorsOfFailed: 'kept' },
  }

  it.each([
    ['for the first time', []],
    ['in the place of other content', ['z']],
    ['in the place of the same content', ['a']],
  ])('are a fault though both were sent with `if-unchanged: publish`: %s', async (_, before) => {
    const { platform, publish } = desk(BOTH)
    for (const content of before) await publish(contentOf(content), PREVIOUS)
    const inputs = { ...PREVIOUS, 'if-unchanged': 'publish' }
    const runs = await Promise.all([publish(contentOf('a'), inputs), publish(contentOf('a'), inputs)])
    expect([runs.filter(({ failed }) => failed).length, await rowsOf(platform)]).toEqual([1, ['a', 'a']])
    const named = new Set(runs.flatMap(revertsOf))
    for (const later of [await publish(contentOf('a'), PREVIOUS), await publish(contentOf('b'), NAMED)])
      expect([later.failed, new Set(revertsOf(later))]).toEqual([true, named])
  })
})

describe('rows that stand twice on purpose, by `if-unchanged: publish`', () => {
  it.each<readonly [string, Asked]>([
    ['by the next run', NAMED],
    ['by a plan', { ...NAMED, mode: 'plan' }],
  ])('are mentioned, and no fault: %s', async (_, inputs) => {
    const { platform, publish } = desk()
    await publish(contentOf('a'))
    const again = await publish(contentOf('a'), ANEW)
    const later = await publish(contentOf('a'), inputs)
    expect([outcome(again), later.failed, later.errors], later.log).toEqual(['published', false, []])
    expect(later.log).toContain(`more than once, on purpose ("if-unchanged: publish"): ${again.outputs['batch-id']}`)
    expect(await rowsOf(platform)).toEqual(['a', 'a'])
  })

  it('are mentioned by whoever resumes one of them', async () => {
    const { publish } = desk()
    const first = await publish(contentOf('a'))
    await publish(contentOf('a'), ANEW)
    const resumed = await publish(undefined, { mode: 'resume', 'batch-id': first.outputs['batch-id'] ?? '' })
    expect([outcome(resumed), resumed.failed], resumed.log).toEqual(['published', false])
    expect(resumed.log).toContain('more than once, on purpose')
  })

  it('are a fault where only the earlier one was sent so', async () => {
    const { publish } = desk()
    await publish(contentOf('a'), ANEW)
    expect((await publish(contentOf('a'))).failed).toBe(false)
  })
})
