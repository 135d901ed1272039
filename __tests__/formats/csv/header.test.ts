import { CsvError, parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CsvDialect, loneReturnEnd } from '../../../src/formats/csv/grammar.ts'
import { readHeader } from '../../../src/formats/csv/header.ts'
import { csvDialect, markedText } from '../csv-text.ts'
import { inChunks, text } from '../in-chunks.ts'
import { tookMs } from '../../support/time/took.ts'

const plain = { delimiter: ',', quote: '"', escape: '"' }

describe('a CSV file', () => {
  it.each([
    ['a,b\n1,2\n', ['a', 'b']],
    ['a,b\r\n1,2', ['a', 'b']],
    ['"a ""x""","b\nc"\n1', ['a "x"', 'b\nc']],
    ['a\n\n\n1', ['a']],
    ['a,b\n1,"x"\r\n2,"y"\r\n', ['a', 'b']],
    ['a,b\r\n1,"x"\n2,"y"\n', ['a', 'b']],
    ['a,b\n"1\n,2', undefined],
  ])('%j names its columns', async (csv, header) => {
    const summary = await readHeader(text(csv), plain)
    if (header === undefined) expect(summary).toMatchObject({ kind: 'refused', code: 'unclosed-quote' })
    else expect(summary).toEqual({ format: 'csv', dialect: plain, header })
  })

  it('is read in its own dialect', async () => {
    const own = { delimiter: ';', quote: "'", escape: '\\' }
    expect(await readHeader(text("'a\\'b';c\n1;2\n"), own)).toEqual({
      format: 'csv',
      dialect: own,
      header: ["a'b", 'c'],
    })
  })

  it.each(['\u0001', '\u001f', '\u0014'])('may have a control character as its delimiter: %j', async (delimiter) => {
    const csv = text(`a${delimiter}b\n1${delimiter}2\n`)
    expect(await readHeader(csv, { ...plain, delimiter })).toMatchObject({ format: 'csv', header: ['a', 'b'] })
    expect(await readHeader(csv, plain)).toMatchObject({ kind: 'refused', code: 'not-csv' })
  })

  it.each([
    ['\n\n', 'no-records'],
    ['a,b\n', 'header-only'],
    ['a,b', 'header-only'],
    ['\na,b\n1,2\n', 'empty-header'],
    ['a,,b\n1,2,3\n', 'empty-header'],
    [' , \n1,2\n', 'empty-header'],
    ['a,b,a\n1,2,3\n', 'duplicate-header'],
    ['a,b\r1,2\r3,4\r', 'bare-return'],
    ['a,b\r1,2\n3,4\n', 'bare-return'],
    ['"a,b\n1,2\n', 'unclosed-quote'],
    ['a,"b"c\n1,2\n', 'malformed-csv'],
    ['[{"a":1},{"a":2}]', 'not-csv'],
    ['{"a":1}\n{"a":2}\n', 'not-csv'],
    ['\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'not-csv'],
  ])('%j is refused as %s', async (csv, code) => {
    expect(await readHeader(text(csv), plain)).toMatchObject({ kind: 'refused', code })
  })

  it.each([
    ['"id","size 5\\""\n"1","two\rlines"\n', { format: 'csv' }],
    ['"id","ends\\\\"\n"1","two\rlines"\n', { format: 'csv' }],
    ['"a\\"b"\r"x"\r', { kind: 'refused' }],
  ])('knows which carriage returns stand in quotes, whatever escapes them: %j', async (csv, expected) => {
    expect(await readHeader(text(csv), { ...plain, escape: '\\' })).toMatchObject(expected)
  })

  it('says which columns share a name, without the name', async () => {
    const summary = await readHeader(text('jane@example.com,x,jane@example.com\n1,2,3\n'), plain)
    expect(summary).toMatchObject({ says: 'repeats column names in its CSV header: columns 1 and 3' })
  })

  it('may have a first record larger than the first look', async () => {
    const csv = Buffer.from(`a,b\n"${'line\n'.repeat(100_000)}",2\n`)
    expect(await readHeader(inChunks(csv, [1 << 15]), plain)).toEqual({
      format: 'csv',
      dialect: plain,
      header: ['a', 'b'],
    })
  })

  it('is judged by the header and the first record that csv-parse reads', async () => {
    const subject = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))
    await fc.assert(
      fc.asyncProperty(subject, async ([dialect, csv]) => {
        const summary = await readHeader(text(csv), dialect)
        const kind = 'format' in summary ? 'csv' : summary.code
        const records = parsed(csv, dialect)
        if (typeof records === 'string') expect(kind).toBe(records)
        else if ('format' in summary) expect(summary.header.map(plainly)).toEqual(records[0]?.map(plainly))
        else expect(kindsOf(records)).toContain(kind)
      }),
    )
  })
})

/** csv-parse drops an escape before any character, and we only before a quote or another escape. */
function plainly(name: string): string {
  return name.replaceAll('\\', '')
}

/** csv-parse finds out by itself that a carriage return alone ends lines, and then no line feed does. */
function parsed(csv: string, dialect: CsvDialect): readonly string[][] | 'unclosed-quote' | 'malformed-csv' {
  const ends = loneReturnEnd(csv, dialect) === undefined ? { record_delimiter: ['\r\n', '\n'] } : {}
  try {
    return parse(csv, { ...dialect, ...ends, to: 2, relax_column_count: true, skip_empty_lines: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unclosed-quote' : 'malformed-csv'
  }
}

function kindsOf([header = [], first]: readonly string[][]): readonly string[] {
  if (header.length === 0) return ['no-records']
  if (first === undefined) return ['header-only', 'empty-header', 'duplicate-header', 'bare-return']
  return ['empty-header', 'duplicate-header', 'bare-return']
}

it('800,000 columns are named, and their last two told to be twins, in a time that grows with their number alone', async () => {
  const names = Array.from({ length: 800_000 }, (_, at) => `c${at}`)
  const csv = (header: readonly string[]) => text(`${header.join(',')}\n${header.map(() => '1').join(',')}\n`)
  const read: Awaited<ReturnType<typeof readHeader>>[] = []
  const ms = await tookMs(async () => {
    read.push(await readHeader(csv(names), plain))
    read.push(await readHeader(csv([...names, 'c799999']), plain))
  })
  const [known, refused] = read
  expect(known).toHaveProperty('format', 'csv')
  expect(refused).toMatchObject({
    code: 'duplicate-header',
    says: expect.stringContaining('columns 800000 and 800001'),
  })
  expect(ms).toBeLessThan(30_000)
})
