import { describe, expect, it } from 'vitest'
import { checkColumnsOf } from '../../src/mapping/columns.ts'
import { faultText, noteText } from '../../src/mapping/fault.ts'
import { compiledOf, schemaOfMini } from './mapped.ts'

const schema = schemaOfMini({ _id: 'string', person: { name: 'string' }, points: 'int' })

function check(sources: readonly string[], names: readonly string[], areTexts = true) {
  const targets = ['_id', 'person.name', 'points']
  const set = sources.map((source, at) => {
    const isPath = /^[\w .[\]]+$/.test(source)
    return { sourceType: isPath ? 'ATTRIBUTE' : 'EXPRESSION', source, destination: targets[at] ?? '' }
  })
  const { faults, notes, unmapped } = checkColumnsOf(compiledOf(set, { schema }).mapping, { names, areTexts })
  return { faults: faults.map((fault) => faultText(fault).split('\n')[0]), notes: notes.map(noteText), unmapped }
}

describe('the columns of a file', () => {
  it('that no mapping reads are listed', () => {
    expect(check(['id'], ['id', 'name', 'x'])).toEqual({ faults: [], notes: [], unmapped: ['name', 'x'] })
  })

  it.each([
    ['Id', ['id', 'name'], 'no column is named "Id": did you mean "id"?'],
    ['Properties_Firstname_Value', ['Properties.Firstname.Value'], 'did you mean "Properties.Firstname.Value"?'],
    ['upper(nme)', ['id', 'name'], 'column 7: no column is named "nme": did you mean "name"?'],
    ['zzz', ['id'], 'no column is named "zzz": the file has "id"'],
    ['zzz', ['jane@example.com', 'id'], 'no column is named "zzz": the file has 2 columns, whose names may be data'],
    ['id.x', ['id'], 'column "id" holds strings: "id.x" cannot read a field inside it'],
  ])('lack %s: %s', (source, names, message) => {
    expect(check([source], names).faults).toEqual([expect.stringContaining(message)])
  })

  it('may have dots in their names', () => {
    expect(check(['Full.Name'], ['Full.Name']).faults).toEqual([])
  })

  it('are only asked for by contains_key', () => {
    expect(check(['iif(contains_key("x"), "a", "b")'], ['id']).faults).toEqual([])
  })

  it('are found without the spaces around their names, which is said', () => {
    expect(check(['Email'], ['Name', ' Email'])).toEqual({
      faults: [],
      notes: ['Column names matched after removing the spaces around them: " Email"'],
      unmapped: ['Name'],
    })
  })

  it('with a hyphen are warned of where they are subtracted', () => {
    expect(check(['first-name'], ['first', 'name', 'first-name']).notes).toEqual([
      'mapping 1 (→ _id): first-name is read as a subtraction: write ${first-name} for the column',
    ])
  })

  it('of CSV fit no object', () => {
    const set = [{ source: 'a', destination: 'person' }]
    const { mapping } = compiledOf(set, { schema })
    expect(checkColumnsOf(mapping, { names: ['a'], areTexts: true }).faults).toMatchObject([{ code: 'type' }])
    expect(checkColumnsOf(mapping, { names: ['a'], areTexts: false }).faults).toEqual([])
  })

  it('of Parquet may hold fields', () => {
    expect(check(['id.x'], ['id'], false).faults).toEqual([])
  })
})
