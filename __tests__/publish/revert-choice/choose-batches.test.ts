import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import { chooseNamed, choosePublish } from '../../../src/publish/revert-choice.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { publishedBatch, publishedOf } from '../../support/publish/held.ts'
import { batchId } from '../../support/make.ts'
import { never } from '../../support/time/never.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'

/** Chooses `B` in a catalogue of these. */
async function choose(batches: Readonly<Record<string, Reads>>) {
  const catalog = plainCatalog(batches)
  const found = await catalog.batch(batchId('B'), never())
  if (found.kind === 'missing') throw new Error('There is no B')
  return chooseNamed(found.record, contextOf({ catalog, clock: leapingClock() }))
}

describe('a batch that a workflow names', () => {
  it('goes by itself', async () => {
    expect(await choose({ B: ['success'] })).toMatchObject({ holder: 'B', record: { id: 'B' }, provenance: undefined })
  })

  it('goes with the batch into which the platform consolidated it, where that holds nothing else', async () => {
    const chosen = await choose({ B: [consolidatedInto('H')], H: [consolidationOf('B')] })
    expect(chosen).toMatchObject({ holder: 'H', record: { id: 'B' } })
  })

  it('goes with the last of a chain of consolidations', async () => {
    const between = { ...consolidationOf('B'), ...consolidatedInto('I') }
    const chosen = await choose({ B: [consolidatedInto('H')], H: [between], I: [consolidationOf('H')] })
    expect(chosen.holder).toBe('I')
  })

  it('does not go where others would go with it; they are listed, and the way on', async () => {
    const all = { B: [consolidatedInto('H')], H: [consolidationOf('B', 'C', 'D')], C: ['inactive'], D: ['inactive'] }
    const problem = await caught(choose(all))
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({
      message: 'Cannot revert B: the platform has consolidated it into H, which contains more: C, D',
      remedy: expect.stringContaining('"batch-id: H"'),
    })
  })

  it('does not go where others would go with it, though one replica does not know yet what it went into', async () => {
    const between = { ...consolidationOf('B'), ...consolidatedInto('I') }
    const all = { B: [consolidatedInto('H')], H: [between, 'missing'], I: [consolidationOf('C', 'H'), 'missing'] }
    const problem = await caught(choose({ ...all, C: ['inactive'] }))
    expect(problem).toMatchObject({ message: expect.stringContaining('into I, which contains more: C') })
  })

  it.each([
    ['was taken back', [{ ...consolidationOf('B'), status: 'inactive' }]],
    ['is not in the catalogue', ['missing']],
  ])('goes by itself where the batch that held it %s', async (_, holder) => {
    expect(await choose({ B: [consolidatedInto('H')], H: holder })).toMatchObject({ holder: 'B' })
  })

  it('never takes another content with it: a successor that is no consolidation is left alone', async () => {
    const replacing = { status: 'success', replay: { predecessors: ['B'], reason: 'replace' } }
    expect(await choose({ B: [consolidatedInto('N')], N: [replacing] })).toMatchObject({ holder: 'B' })
  })

  it('ends where successors make a ring', async () => {
    const ring = { ...consolidationOf('B'), status: 'inactive', tags: { acp_successor: ['B'] } }
    expect(await choose({ B: [consolidatedInto('H')], H: [ring] })).toMatchObject({ holder: 'B' })
  })
})

describe('a publish', () => {
  const parts = [publishedBatch('A', { holder: 'H' }), publishedBatch('B', { holder: 'H' })]

  it('goes batch by batch, those that were taken back included', () => {
    const gone = publishedBatch('G', { state: 'gone' })
    const chosen = choosePublish([publishedBatch('A'), gone], publishedOf([]))
    expect(chosen.map(({ holder }) => holder)).toEqual(['A', 'G'])
  })

  it('goes with the batch into which the platform consolidated all of it', () => {
    const chosen = choosePublish(parts, publishedOf(parts, { holdings: { H: ['A', 'B'] } }))
    expect(chosen.map(({ holder }) => holder)).toEqual(['H', 'H'])
  })

  it('never takes another content with it: a holder that is no consolidation is left alone', () => {
    const replaced = [publishedBatch('A', { holder: 'N' })]
    expect(choosePublish(replaced, publishedOf(replaced, { holdings: { N: [] } })).map(({ holder }) => holder)).toEqual(
      ['A'],
    )
  })

  it('does not go where another publication would go with it', () => {
    const choosing = () => choosePublish(parts, publishedOf(parts, { holdings: { H: ['A', 'B', 'O'] } }))
    expect(choosing).toThrow('Cannot revert A, B: the platform has consolidated it into H, which contains more: O')
  })
})
