import { describe, expect, it } from 'vitest'
import { followSuccessor, holdingsOf, wasReverted } from '../../../../src/publish/published/find.ts'
import { jsonReader } from '../../../../src/lib/json-reader.ts'
import { readBatchRecord } from '../../../../src/platform/records.ts'
import { contextOf } from '../../../support/context.ts'
import { leapingClock } from '../../../support/fake-clock.ts'
import { batchId } from '../../../support/make.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../../support/plain-catalog.ts'

const tools = (batches: Readonly<Record<string, Reads>>) =>
  contextOf({ catalog: plainCatalog(batches), clock: leapingClock() })

const follow = (batches: Readonly<Record<string, Reads>>) =>
  followSuccessor({ id: batchId('A'), isNeeded: false }, tools(batches))

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

  it.each<readonly [string, Readonly<Record<string, Reads>>]>([
    ['at a batch that was withdrawn', { A: [consolidatedInto('B')], B: ['inactive'] }],
    ['at a batch that nobody knows', { A: [consolidatedInto('B')] }],
    ['at a tag that is no id', { A: [consolidatedInto('../secrets')] }],
    ['in a ring', { A: [consolidatedInto('B')], B: [consolidatedInto('A')] }],
    ['in itself', { A: [consolidatedInto('A')] }],
  ])('that ends %s holds nothing', async (_, batches) => {
    expect(await follow(batches)).toBeUndefined()
  })
})

describe('what a consolidated batch holds', () => {
  const holdings = (batches: Readonly<Record<string, Reads>>) => holdingsOf(batchId('H'), tools(batches))

  it('is what it was made of, all the way down, each once', async () => {
    const batches = {
      H: [consolidationOf('I', 'A', 'B')],
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
    const endless = holdingsOf(batchId('H'), contextOf({ catalog: { ...catalog, batch } }))
    await expect(endless).rejects.toThrow('it lists more than 2000 parts')
  })

  it('is not what a batch of ours replaced', async () => {
    expect(await holdings({ H: [{ status: 'success', replay: { predecessors: ['A'], reason: 'replace' } }] })).toEqual(
      [],
    )
  })

  it('is found also where the records go in a ring', async () => {
    expect(await holdings({ H: [consolidationOf('I', 'A')], I: [consolidationOf('H', 'B')] })).toEqual(['A', 'B'])
  })
})

describe('a chain of consolidations whose end was taken back', () => {
  const isBack = (batches: Readonly<Record<string, Reads>>) => wasReverted(batchId('A'), tools(batches))

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
