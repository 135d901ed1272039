import fc from 'fast-check'
import type { CsvDialect } from '../../src/formats/csv/grammar.ts'
import { CsvRecords } from '../../src/formats/csv/records.ts'

export const csvDialect: fc.Arbitrary<CsvDialect> = fc.constantFrom(
  { delimiter: ',', quote: '"', escape: '"' },
  { delimiter: ';', quote: "'", escape: '\\' },
  { delimiter: '\t', quote: '"', escape: '\\' },
  { delimiter: '§', quote: '“', escape: '“' },
)

/** Well-formed CSV with the marks, line ends and characters of several bytes wherever they may stand. */
export function csvText(dialect: CsvDialect): fc.Arbitrary<string> {
  const { delimiter, quote, escape } = dialect
  const unit = fc.constantFrom('a', ' ', 'ü', '🎉', '\n', '\r\n', delimiter, quote, escape)
  const cell = fc.tuple(
    fc.array(unit, { maxLength: 4 }).map((units) => units.join('')),
    fc.boolean(),
  )
  const written = cell.map(([text, isQuoted]) => {
    const marks = [delimiter, quote, escape, '\n', '\r']
    if (!isQuoted && !marks.some((mark) => text.includes(mark))) return text
    const escaped = escape === quote ? text : text.replaceAll(escape, escape + escape)
    return `${quote}${escaped.replaceAll(quote, escape + quote)}${quote}`
  })
  const record = fc.array(written, { minLength: 1, maxLength: 4 }).map((cells) => cells.join(delimiter))
  const line = fc.tuple(record, fc.constantFrom('\n', '\r\n')).map((both) => both.join(''))
  return fc.tuple(fc.array(line), fc.oneof(record, fc.constant(''))).map(([lines, last]) => lines.join('') + last)
}

/** Marks and line ends in any order, as nobody should write them. */
export function markedText({ delimiter, quote, escape }: CsvDialect): fc.Arbitrary<string> {
  const unit = fc.constantFrom('a', ' ', 'ü', '\n', '\n', '\r\n', '\r', delimiter, delimiter, quote, quote, escape)
  return fc.array(unit, { maxLength: 16 }).map((units) => units.join(''))
}

/** All records of a text, as they are read. */
export function recordsOf(bytes: Uint8Array, dialect: CsvDialect): unknown[] {
  const records = new CsvRecords(Buffer.from(bytes).toString(), dialect)
  const all: unknown[] = []
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) all.push(record)
  return all
}
