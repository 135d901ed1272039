import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CsvCells,
  type CsvDialect,
  CsvText,
  type MisplacedQuote,
  firstLineEnd,
} from '../../../src/formats/csv/grammar.ts'
import { csvDialect, markedText } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

describe('the cells of a record', () => {
  it('are its fields one after another, whatever the quotes', () => {
    fc.assert(
      fc.property(typed, ([dialect, text]) => {
        const csv = new CsvText(text, dialect, 'either')
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

describe('what ends the first line', () => {
  it.each([
    ['a,b', '\n', 3],
    ['a\nb\rc', '\n', 2],
    ['"a\n\r"\r\nb', '\r\n', 7],
    ['a\rb\n', '\r', 2],
    ['a\r', '\r', 2],
    ['a\r\r\n', '\r', 2],
  ])('of %j is %j', (text, mark, next) => {
    expect(firstLineEnd(text, plain)).toEqual({ mark, next })
  })
})
