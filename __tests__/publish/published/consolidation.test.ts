import { describe, expect, it } from 'vitest'
import { followSuccessors, holdingsOf, mayHold } from '../../../src/publish/published/consolidation.ts'
import { jsonReader } from '../../../src/lib/json-reader.ts'
import { readBatchRecord } from '../../../src/platform/records.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { batchId } from '../../support/make.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'

const tools = (batches: Readonly<Record<string, Reads>>) =>
  contextOf({ catalog: plainCatalog(batches), clock: leapingClock() })

const recordOf = (id: string, record: object) => readBatchRecord(batchId(id), jsonReader(record, 'record'))

/** Of a batch that still reads `success`, and was consolidated into `A`. */
const succession = (batches: Readonly<Record<string, Reads>>) =>
  followSuccessors(recordOf('X', { ...consolidatedInto('A'), status: 'success' }), tools(batches))

const follow = async (batches: Readonly<Record<string, Reads>>) => (await succession(batches)).holder?.id

describe('a chain of consolidations', () => {
  it('ends at the batch that is active', async () => {
    expect(await follow({ A: ['success'] })).toBe('A')
    expect(await follow({ A: [consolidatedInto('B')], B: [consolidatedInto('C')], C: ['active'] })).toBe('C')
  })

  it('does not end at one that still reads `success`, and has a successor', async () => {
    const stale = { ...consolidatedInto('C'), status: 'success' }
    expect(await follow({ A: [consolidatedInto('B')], B: [stale], C: ['success'] })).toBe('C')
    expect(await follow({ A: [consolidatedInto('B')], B: [stale], C: ['inactive'] })).toBe('B')
  })

  it('ends at one whose success the catalogue does not show yet, or not for long', async () => {
    expect(await follow({ A: [consolidatedInto('B')], B: ['loading', 'staging', 'success'] })).toBe('B')
    expect(await follow({ A: [consolidatedInto('B')], B: ['loading'] })).toBe('B')
    expect(await follow({ A: [consolidatedInto('B')], B: ['loading', 'inactive'] })).toBeUndefined()
  })

  it('does not end at one that is still being made', async () => {
    expect(await follow({ A: [{ ...consolidatedInto('B'), status: 'success' }], B: ['staging'] })).toBe('A')
  })

  it('is read once: what a later look would miss has been seen', async () => {
    const batches = { A: [consolidatedInto('B'), 'missing'], B: [consolidationOf('A', 'Y'), 'missing'] }
    const { holder: batch, read } = await succession(batches)
    expect(batch?.id).toBe('B')
    expect(batch && (await holdingsOf({ batch, read }, tools({})))).toEqual(['A', 'Y'])
  })

  it.each<readonly [string, Readonly<Record<string, Reads>>]>([
    ['at a batch that replaces it', { A: [{ status: 'success', replay: { predecessors: ['X'], reason: 'replace' } }] }],
    ['at a batch that was withdrawn', { A: [consolidatedInto('B')], B: ['inactive'] }],
    ['at a batch that nobody knows', { A: [consolidatedInto('B')] }],
    ['at a tag that is no id', { A: [consolidatedInto('../secrets')] }],
    ['in a ring', { A: [consolidatedInto('B')], B: [consolidatedInto('A')] }],
    ['in itself', { A: [consolidatedInto('A')] }],
  ])('that ends %s holds nothing', async (_, batches) => {
    expect(await follow(batches)).toBeUndefined()
  })
})

describe('a batch whose rows another one may hold', () => {
  const isHeldBy = async (holder: object, others: Readonly<Record<string, Reads>> = {}) => {
    const of = recordOf('B', { status: 'inactive' })
    return mayHold({ holder: recordOf('H', holder), of }, new Map(), tools({ ...others, B: ['inactive'] }))
  }

  it.each<readonly [string, object, boolean]>([
    ['was made of it', consolidationOf('A', 'B'), true],
    ['was made of a batch that was made of it', consolidationOf('A', 'I'), true],
    ['was made of others', consolidationOf('A', 'J'), false],
    ['does not tell what it was made of', { status: 'success' }, true],
  ])('is told by the other one, which %s', async (_, holder, expected) => {
    expect(await isHeldBy(holder, { I: [consolidationOf('B')], J: [consolidationOf('C')] })).toBe(expected)
  })

  it('is told by their parts, where both were made of the same', async () => {
    const of = recordOf('B', { ...consolidationOf('A', 'C'), status: 'inactive' })
    const holder = recordOf('H', consolidationOf('A', 'C', 'D'))
    expect(await mayHold({ holder, of }, new Map(), tools({}))).toBe(true)
  })
})

describe('what a consolidated batch holds', () => {
  const holdings = ({ H, ...others }: { readonly H: object } & Readonly<Record<string, Reads | object>>) =>
    holdingsOf({ batch: recordOf('H', H) }, tools(others as Readonly<Record<string, Reads>>))

  it('is what it was made of, all the way down, each once', async () => {
    const batches = {
      H: consolidationOf('I', 'A', 'B'),
      I: [consolidationOf('B', 'C')],
      A: ['inactive'],
      B: ['deleted'],
    }
    expect(await holdings(batches)).toEqual(['A', 'B', 'C'])
  })

  it('is not followed where it has no end', async () => {
    const parts = (id: string) => Array.from({ length: 3 }, (_, i) => `${id}${i}`)
    const catalog = plainCatalog({})
    const batch: typeof catalog.batch = async (id) => ({
      kind: 'found',
      record: readBatchRecord(id, jsonReader(consolidationOf(...parts(id)), 'record')),
    })
    const root = recordOf('H', consolidationOf(...parts('H')))
    const endless = holdingsOf({ batch: root }, contextOf({ catalog: { ...catalog, batch }, clock: leapingClock() }))
    await expect(endless).rejects.toThrow('it lists more than 2000 parts')
  })

  it('is not what a batch of ours replaced', async () => {
    expect(await holdings({ H: { status: 'success', replay: { predecessors: ['A'], reason: 'replace' } } })).toEqual([])
  })

  it('is found also where the records go in a ring', async () => {
    expect(await holdings({ H: consolidationOf('I', 'A'), I: [consolidationOf('H', 'B')] })).toEqual(['A', 'B'])
  })

  it('is known though a look at one of its parts went astray', async () => {
    const batches = { H: consolidationOf('I', 'A'), I: ['missing', consolidationOf('B', 'C')] }
    expect(await holdings(batches)).toEqual(['A', 'B', 'C'])
  })
})

describe('a chain of consolidations whose end was taken back', () => {
  const isBack = async (batches: Readonly<Record<string, Reads>>) => (await succession(batches)).wasReverted

  it.each<readonly [string, Readonly<Record<string, Reads>>, boolean]>([
    ['is inactive', { A: ['inactive'] }, true],
    ['is deleted', { A: ['deleted'] }, true],
    ['has moved out of the lake', { A: ['archived'] }, true],
    ['is inactive behind another', { A: [consolidatedInto('B')], B: ['inactive'] }, true],
    ['is active', { A: ['success'] }, false],
    ['failed', { A: ['failed'] }, false],
    ['is in progress', { A: ['staging'] }, false],
    ['is not in the catalogue', {}, false],
    ['is a ring', { A: [consolidatedInto('B')], B: [consolidatedInto('A')] }, false],
  ])('is told by its last batch, which %s', async (_, batches, expected) => {
    expect(await isBack(batches)).toBe(expected)
  })
})
