import { describe, expect, it } from 'vitest'
import { csvSummary } from '../../../src/formats/csv/header.ts'
import { inPieces, text } from '../in-pieces.ts'

const dialect = { delimiter: ',', quote: '"', escape: '"' }

describe('a CSV file', () => {
  it.each([
    ['a,b\n1,2\n', ['a', 'b']],
    ['a,b\r\n1,2', ['a', 'b']],
    ['"a ""x""","b\nc"\n1', ['a "x"', 'b\nc']],
    ['a\n\n\n1', ['a']],
    ['a,b\n"1\n,2', undefined],
  ])('%j names its columns', async (csv, header) => {
    const summary = await csvSummary(text(csv), dialect)
    if (header === undefined) expect(summary).toMatchObject({ kind: 'refused', code: 'unclosed-quote' })
    else expect(summary).toEqual({ kind: 'csv', header })
  })

  it('is read in its own dialect', async () => {
    const own = { delimiter: ';', quote: "'", escape: '\\' }
    expect(await csvSummary(text("'a\\'b';c\n1;2\n"), own)).toEqual({ kind: 'csv', header: ["a'b", 'c'] })
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
    expect(await csvSummary(text(csv), dialect)).toMatchObject({ kind: 'refused', code })
  })

  it.each([
    ['"id","size 5\\""\n"1","two\rlines"\n', 'csv'],
    ['"id","ends\\\\"\n"1","two\rlines"\n', 'csv'],
    ['"a\\"b"\r"x"\r', 'refused'],
  ])('knows which carriage returns stand in quotes, whatever escapes them: %j', async (csv, kind) => {
    expect(await csvSummary(text(csv), { ...dialect, escape: '\\' })).toMatchObject({ kind })
  })

  it('says which columns share a name, without the name', async () => {
    const summary = await csvSummary(text('jane@example.com,x,jane@example.com\n1,2,3\n'), dialect)
    expect(summary).toMatchObject({ says: 'names columns twice in its CSV header: columns 1 and 3' })
  })

  it('may have a first record larger than the first look', async () => {
    const csv = Buffer.from(`a,b\n"${'line\n'.repeat(100_000)}",2\n`)
    expect(await csvSummary(inPieces(csv, [1 << 15]), dialect)).toEqual({ kind: 'csv', header: ['a', 'b'] })
  })
})
