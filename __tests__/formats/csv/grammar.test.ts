import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CsvCells,
  type CsvDialect,
  CsvText,
  type MisplacedQuote,
  loneReturnEnd,
} from '../../../src/formats/csv/grammar.ts'
import { csvDialect, markedText } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

describe('the cells of a record', () => {
  it('are its fields one after another, whatever the quotes', () => {
    fc.assert(
      fc.property(typed, ([dialect, text]) => {
        const csv = new CsvText(text, dialect, 'feed')
        for (let start = 0; start < text.length; start = csv.nextLine(start)) {
          const fields = fieldsFrom(start, csv, dialect)
          expect(csv.cells(start)).toEqual(fields)
          expect(csv.countCells(start)).toEqual(countOf(fields))
        }
      }),
    )
  })
})

function fieldsFrom(start: number, csv: CsvText, { delimiter }: CsvDialect): CsvCells | MisplacedQuote {
  const cells: string[] = []
  for (let at = start; ;) {
    const field = csv.field(at)
    if (field.kind !== 'field') return field
    cells.push(field.text)
    if (!csv.isDelimiter(field.end)) return { kind: 'cells', cells, next: field.end + csv.lineEndLength(field.end) }
    at = field.end + delimiter.length
  }
}

function countOf(fields: CsvCells | MisplacedQuote): unknown {
  return fields.kind === 'cells' ? { kind: 'counted', count: fields.cells.length, next: fields.next } : fields
}

describe('a carriage return', () => {
  it.each([
    ['a,b', undefined],
    ['a\nb\rc', undefined],
    ['"a\n\r"\r\nb', undefined],
    ['a\rb\n', 2],
    ['a\r', 2],
    ['a\r\r\n', 2],
  ])('that alone ends the first line of %j is found', (text, end) => {
    expect(loneReturnEnd(text, plain)).toBe(end)
  })
})
