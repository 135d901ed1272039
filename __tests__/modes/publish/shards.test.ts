import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { apisOf, strayBatch } from '../../support/platform/platform-client.ts'
import { desk, outcome, PREVIOUS, type Asked } from '../../support/runs/publishing-desk.ts'
import { filesOf, idOf, namesOf } from '../../support/files/shard-files.ts'

const NAMES = [...namesOf(1, 2, 2), ...namesOf(2, 2, 2)]
const FILES = filesOf(NAMES)
const FIRST: Asked = { ...PREVIOUS, shard: '1/2' }
const SECOND: Asked = { ...PREVIOUS, shard: '2/2' }
const RUN = { runId: '1001' }
/** By then it was decided what to send, and nothing of it is there to be seen. */
const CREATION = { method: 'POST', target: /\/batches$/, nth: 1 }

const idsOf = (names: readonly string[]) => names.map(idOf).toSorted()
const sorted = async (platform: Parameters<typeof rowsOf>[0]) => (await rowsOf(platform)).toSorted()

describe('shares of one run', () => {
  it('bring every row once, and replace share by share', async () => {
    const { platform, publish } = desk()
    for (const inputs of [FIRST, SECOND]) expect(outcome(await publish(FILES, inputs, RUN))).toBe('published')
    expect(await sorted(platform)).toEqual(idsOf(NAMES))
    const [gone = '', ...left] = NAMES
    const fewer = filesOf(left)
    const half = { 'max-shrink-percent': '51' }
    for (const inputs of [FIRST, SECOND]) await publish(fewer, { ...inputs, ...half }, { runId: '1002' })
    expect(await sorted(platform)).toEqual(idsOf(left))
    expect(idsOf(left)).not.toContain(idOf(gone))
    expect(await stages(platform)).toEqual(['inactive', 'success', 'success'])
  })

  it('say in their tags which share they are, and that they saw the same files', async () => {
    const { platform, publish } = desk()
    for (const inputs of [FIRST, SECOND]) await publish(FILES, inputs, RUN)
    const tags = (await platform.emulator.batches()).map((batch) => batch.tags)
    expect(tags.map((one) => one['gh_publication'])).toEqual([['members (1/2)'], ['members (2/2)']])
    expect(new Set(tags.map((one) => String(one['gh_files']))).size).toBe(1)
  })

  it('stop where another job has begun with other files', async () => {
    const { platform, publish } = desk()
    const upload = { method: 'PUT', target: /jsonl$/, nth: 1 }
    let second = ''
    between(platform, {
      ...upload,
      before: async () => (second = String(outcome(await publish(filesOf(namesOf(2, 2, 3)), SECOND, RUN)))),
    })
    expect([outcome(await publish(FILES, FIRST, RUN)), second]).toEqual(['published', 'failed'])
  })

  it('stop where another of the run saw other files', async () => {
    const { platform, publish } = desk()
    await publish(FILES, FIRST, RUN)
    const second = await publish({ ...FILES, 'data/more.jsonl': FILES[NAMES[0] ?? ''] ?? '' }, SECOND, RUN)
    expect([outcome(second), second.failed]).toEqual(['failed', true])
    expect(second.errors.join()).toContain('not all shards of this run were made from the same files')
    expect(await stages(platform)).toEqual(['success'])
  })

  it.each<readonly [string, Asked]>([
    ['saw other files', { ...PREVIOUS, shard: '2/2' }],
    ['is of another number of shares', { ...PREVIOUS, shard: '2/3' }],
  ])('are taken back before COMPLETE where one that came in between %s', async (_, others) => {
    const { platform, publish } = desk()
    const more = filesOf([...NAMES, ...namesOf(2, 3)])
    between(platform, { ...CREATION, before: () => publish(more, others, RUN) })
    const first = await publish(FILES, FIRST, RUN)
    expect([outcome(first), first.failed], first.log).toEqual(['failed', true])
    expect(first.errors.join()).toContain('Nothing was completed.')
    expect(first.log).not.toContain('Starting over')
    expect(await stages(platform)).toEqual(['success', 'aborted'])
  })
})

