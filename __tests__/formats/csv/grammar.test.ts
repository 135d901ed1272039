import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CsvDialect,
  CsvText,
  LineEndGuard,
  UnevenLineEnd,
  firstLineEnd,
  firstRecordEnd,
  lastRecordEnd,
} from '../../../src/formats/csv/grammar.ts'
import { CsvRecords } from '../../../src/formats/csv/records.ts'
import { csvDialect, csvText, markedText } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const written = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect)))
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

function read(bytes: Uint8Array, dialect: CsvDialect): unknown[] {
  const records = new CsvRecords(Buffer.from(bytes).toString(), dialect)
  const all: unknown[] = []
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) all.push(record)
  return all
}

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
        expect([...read(bytes.subarray(0, end), dialect), ...read(bytes.subarray(end), dialect)]).toEqual(
          read(bytes, dialect),
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
function guarded(text: string, dialect: CsvDialect, chunkBytes: number): string {
  const guard = new LineEndGuard(dialect)
  const bytes = Buffer.from(text)
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) guard.write(bytes.subarray(at, at + chunkBytes))
    guard.end()
  } catch (error) {
    if (!(error instanceof UnevenLineEnd)) throw error
    return `${error.code} ${error.offset}`
  }
  return 'even'
}

describe('the line ends of a file that only readers of quotes will see', () => {
  it.each([
    ['a,"b\nc\r\nd\re"\n"f\n"\n', undefined],
    ['a,"b\n"\nc\rd\n', 'return-in-rows 8'],
    ['a,"b\n"\n"c\n', 'quote-left-open 7'],
  ])('may stand within quotes: %j', (text, refused) => {
    const guard = new LineEndGuard(plain, true)
    const write = () => {
      for (const byte of Buffer.from(text)) guard.write(Buffer.from([byte]))
      guard.end()
    }
    if (refused === undefined) expect(write).not.toThrow()
    else expect(write).toThrow(refused.replace(' ', ' at byte '))
  })
})

/** As a reader has it that knows nothing of quotes. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '')
}

describe('the line ends of a file', () => {
  it('are refused unless a reader by lines sees as many records as one that knows quotes', () => {
    const seen = { even: 0, uneven: 0 }
    fc.assert(
      fc.property(fc.oneof(written, typed), ([dialect, text]) => {
        const says = guarded(text, dialect, 1000)
        if (says === 'even') seen.even++
        else seen.uneven++
        if (says === 'even') expect(read(Buffer.from(text), dialect)).toHaveLength(linesOf(text).length)
      }),
    )
    expect(Math.min(seen.even, seen.uneven)).toBeGreaterThan(10)
  })

  it('are judged alike in whatever chunks they arrive', () => {
    fc.assert(
      fc.property(fc.oneof(written, typed), fc.integer({ min: 1, max: 7 }), ([dialect, text], chunkBytes) => {
        expect(guarded(text, dialect, chunkBytes)).toBe(guarded(text, dialect, 1000))
      }),
    )
  })

  it.each([
    ['', 'even'],
    ['a,b\n1,2', 'even'],
    ['a,b\r\n"1","x ""y"""\r\n', 'even'],
    ['a,b\n5" pipe,6" pipe\n', 'even'],
    ['a\n1\r2\n', 'return-in-rows 3'],
    ['a\n1\r\r\n', 'return-in-rows 3'],
    ['a\n1\r', 'return-in-rows 3'],
    ['a\n"1\n2"\n', 'line-end-in-quotes 4'],
    ['a\n"1\r\n2"\n', 'line-end-in-quotes 4'],
    ['a\n"1""\r2"\n', 'line-end-in-quotes 6'],
    ['a,b\n1,"2\n3,4\n', 'quote-left-open 6'],
  ])('in %j are %s', (text, says) => {
    expect(guarded(text, plain, 1000)).toBe(says)
  })
})
