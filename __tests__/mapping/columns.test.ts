import { describe, expect, it } from 'vitest'
import { checkColumnsOf } from '../../src/mapping/columns.ts'
import { faultText, noteText } from '../../src/mapping/fault.ts'
import { compiledOf, schemaOfMini } from './mapped.ts'

const schema = schemaOfMini({ _id: 'string', person: { name: 'string' }, points: 'int' })

function check(sources: readonly string[], names: readonly string[], areTexts = true, showValues = false) {
  const targets = ['_id', 'person.name', 'points']
  const set = sources.map((source, at) => {
    const isPath = /^[\w .[\]]+$/.test(source)
    return { sourceType: isPath ? 'ATTRIBUTE' : 'EXPRESSION', source, destination: targets[at] ?? '' }
  })
  const { faults, notes, unmapped } = checkColumnsOf(compiledOf(set, { schema }).mapping, {
    names,
    areTexts,
    showValues,
  })
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
    ['zzz', ['jane@example.com', 'id'], '2 columns, whose names may be data ("show-values: true" shows them)'],
    ['id.x', ['id'], 'column "id" holds strings: "id.x" cannot read a field inside it'],
  ])('lack %s: %s', (source, names, message) => {
    expect(check([source], names).faults).toEqual([expect.stringContaining(message)])
  })

  it('are named where values may be shown, though they may be data', () => {
    expect(check(['id'], ['Umsatz (EUR)', 'Kunde'], true, true).faults).toEqual([
      expect.stringContaining('the file has "Umsatz (EUR)", "Kunde"'),
    ])
  })

  it.each([
    ['Kundennr;Vorname;Punkte', ';'],
    ['id\tname', '\\t'],
  ])('that stand in one piece, %j, are one fault, which names the delimiter', (header, delimiter) => {
    expect(check(['id', 'name', 'points'], [header]).faults).toEqual([
      `the file has a single column: are its values separated by "${delimiter}"? Then set "csv-delimiter" to that character`,
    ])
    expect(check(['id'], ['id;name'], false).faults).toEqual([expect.stringContaining('no column is named "id"')])
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

  it('with a hyphen are told how to write them where neither half is a column', () => {
    const { faults } = check(['lower(E-Mail)'], ['id', 'E-Mail'])
    expect(faults).toEqual([
      expect.stringMatching(
        /no column is named "E".*; E-Mail is read as a subtraction: write \$\{E-Mail\} for the column$/,
      ),
      expect.stringMatching(/no column is named "Mail".*write \$\{E-Mail\} for the column$/),
    ])
  })

  it('of CSV fit no object', () => {
    const set = [{ source: 'a', destination: 'person' }]
    const { mapping } = compiledOf(set, { schema })
    expect(checkColumnsOf(mapping, { names: ['a'], areTexts: true, showValues: false }).faults).toMatchObject([
      { code: 'type' },
    ])
    expect(checkColumnsOf(mapping, { names: ['a'], areTexts: false, showValues: false }).faults).toEqual([])
  })

  it('of Parquet may hold fields', () => {
    expect(check(['id.x'], ['id'], false).faults).toEqual([])
  })
})
