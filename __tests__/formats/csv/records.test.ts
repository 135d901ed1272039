import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvRecords } from '../../../src/formats/csv/records.ts'
import type { CsvDialect } from '../../../src/formats/csv/grammar.ts'
import { readCsv } from '../../../src/formats/csv/records.ts'
import { NOTHING, NOT_UTF8, type RecordLocator, extentOf, joinExtents, placeAt } from '../../../src/formats/record.ts'
import { at, collect } from '../collect.ts'
import { csvDialect, csvText, markedText } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }

function all(text: string, dialect: CsvDialect): unknown[] {
  const records = new CsvRecords(text, dialect)
  const read: unknown[] = []
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) {
    read.push(record.kind === 'cells' ? record.cells : record.kind)
  }
  return read
}

function rows(csv: string | Buffer, header: readonly string[], hasHeader = true) {
  const sink = collect()
  void readCsv(Buffer.from(csv), { dialect: plain, header, hasHeader }, sink)
  return sink.all
}

describe('the records of a CSV text', () => {
  it('are those that csv-parse reads', () => {
    fc.assert(
      fc.property(
        csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect))),
        ([dialect, text]) => {
          const options = {
            ...dialect,
            record_delimiter: ['\r\n', '\n'],
            relax_column_count: true,
            skip_empty_lines: true,
          }
          expect(all(text, dialect)).toEqual(parse(text, options))
        },
      ),
    )
  })

  it.each<[string, unknown[]]>([
    ['a,"b"c\n1,2\n', ['misquoted', ['1', '2']]],
    ['a,b"\n1,2\n', ['misquoted', ['1', '2']]],
    ['a,"b\n1,2\n', ['misquoted', ['1', '2']]],
    ['"a\nb"c\n"1\n2",3', ['misquoted', 'misquoted', ['1\n2', '3']]],
    ['"a""\n', ['misquoted']],
    ['"a"\r\n"b"', [['a'], ['b']]],
    ['\n\r\n,\n', [['', '']]],
    ['""\n', [['']]],
  ])('%j are %j: a misplaced quote spoils its line, and no other', (text, expected) => {
    expect(all(text, plain)).toEqual(expected)
  })
})

describe('a backslash that escapes quotes', () => {
  it.each([
    ['"size 5\\", x"', 'size 5", x'],
    ['"ends with \\\\"', 'ends with \\'],
    ['"C:\\temp\\new"', 'C:\\temp\\new'],
    ['C:\\temp', 'C:\\temp'],
  ])('is data before any other character: %j', (text, cell) => {
    expect(all(text, { ...plain, escape: '\\' })).toEqual([[cell]])
  })
})

