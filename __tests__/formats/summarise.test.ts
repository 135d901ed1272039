import { createHash } from 'node:crypto'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import { summarise, type RowFormat } from '../../src/formats/summarise.ts'
import { inPieces, text } from './in-pieces.ts'

const dialect = { delimiter: ',', quote: '"', escape: '"' }
const parquet = Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2, 3], type: 'INT32' }] }))

describe('a file with records', () => {
  it.each<[RowFormat, string, object]>([
    ['json', '[{"a":1},\n{}]', { rows: 2, shape: { kind: 'array' }, multiLine: true }],
    ['json', '{\n"a":1}\n{}', { rows: 2, shape: { kind: 'documents' }, multiLine: true }],
    ['json', '{"a":1}\n\n{}\n', { rows: 2, shape: { kind: 'lines', odd: undefined }, multiLine: false }],
    ['json-lines', '{"a":1}\n7', { rows: 2, shape: { kind: 'lines', odd: { row: 2 } }, multiLine: false }],
    ['csv', 'a\n1\n', { rows: undefined, shape: { kind: 'csv', header: ['a'] }, multiLine: false }],
    ['parquet', parquet.toString('latin1'), { rows: 3, shape: { kind: 'parquet', rowGroups: 1 }, multiLine: false }],
  ])('(%s) says how many and in what shape, and shows each byte once', async (format, source, expected) => {
    const bytes = Buffer.from(source, 'latin1')
    const hash = createHash('sha256')
    const summary = await summarise(inPieces(bytes, [5]), format, { dialect, onBytes: (chunk) => hash.update(chunk) })
    expect(summary).toMatchObject({ kind: 'records', ...expected })
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})

describe('a file that must not be sent', () => {
  it.each<[RowFormat, string, string, string]>([
    ['json', '', 'empty', 'is empty'],
    ['parquet', '', 'empty', 'is empty'],
    [
      'csv',
      'version https://git-lfs.github.com/spec/v1\n',
      'lfs-pointer',
      'is a git-LFS pointer, not the file it points to',
    ],
    ['json', '<html>', 'html', 'is an HTML page'],
    ['json', '\ufeff{}', 'byte-order-mark', 'begins with a UTF-8 byte-order mark, which readers take for data'],
    ['json', 'PAR1\x15', 'parquet', 'is a Parquet file, and was to be read as text'],
    ['json', ' \n', 'no-records', 'holds nothing but blanks'],
    ['json-lines', '\n\n', 'no-records', 'holds nothing but blanks'],
    ['json', '[ ]', 'empty-array', 'holds an empty array'],
    ['csv', 'a,b\n', 'header-only', 'holds a header and no record'],
    ['json', ' "x"', 'not-json', 'does not hold JSON objects: it begins with text at line 1, column 2'],
    ['json-lines', '[{}]', 'array-in-lines', 'holds an array, where its name promises one object a line'],
    [
      'json-lines',
      '{\n"a":1}',
      'documents-in-lines',
      'does not hold one object a line: its first line is not one whole object',
    ],
    [
      'json',
      '[{"secret":\n1 2}]',
      'malformed-json',
      'is malformed JSON at line 2, column 3: expected "," or "}", found a number, true, false or null',
    ],
    ['parquet', '{"a":1}', 'not-parquet', 'is not a Parquet file: it does not begin with PAR1'],
  ])('(%s) %j is refused as %s', async (format, source, code, says) => {
    const summary = await summarise(text(source), format, { dialect })
    expect(summary).toMatchObject({ kind: 'refused', code, says, remedy: expect.stringMatching(/\.$/) })
  })

  it('names the packer of what is compressed', async () => {
    const summary = await summarise(inPieces(Buffer.from([0x1f, 0x8b, 8]), [3]), 'json', { dialect })
    expect(summary).toMatchObject({ code: 'compressed', says: 'is compressed (gzip)' })
  })
})
