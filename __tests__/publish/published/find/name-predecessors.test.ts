import { describe, expect, it } from 'vitest'
import { namePredecessors, type NamedPredecessors } from '../../../../src/publish/published/find.ts'
import type { PublishedBatch } from '../../../../src/publish/published/find.ts'
import type { NamedBatch } from '../../../../src/publish/published/find.ts'
import { publishedBatch, named, publishedOf } from '../../../support/publish/held.ts'

type Holdings = Readonly<Record<string, readonly string[]>>

function naming(
  batches: readonly PublishedBatch[],
  ids: readonly NamedBatch[] = [],
  holdings: Holdings = {},
): NamedPredecessors {
  return namePredecessors(publishedOf(batches, { holdings, named: ids }), batches)
}

describe('the predecessors that the platform is told', () => {
  it('are the batches and the ids, each once', () => {
    expect(naming([publishedBatch('A')], [named('A'), named('X')])).toEqual({ kind: 'named', ids: ['A', 'X'] })
  })

  it('are the consolidated batch in the place of its parts, if it holds nothing else', () => {
    const parts = [publishedBatch('A', { holder: 'H' }), publishedBatch('B', { holder: 'H' })]
    expect(naming(parts, [], { H: ['A', 'B'] })).toEqual({ kind: 'named', ids: ['H'] })
  })

  it('are none when it holds more, and the rest is listed', () => {
    expect(naming([publishedBatch('A', { holder: 'H' })], [], { H: ['A', 'Y', 'Z'] })).toMatchObject({
      kind: 'refuse',
      message: expect.stringContaining('Y, Z'),
    })
  })

  it('are none while the platform does not tell what it holds', () => {
    expect(naming([publishedBatch('A', { holder: 'H' })], [], { H: [] })).toMatchObject({
      kind: 'refuse',
      message: expect.stringMatching(/into H, and does not report yet/),
    })
  })

  it('may be all of it when the workflow names the rest, or the consolidated batch itself', () => {
    const batches = [publishedBatch('A', { holder: 'H' })]
    const holdings = { H: ['A', 'Y'] }
    expect(naming(batches, [named('Y', { holder: 'H', holdings: ['A', 'Y'] })], holdings)).toMatchObject({ ids: ['H'] })
    expect(naming(batches, [named('H')], holdings)).toMatchObject({ ids: ['H'] })
  })

  it('are none when an id that somebody else published was consolidated with others', () => {
    const foreign = named('X', { holder: 'H', holdings: ['X', 'Y'] })
    expect(naming([], [foreign])).toMatchObject({ kind: 'refuse', message: expect.stringContaining(': Y') })
    expect(naming([], [foreign, named('Y', { holder: 'H', holdings: ['X', 'Y'] })])).toMatchObject({ ids: ['H'] })
  })
})

describe('an id that is no longer active', () => {
  const over = named('X', { isActive: false })

  it('is refused', () => {
    expect(naming([], [over, named('Y')])).toMatchObject({ kind: 'refuse', message: expect.stringMatching(/: X$/) })
  })

  it('is left out where what we replace has replaced it', () => {
    expect(naming([publishedBatch('A', { predecessors: ['X'] })], [over])).toEqual({ kind: 'named', ids: ['A'] })
  })
})
