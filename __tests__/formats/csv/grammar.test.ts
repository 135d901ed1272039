import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CsvDialect,
  CsvText,
  firstLineEnd,
  firstRecordEnd,
  lastRecordEnd,
} from '../../../src/formats/csv/grammar.ts'
import { csvDialect, csvText, markedText, recordsOf } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const written = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect)))
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

describe('the cells of a record', () => {
  it('are its fields one after another, whatever the quotes', () => {
    fc.assert(
      fc.property(typed, ([dialect, text]) => {
        const csv = new CsvText(text, dialect, 'either')
        for (let start = 0; start < text.length; start = csv.nextLine(start)) {
          expect(csv.cells(start)).toEqual(fieldsFrom(start, csv, dialect))
        }
      }),
    )
  })
})

function fieldsFrom(start: number, csv: CsvText, { delimiter }: CsvDialect): unknown {
  const cells: string[] = []
  for (let at = start; ;) {
    const field = csv.field(at)
    if (field.kind !== 'field') return field
    cells.push(field.text)
    if (!csv.isDelimiter(field.end)) return { kind: 'cells', cells, next: field.end + csv.lineEndLength(field.end) }
    at = field.end + delimiter.length
  }
}

describe('the end of the last record', () => {
  it('is where the reader ends one, however much of the text is there', () => {
    fc.assert(
      fc.property(written, fc.nat(), ([dialect, text], length) => {
        const bytes = Buffer.from(text)
        const block = bytes.subarray(0, length % (bytes.length + 1))
        const end = lastRecordEnd(block, dialect)
        expect([...recordsOf(bytes.subarray(0, end), dialect), ...recordsOf(bytes.subarray(end), dialect)]).toEqual(
          recordsOf(bytes, dialect),
        )
        // What is left is the beginning of one record at most: nothing of it ends a line outside quotes.
        expect(firstRecordEnd(block.subarray(end), dialect)).toBe(0)
      }),
    )
  })

  it('is reached by the ends of the first records, one after another, whatever the quotes', () => {
    fc.assert(
      fc.property(typed, ([dialect, text]) => {
        const bytes = Buffer.from(text)
        let end = 0
        for (let next = -1; next !== 0; end += next) next = firstRecordEnd(bytes.subarray(end), dialect)
        expect(lastRecordEnd(bytes, dialect)).toBe(end)
      }),
    )
  })

  it.each([
    ['', 0],
    ['a,b', 0],
    ['a\nb', 2],
    ['"a\nb', 0],
    ['"a\nb"c\nd', 7],
    ['a,5" pipe\n1', 10],
    ['\n\n', 2],
  ])('of %j is %i', (text, end) => {
    expect(lastRecordEnd(Buffer.from(text), plain)).toBe(end)
  })
})

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

/** What the guard says of a text that arrives in chunks of this size. */
