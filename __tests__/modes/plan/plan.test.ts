import { describe, expect, it } from 'vitest'
import { planLines } from '../../../src/modes/plan.ts'
import type { Preview } from '../../../src/publish/published/preview.ts'
import { batchId } from '../../support/make.ts'
import { contentOf, manyFiles, stages } from '../../support/files/members.ts'
import { planned, saysOf } from '../../support/publish/planned.ts'
import { desk, NAMED, outcome, PREVIOUS, RETRYING } from '../../support/runs/publishing-desk.ts'

const NO_WAIT = { ...NAMED, wait: 'false' }

describe('mode: plan', () => {
  it('says of new content that it would be sent, and sends nothing', async () => {
    const { platform } = desk()
    const plan = await planned(platform, contentOf('a'))
    expect([outcome(plan), plan.failed, plan.outputs['batch-ids']]).toEqual(['planned', false, '[]'])
    expect(saysOf(plan)).toEqual([
      'Would upload 1 file, 1 row, 45 bytes',
      'Why: the data is new, and nothing is replaced',
    ])
    expect(await stages(platform)).toEqual([])
  })

  it('says of content that is there that nothing would be sent', async () => {
    const { platform, publish } = desk()
    const { outputs } = await publish(contentOf('a'))
    expect(saysOf(await planned(platform, contentOf('a')))).toEqual([
      `Would keep existing batches: ${outputs['batch-id']}`,
      'Would upload nothing',
      'Why: the dataset already holds this data',
    ])
  })

  it('names what `previous` would replace', async () => {
    const { platform, publish } = desk()
    const { outputs } = await publish(contentOf('a'), PREVIOUS)
    expect(saysOf(await planned(platform, contentOf('b'), PREVIOUS))).toEqual([
      'Would upload 1 file, 1 row, 45 bytes',
      `Would replace ${outputs['batch-id']}`,
      'Why: the data is new and replaces the earlier data',
    ])
  })

  it('looks up ids that are to be replaced, and refuses one that nobody knows', async () => {
    const { platform, publish } = desk()
    const { outputs } = await publish(contentOf('a'))
    const id = outputs['batch-id'] ?? ''
    const named = await planned(platform, contentOf('b'), { 'replay-predecessors': id })
    expect(saysOf(named)).toContain(`Would replace ${id}`)
    const unknown = await planned(platform, contentOf('b'), { 'replay-predecessors': '01UNKNOWN' })
    expect([unknown.failed, unknown.errors.join()]).toEqual([true, expect.stringContaining('Cannot replace batch')])
  })

  it('warns of other content that would be active beside it', async () => {
    const { platform, publish } = desk()
    const { outputs } = await publish(contentOf('a'))
    const plan = await planned(platform, contentOf('b'))
    expect(plan.warnings).toEqual([
      expect.stringContaining(`is still active: the dataset now holds both (${outputs['batch-id']}`),
    ])
  })

  it('says how many batches it would be', async () => {
    const { platform } = desk({ maxFiles: 2 })
    expect(saysOf(await planned(platform, manyFiles(3)))).toEqual([
      expect.stringMatching(/^Would upload part 1 of 2: 2 files/),
      expect.stringMatching(/^Would upload part 2 of 2: 1 file,/),
      expect.stringMatching(/^Why/),
    ])
  })

  it('does as a publish does where no file is found', async () => {
    const { platform } = desk()
    const plan = await planned(platform, {})
    expect([outcome(plan), plan.failed]).toEqual(['no-files', true])
  })
})

describe('mode: plan with a batch in progress', () => {
  it('would wait for this content', async () => {
    const { platform, publish } = desk(RETRYING)
    const { outputs } = await publish(contentOf('a'), NO_WAIT)
    expect(saysOf(await planned(platform, contentOf('a')))).toEqual([
      `Would wait for batches in progress: ${outputs['batch-id']}`,
      `Would keep existing batches: ${outputs['batch-id']}`,
      'Would upload nothing',
      'Why: if what is in progress succeeds, the dataset already holds this data',
    ])
  })

  it('would end as submitted under `wait: false`, or be refused as a publish is', async () => {
    const { platform, publish } = desk(RETRYING)
    const { outputs } = await publish(contentOf('a'), { ...PREVIOUS, wait: 'false' })
    const same = await planned(platform, contentOf('a'), { ...PREVIOUS, wait: 'false' })
    expect(saysOf(same).at(-1)).toBe('Why: this data is being ingested already, and the run would not wait for it')
    const other = await planned(platform, contentOf('b'), { ...PREVIOUS, wait: 'false' })
    expect([other.failed, other.errors.join()]).toEqual([
      true,
      expect.stringContaining('"wait: false" does not wait for it'),
    ])
    expect(other.errors.join()).toContain(outputs['batch-id'])
  })
})

describe('what is told of a plan', () => {
  const nothing: Preview = {
    creates: undefined,
    enables: false,
    aborts: [],
    waitsFor: [],
    sends: [],
    keeps: [],
    replaces: [],
    warnings: [],
    why: 'so',
  }

  it('is a line for each thing that would be done, and why', () => {
    const part = { number: 1, of: 1 }
    const all: Preview = {
      ...nothing,
      creates: 'x"y',
      enables: true,
      aborts: [batchId('A'), batchId('B')],
      waitsFor: [batchId('C')],
      sends: [{ part, files: 2, rows: undefined, bytes: 1_500 }],
      keeps: [batchId('D')],
      replaces: [batchId('E')],
    }
    expect(planLines(all)).toEqual([
      'Would create the dataset "x\\"y"',
      'Would enable the dataset for profile updates',
      'Would abort batches that earlier attempts left open: A, B',
      'Would wait for batches in progress: C',
      'Would keep existing batches: D',
      'Would upload 2 files, 1.5 kB',
      'Would replace E',
      'Why: so',
    ])
  })

  it('says so where nothing would be sent', () => {
    expect(planLines(nothing)).toEqual(['Would upload nothing', 'Why: so'])
  })
})
