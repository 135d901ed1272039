import { describe, expect, it } from 'vitest'
import { slowAnswers, type SlowPlatform } from '../../support/emulator/slow-answers.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { contentOf } from '../../support/files/members.ts'
import { outcome, publishing } from '../../support/runs/publishing-desk.ts'

const ANSWER_MS = 400
/** Batches are promoted by the time of the first look. */
const QUICK = { loadedMs: 1, stagingMs: 1, stagedMs: 1 } as const
const CHECKED = { validation: 'error' }

/** One small file into a dataset that takes no part in Profile, which other repositories publish into, too. */
async function published(answerMs = (_what: string) => ANSWER_MS, inputs = {}) {
  const platform = inMemoryPlatform(QUICK)
  const dataset = addDataset(platform, { name: 'Members without Profile' })
  const slow = slowAnswers(platform, answerMs)
  const run = await publishing(slow)(contentOf('a'), { ...CHECKED, dataset, ...inputs })
  return { run, slow, platform }
}

function countsOf({ trips }: SlowPlatform): Readonly<Record<string, number>> {
  const kinds = Map.groupBy(trips, ({ what }) => what)
  return Object.fromEntries(Array.from(kinds, ([what, { length }]) => [what, length]))
}

function tripsOf({ trips }: SlowPlatform, what: string) {
  return trips.filter((trip) => trip.what === what)
}

function answersInARow({ trips }: SlowPlatform, until: string): number {
  const [trip] = trips.filter(({ what }) => what === until)
  return (trip?.answeredMs ?? Infinity) / ANSWER_MS
}

describe('a plain publish of one small file', () => {
  it('makes fourteen requests, of which three are lists of batches', async () => {
    const { run, slow } = await published()
    expect(outcome(run), run.log).toBe('published')
    expect(countsOf(slow)).toEqual({
      token: 1,
      dataset: 1,
      schema: 1,
      descriptors: 1,
      'list of batches': 3,
      creation: 1,
      upload: 1,
      arrival: 1,
      COMPLETE: 1,
      batch: 2,
      'files of the batch': 1,
    })
    expect(slow.trips).toHaveLength(14)
  })

  it('has its COMPLETE accepted after seven answers in a row, of which a dataset by its name takes one more', async () => {
    expect(answersInARow((await published()).slow, 'COMPLETE')).toBe(7)
    const named = await published(undefined, { dataset: 'Members without Profile' })
    expect(answersInARow(named.slow, 'COMPLETE')).toBe(8)
  })

  it('needs no identities where rows are not validated, and the schema for its class alone', async () => {
    const { slow } = await published(undefined, { validation: 'off' })
    expect([countsOf(slow)['descriptors'], slow.trips.length, answersInARow(slow, 'COMPLETE')]).toEqual([
      undefined,
      13,
      7,
    ])
  })

  it('looks for its files while the platform answers', async () => {
    const slow = slowAnswers(inMemoryPlatform(QUICK), () => ANSWER_MS)
    const answered: number[] = []
    await runStep(slow, { files: contentOf('a'), onFind: () => answered.push(slow.trips.length) })
    expect(answered).toEqual([0])
  })

  it('takes nothing for decided that was listed long before', async () => {
    const { slow } = await published((what) => (what === 'schema' ? 60_000 : ANSWER_MS))
    const [first, second, ...others] = tripsOf(slow, 'list of batches')
    const [schema] = tripsOf(slow, 'schema')
    expect(first?.sentMs).toBeLessThan(schema?.sentMs ?? 0)
    expect([second?.sentMs, others.length]).toEqual([schema?.answeredMs, 2])
  })
})

describe('the look before COMPLETE', () => {
  it('begins when the last upload was answered, beside the question what arrived', async () => {
    const { slow } = await published()
    const [upload] = tripsOf(slow, 'upload')
    const [, look] = tripsOf(slow, 'list of batches')
    expect([look?.sentMs, tripsOf(slow, 'arrival')[0]?.sentMs]).toEqual([upload?.answeredMs, upload?.answeredMs])
  })

  it('begins anew when something had not arrived, and was uploaded again', async () => {
    const platform = inMemoryPlatform()
    platform.emulator.faults.add(NOT_STORED)
    const slow = slowAnswers(platform, () => ANSWER_MS)
    const run = await publishing(slow)(TWO_FILES)
    expect(outcome(run), run.log).toBe('published')
    const [, , again] = tripsOf(slow, 'upload')
    const [complete] = tripsOf(slow, 'COMPLETE')
    const looks = tripsOf(slow, 'list of batches').filter(({ sentMs }) => sentMs < (complete?.sentMs ?? 0))
    expect(looks.at(-1)?.sentMs).toBe(again?.answeredMs)
  })

  it('is taken once more where the answer to what arrived took long', async () => {
    const { slow } = await published((what) => (what === 'arrival' ? 20_000 : ANSWER_MS))
    const [arrival] = tripsOf(slow, 'arrival')
    const sent = tripsOf(slow, 'list of batches').map(({ sentMs }) => sentMs)
    expect(sent).toContain(arrival?.answeredMs)
  })

  it('waits for the last of several batches', async () => {
    const platform = inMemoryPlatform({ maxFiles: 1 })
    const slow = slowAnswers(platform, () => ANSWER_MS)
    const run = await publishing(slow)(TWO_FILES)
    expect(outcome(run), run.log).toBe('published')
    const [first, last] = tripsOf(slow, 'upload')
    const between = tripsOf(slow, 'list of batches').filter(
      ({ sentMs }) => sentMs >= (first?.answeredMs ?? 0) && sentMs < (last?.answeredMs ?? 0),
    )
    expect([between, tripsOf(slow, 'creation').length]).toEqual([[], 2])
  })
})

/** Something on the way acknowledges an upload, and keeps it for itself. */
const NOT_STORED = { method: 'PUT', effect: { kind: 'answer', status: 200, body: '' } } as const

const TWO_FILES = {
  'data/day=1/a.jsonl': contentOf('a')['data/a.jsonl'] ?? '',
  'data/day=1/b.jsonl': contentOf('b')['data/a.jsonl'] ?? '',
}
