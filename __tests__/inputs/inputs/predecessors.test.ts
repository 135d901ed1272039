import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestName } from '../../../src/lib/similar-names.ts'
import { readBatchNaming, readPredecessors } from '../../../src/inputs/values.ts'

const ONE = '01M818CT8W51BJK6Z6REW345AQ'
const OTHER = '5e8f2b3a1c9d440000a1b2c3'

describe('what content takes the place of', () => {
  it.each(['', ' \n', ',\n,'])('is nothing when no word is given: %j', (text) => {
    expect(readPredecessors(text)).toEqual({ kind: 'read', value: { kind: 'nothing' } })
  })

  it.each(['previous', '\n previous ,', 'previous\nprevious'])('is the previous publish: %j', (text) => {
    expect(readPredecessors(text)).toEqual({ kind: 'read', value: { kind: 'previous' } })
  })

  it.each([`${ONE}\n${OTHER}`, `${ONE},${OTHER}`, ` ${ONE} , \r\n ${OTHER},`, `${ONE} ${OTHER} ${ONE}`])(
    'is batches by their ids, each once: %j',
    (text) => {
      expect(readPredecessors(text)).toEqual({ kind: 'read', value: { kind: 'ids', ids: [ONE, OTHER] } })
    },
  )

  it('is never both', () => {
    expect(valuesRefused(`previous\n${ONE}`)).toEqual(['previous'])
  })

  it.each(['Previous', 'previus', 'previous!', 'prevoius'])('is not the id %j, which is a slip of the pen', (text) => {
    const meant = [expect.objectContaining({ value: text, meant: 'previous' })]
    expect(readPredecessors(text)).toEqual({ kind: 'refused', faults: meant })
    expect(readBatchNaming(text)).toEqual({ kind: 'refused', faults: meant })
  })

  it('names each word that is no id', () => {
    expect(valuesRefused(`${ONE}, $${OTHER}\nfoo/bar, ${'x'.repeat(65)}`)).toEqual([
      `$${OTHER}`,
      'foo/bar',
      'x'.repeat(65),
    ])
  })

  it('is as many ids as were given, however they are set apart', () => {
    const id = fc
      .stringMatching(/^[A-Za-z0-9_-]{1,64}$/)
      .filter((word) => nearestName(word, ['previous']) === undefined)
    const gap = fc.constantFrom(',', '\n', ' ', ', ', '\r\n', ',\n')
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 1, maxLength: 9 }), gap, (ids, between) => {
        expect(readPredecessors(ids.join(between))).toEqual({ kind: 'read', value: { kind: 'ids', ids } })
      }),
    )
  })
})

describe('the batch of a mode', () => {
  it.each([ONE, OTHER, 'previous'])('is %j', (text) => {
    expect(readBatchNaming(text)).toEqual({ kind: 'read', value: text })
  })

  it.each([`${ONE}\n${OTHER}`, 'a/b', 'x'.repeat(65)])('is not %j', (text) => {
    expect(readBatchNaming(text)).toMatchObject({ kind: 'refused', faults: [{ value: text, meant: undefined }] })
  })
})

function valuesRefused(text: string): readonly string[] {
  const reading = readPredecessors(text)
  return reading.kind === 'refused' ? reading.faults.map(({ value }) => value) : []
}
