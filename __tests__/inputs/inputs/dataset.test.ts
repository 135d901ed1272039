import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeDatasetNaming, readDataset } from '../../../src/inputs/values.ts'
import { faultsOf, inputsOf } from './given.ts'

const ID = '5c8c3c555033b814b69f947f'

describe('how a workflow names its dataset', () => {
  it('is by its id where the text has the form of one', () => {
    expect(readDataset(ID)).toEqual({ kind: 'read', value: { kind: 'id', id: ID } })
  })

  it.each([
    'Loyalty members',
    'a',
    ID.slice(1),
    `${ID}0`,
    `x${ID.slice(1)}`,
    'Mitglieder "EU" 😀',
    'x'.repeat(500),
    '😀'.repeat(500),
  ])('is by its exact name else: %j', (name) => {
    expect(readDataset(name)).toEqual({ kind: 'read', value: { kind: 'name', name } })
  })

  it('is never an id in another case: what was meant is said, since no name may look like an id', () => {
    for (const text of [ID.toUpperCase(), `5C${ID.slice(2)}`]) {
      expect(readDataset(text)).toEqual({
        kind: 'refused',
        faults: [expect.objectContaining({ value: text, meant: ID })],
      })
    }
  })

  it('keeps the blanks and the case inside a name, and none around it', () => {
    expect(inputsOf({ dataset: '  Loyalty  Members ' }).dataset).toEqual({ kind: 'name', name: 'Loyalty  Members' })
  })

  it('is read back in quotes', () => {
    expect(describeDatasetNaming({ kind: 'name', name: 'a "b"\u2028' })).toBe(JSON.stringify('a "b"\u2028'))
  })

  it('is one of both, or refused, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9a-fA-F]{24}$/)), (text) => {
        const reading = readDataset(text)
        const isId = /^[0-9a-f]{24}$/.test(text)
        if (reading.kind === 'read') expect(reading.value.kind === 'id').toBe(isId)
        else expect(isId).toBe(false)
      }),
    )
  })
})

describe('a dataset that is created when there is none', () => {
  it('has a name, and a schema by $id, meta:altId or title', () => {
    for (const schema of ['https://ns.adobe.com/acme/schemas/1f', '_acme.schemas.1f', 'Loyalty Members']) {
      expect(inputsOf({ dataset: 'Members', schema })).toMatchObject({ schema })
    }
  })

  it('has no id yet', () => {
    expect(faultsOf({ schema: 'Loyalty Members' })).toEqual([
      '- "schema" is given, and "dataset" is an id; allowed: a name, under which the dataset is created if it does not exist',
    ])
  })
})