describe('CSV rows', () => {
  it('keep a column whatever its name', () => {
    const [row] = rows('1,2\n', ['__proto__', 'constructor'], false)
    expect(JSON.stringify(row)).toContain('{"__proto__":"1","constructor":"2"}')
  })

  it('are their cells by column, without the empty ones', () => {
    expect(rows('a,b\n1,\n"x, y",2\n', ['a', 'b'])).toEqual([
      { value: { a: '1' }, place: at(2, 1) },
      { value: { a: 'x, y', b: '2' }, place: at(3, 1) },
    ])
  })

  it('stand where they begin, behind quoted line ends and empty lines', () => {
    expect(rows('a\r\n"1\r\n2"\r\n\r\n3\n4', ['a']).map(({ place }) => place)).toEqual([at(2, 1), at(5, 1), at(6, 1)])
  })

  it('that are ragged or misquoted are found, and the others read', () => {
    expect(rows('a,b\n1\n1,2,3\n"1"x,2\n5,6\n', ['a', 'b'])).toEqual([
      { text: 'ragged-row', place: at(2, 1) },
      { text: 'ragged-row', place: at(3, 1) },
      { text: 'corrupt-record', place: at(4, 1) },
      { value: { a: '5', b: '6' }, place: at(5, 1) },
    ])
  })

  it('that are not UTF-8 are corrupt', () => {
    const latin1 = Buffer.concat([Buffer.from('a\nü\n'), Buffer.from([0xfc, 0x0a])])
    expect(rows(latin1, ['a'])).toEqual([
      { value: { a: 'ü' }, place: at(2, 1) },
      { text: 'corrupt-record', place: at(3, 1) },
    ])
    expect(NOT_UTF8.hint).toBe('save the file as UTF-8')
  })

  it('stand at the same places, and the same are wrong, where nobody asks for their cells', () => {
    const parts = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), fc.array(markedText(dialect))))
    fc.assert(
      fc.property(parts, fc.boolean(), ([dialect, texts], isLatin1) => {
        const bytes = Buffer.from(texts.join(''), isLatin1 ? 'latin1' : 'utf8')
        const layout = { dialect, header: ['a', 'b'], hasHeader: false }
        const [read, counted] = [collect(), collect()]
        const places = {
          ...counted,
          value: (_: object, where: RecordLocator) => void counted.all.push({ place: where.placeOf('') }),
          counted: (where: RecordLocator) => void counted.all.push({ place: where.placeOf('') }),
        }
        expect(readCsv(bytes, layout, places)).toEqual(readCsv(bytes, layout, read))
        expect(counted.all).toEqual(read.all.map(({ text, place }) => ({ text, place })))
      }),
      { numRuns: 1_000 },
    )
  })

  it('are those of the whole text, also where it is decoded in several parts', () => {
    const parts = csvDialect.chain((dialect) => {
      const long = fc.constantFrom('x'.repeat(30_000), `${'é'.repeat(9_000)}\n`.repeat(5), '東'.repeat(70_000))
      const { quote } = dialect
      const quoted = long.map((text) => `${quote}${text}${quote}\n`)
      return fc.tuple(fc.constant(dialect), fc.array(fc.oneof(markedText(dialect), long, quoted), { maxLength: 12 }))
    })
    fc.assert(
      fc.property(parts, fc.boolean(), ([dialect, texts], isLatin1) => {
        const bytes = Buffer.from(texts.join(''), isLatin1 ? 'latin1' : 'utf8')
        const sink = collect()
        const reach = readCsv(bytes, { dialect, header: ['a'], hasHeader: false }, sink)
        const read = sink.all.map(({ value, text, place }) => ({ value, text, place }))
        expect(read).toEqual(recordsOfOneColumn(bytes, dialect))
        expect(reach).toEqual(extentOf(bytes.toString()))
      }),
      { numRuns: 30 },
    )
  })

  it('have no header in later slices', () => {
    expect(rows('1\n2\n', ['a'], false)).toHaveLength(2)
  })

  it.each([
    ['/b', at(2, 5)],
    ['/c~1d', at(3, 4)],
    ['/none', at(2, 1)],
    ['', at(2, 1)],
  ])('know where the value of %j stands', (pointer, place) => {
    const places: unknown[] = []
    const sink = {
      ...collect(),
      value: (_: object, where: { placeOf(path: string): unknown }) => places.push(where.placeOf(pointer)),
    }
    void readCsv(
      Buffer.from('a,b,c/d\n"1","x\ny",3\n'),
      { dialect: plain, header: ['a', 'b', 'c/d'], hasHeader: true },
      sink,
    )
    expect(places).toEqual([place])
  })
})

/** As `readCsv` hands them, by the text as a whole. */
function recordsOfOneColumn(bytes: Buffer, dialect: CsvDialect): unknown[] {
  const [text, isValid] = [bytes.toString(), isUtf8(bytes)]
  const records = new CsvRecords(text, dialect)
  const found: unknown[] = []
  let [reach, measured] = [NOTHING, 0]
  for (let record = records.next(); record.kind !== 'end'; record = records.next()) {
    reach = joinExtents(reach, extentOf(text.slice(measured, records.start)))
    measured = records.start
    const place = placeAt(reach)
    const cells = record.kind === 'cells' ? record.cells : undefined
    const isCorrupt = cells === undefined || (!isValid && cells.some((cell) => cell.includes('\ufffd')))
    if (isCorrupt) found.push({ text: 'corrupt-record', place })
    else if (cells.length !== 1) found.push({ text: 'ragged-row', place })
    else found.push({ value: cells[0] === '' ? {} : { a: cells[0] }, place })
  }
  return found
}
