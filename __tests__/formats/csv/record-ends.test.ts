import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvDialect, CsvText, firstRecordEnd } from '../../../src/formats/csv/grammar.ts'
import { lastRecordEnd } from '../../../src/formats/csv/record-ends.ts'
import { csvDialect, csvText, markedText, recordsOf } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const written = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect)))
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

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

  it('is that of what CsvText tells of any bytes', () => {
    const bytesOf = ({ delimiter, quote, escape }: CsvDialect) => {
      const mark = fc.constantFrom(...[delimiter, quote, escape, '\n', '\r'].map((one) => [...Buffer.from(one)]))
      const junk = fc.uint8Array({ maxLength: 5 }).map((bytes) => [...bytes])
      return fc.array(fc.oneof(mark, junk), { maxLength: 40 }).map((parts) => Buffer.from(parts.flat()))
    }
    const blocks = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), bytesOf(dialect)))
    fc.assert(
      fc.property(blocks, ([dialect, bytes]) => {
        const csv = CsvText.ofBytes(bytes, dialect)
        let end = 0
        for (let next: number | undefined = 0; next !== undefined; next = csv.recordEnd(end)) end = next
        expect(lastRecordEnd(bytes, dialect)).toBe(end)
      }),
      { numRuns: 2_000 },
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