describe('another number of shares', () => {
  it('stops, with and without something to replace, until the batches are taken back', async () => {
    const { platform, publish } = desk()
    const first = await publish(FILES, PREVIOUS)
    const id = first.outputs['batch-id'] ?? ''
    for (const inputs of [SECOND, { publication: 'members', shard: '2/2' }]) {
      const stopped = await publish(FILES, inputs)
      expect(outcome(stopped)).toBe('failed')
      expect(stopped.errors.join()).toContain('the active data was divided into other shards')
    }
    await publish(undefined, { mode: 'revert', 'batch-id': id })
    expect(outcome(await publish(FILES, SECOND))).toBe('published')
    expect(await sorted(platform)).toEqual(idsOf(namesOf(2, 2, 2)))
  })

  it('of other files stands beside the first where nothing is to be replaced, with a warning', async () => {
    const { platform, publish } = desk()
    const first = await publish(filesOf(namesOf(1, 2)), { publication: 'members' })
    const share = await publish(FILES, { publication: 'members', shard: '2/2' })
    expect([outcome(share), share.warnings]).toEqual([
      'published',
      [
        expect.stringMatching(
          `^An earlier run of this publication is still active: the dataset now holds both.*${first.outputs['batch-id']}`,
        ),
      ],
    ])
    expect(await sorted(platform)).toEqual(idsOf([...namesOf(1, 2), ...namesOf(2, 2, 2)]))
  })

  it('is found however old it is, where nothing is to be replaced', async () => {
    const { platform, publish } = desk({ tokenLifeSeconds: 1e9 })
    await publish(FILES, { publication: 'members', shard: '1/2' })
    const apis = await apisOf(platform)
    for (let i = 0; i < 101; i++) await strayBatch(apis, { marks: { publication: 'others' } })
    await platform.clock.sleep(8 * 24 * 3_600_000, never())
    const all = await publish(FILES, { publication: 'members' })
    expect(all.errors.join()).toContain('"members (1/2)"')
  })

  it('makes a plan fail, as a publish would', async () => {
    const { publish } = desk()
    await publish(FILES, PREVIOUS)
    const plan = await publish(FILES, { ...FIRST, mode: 'plan' })
    expect(plan.errors.join()).toContain('A publish run would fail: this run publishes one of 2 shards')
  })
})

describe('a share', () => {
  it('is planned by itself', async () => {
    const { publish } = desk()
    const plan = await publish(FILES, { ...FIRST, mode: 'plan' })
    expect(plan.log).toContain('Shard 1 of 2: 2 of 4 files')
    expect(plan.log).toContain('Would upload 2 files, 2 rows')
  })

  it('is taken back by itself, as the last publish', async () => {
    const { platform, publish } = desk()
    for (const inputs of [FIRST, SECOND]) await publish(FILES, inputs, RUN)
    const back = { mode: 'revert', 'batch-id': 'previous', publication: 'members' }
    expect(outcome(await publish(undefined, { ...back, shard: '1/2' }))).toBe('reverted')
    expect(await sorted(platform)).toEqual(idsOf(namesOf(2, 2, 2)))
    const whole = await publish(undefined, back)
    expect(whole.errors.join()).toContain('"members (1/2)", "members (2/2)"')
  })
})

describe('a share that is in progress', () => {
  it('is no success of a run that sees other files than its siblings did', async () => {
    const { publish } = desk({ loadedMs: 3_600_000 })
    const inputs = { publication: 'members', wait: 'false' }
    await publish(FILES, { ...inputs, shard: '1/2' }, RUN)
    expect(outcome(await publish(FILES, { ...inputs, shard: '2/2' }, RUN))).toBe('submitted')
    const again = { runId: RUN.runId, attempt: 2 }
    expect(outcome(await publish(FILES, { ...inputs, shard: '2/2' }, again))).toBe('submitted')
    const more = { ...FILES, ...filesOf(namesOf(1, 2, 3)) }
    const late = await publish(more, { ...inputs, shard: '2/2' }, again)
    expect([outcome(late), late.failed]).toEqual(['failed', true])
    expect(late.log).toContain('not all shards of this run were made from the same files')
  })
})

describe('a share without files', () => {
  const few = filesOf(namesOf(1, 2, 2))

  it.each(['publish', 'plan', 'validate'])('ends well in mode %s, whatever "if-no-files-found" says', async (mode) => {
    const { platform, publish } = desk()
    const empty = await publish(few, { ...SECOND, mode, 'if-no-files-found': 'error' })
    expect([outcome(empty), empty.failed, empty.warnings]).toEqual(['no-files', false, []])
    expect(empty.log).toContain('Shard 2 of 2: 0 of 2 files')
    expect(await stages(platform)).toEqual([])
  })

  it.each(['publish', 'plan'])('names in mode %s the rows that it leaves, under "previous"', async (mode) => {
    const { platform, publish } = desk()
    const before = await publish(FILES, SECOND)
    const empty = await publish(few, { ...SECOND, mode })
    expect([outcome(empty), empty.failed]).toEqual(['no-files', false])
    expect(empty.warnings).toEqual([
      `Batch ${before.outputs['batch-id']} of this shard stays in the dataset: its files no longer exist, and a shard without files replaces nothing. To revert it: "mode: revert" with "batch-id: ${before.outputs['batch-id']}"`,
    ])
    expect(await stages(platform)).toEqual(['success'])
  })

  it('leaves what nobody asked to replace', async () => {
    const { publish } = desk()
    await publish(FILES, SECOND)
    expect((await publish(few, { publication: 'members', shard: '2/2' })).warnings).toEqual([])
  })

  it('ends well though nobody could look what it leaves', async () => {
    const { platform, publish } = desk()
    platform.emulator.faults.add({
      method: 'GET',
      path: '/data/foundation/catalog/batches',
      effect: { kind: 'answer', status: 403, body: '{}' },
      times: 100,
    })
    const empty = await publish(few, SECOND)
    expect([outcome(empty), empty.failed]).toEqual(['no-files', false])
    expect(empty.warnings.join()).toContain('could not check')
  })

  it.each(['publish', 'plan'])('fails in mode %s where another share of the run saw more files', async (mode) => {
    const { publish } = desk()
    const inputs = { publication: 'members', shard: '1/2' }
    await publish(FILES, inputs, RUN)
    const empty = await publish(few, { ...inputs, shard: '2/2', mode }, RUN)
    expect([outcome(empty), empty.failed]).toEqual(['failed', true])
    expect(empty.log).toContain('not all shards of this run were made from the same files')
    const later = await publish(few, { ...inputs, shard: '2/2', mode }, { runId: '1002' })
    expect(outcome(later)).toBe('no-files')
  })

  it.each(['warn', 'ignore'])(
    'fails where nothing matches at all and another share saw files, though it would %s',
    async (how) => {
      const { publish } = desk()
      const inputs = { publication: 'members', 'if-no-files-found': how }
      expect((await publish({}, { ...inputs, shard: '2/2' }, RUN)).failed).toBe(false)
      await publish(FILES, { ...inputs, shard: '1/2' }, RUN)
      expect((await publish({}, { ...inputs, shard: '2/2' }, RUN)).failed).toBe(true)
      expect((await publish({}, inputs, RUN)).failed).toBe(false)
    },
  )

  it('is no excuse where the patterns match nothing at all', async () => {
    const { publish } = desk()
    expect((await publish({}, SECOND)).failed).toBe(true)
  })
})
