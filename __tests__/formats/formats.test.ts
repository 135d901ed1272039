import { createHash } from 'node:crypto'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, it } from 'vitest'
import type { Content } from '../../src/lib/content.ts'
import { LINES, csvShape } from '../support/files/shapes.ts'
import { formatOfPath, summarise } from '../../src/formats/formats.ts'
import { inChunks, text } from './in-chunks.ts'

const dialect = { delimiter: ',', quote: '"', escape: '"' }
const parquet = Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'a', data: [1, 2, 3], type: 'INT32' }] }))

function summariseAt(path: string, content: Content, onBytes?: (chunk: Uint8Array) => void) {
  const format = formatOfPath(path)
  if (format === undefined) throw new Error(`${path} has no extension of a format`)
  return summarise({ path, content }, format, { dialect, onBytes })
}

describe('a file with records', () => {
  it.each<[string, string, object]>([
    ['x.json', '[{"a":1},\n{}]', { rows: 2, shape: { format: 'json', kind: 'array' }, isMultiLine: true }],
    ['x.json', '{\n"a":1}\n{}', { rows: 2, shape: { format: 'json', kind: 'documents' }, isMultiLine: true }],
    ['x.json', '{"a":1}\n\n{}\n', { rows: 2, shape: LINES, isMultiLine: false }],
    ['x.jsonl', '{"a":1}\n7', { rows: 2, shape: LINES, isMultiLine: false }],
    ['x.csv', 'a\n1\n', { rows: undefined, shape: csvShape(['a']), isMultiLine: false }],
    [
      'x.parquet',
      parquet.toString('latin1'),
      { rows: 3, shape: { format: 'parquet', rowGroups: 1 }, isMultiLine: false },
    ],
  ])('(%s) says how many and in what shape, and shows each byte once', async (path, source, expected) => {
    const bytes = Buffer.from(source, 'latin1')
    const hash = createHash('sha256')
    const summary = await summariseAt(path, inChunks(bytes, [5]), (chunk) => hash.update(chunk))
    expect(summary).toMatchObject({ kind: 'records', ...expected })
    expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})

describe('a file that must not be sent', () => {
  it.each<[string, string, string, string]>([
    ['x.json', '', 'empty', 'is empty'],
    ['x.parquet', '', 'empty', 'is empty'],
    [
      'x.csv',
      'version https://git-lfs.github.com/spec/v1\n',
      'lfs-pointer',
      'is a Git LFS pointer instead of the file itself',
    ],
    ['x.json', '<html>', 'html', 'is an HTML page'],
    ['x.json', '\ufeff{}', 'byte-order-mark', 'begins with a UTF-8 byte-order mark, which readers treat as data'],
    ['x.json', 'PAR1\x15', 'parquet', 'is a Parquet file, and its name or "format" says otherwise'],
    ['x.json', ' \n', 'no-records', 'contains only whitespace'],
    ['x.jsonl', '\n\n', 'no-records', 'contains only whitespace'],
    ['x.json', '[ ]', 'empty-array', 'contains an empty array'],
    ['x.csv', 'a,b\n', 'header-only', 'contains a header and no records'],
    ['x.json', ' "x"', 'not-json', 'does not contain JSON objects: it begins with a string at line 1, column 2'],
    ['x.jsonl', '[{}]', 'array-in-lines', 'contains an array, but its extension stands for one object per line'],
    [
      'x.jsonl',
      '{\n"a":1}',
      'documents-in-lines',
      'does not contain one object per line: its first line is not a complete object',
    ],
    [
      'x.json',
      '[{"secret":\n1 2}]',
      'malformed-json',
      'is malformed JSON at line 2, column 3: expected "," or "}", found a number, true, false or null',
    ],
    [
      'x.csv',
      'a\r\n1\r2\n',
      'return-in-rows',
      'has a carriage return without a line feed at line 2, column 2, which some readers treat as the end of a row',
    ],
    [
      'x.csv',
      'a,"b\nc"\n1,2\n',
      'line-end-in-quotes',
      'has a line break inside quotes at line 1, column 5, which some readers treat as the end of a row',
    ],
    ['x.csv', 'a\n1\n2\n"3\n4\n', 'quote-left-open', 'opens a quote at line 4, column 1 and does not close it'],
    [
      'x.jsonl',
      '{}\n{"a":\r1}\n',
      'return-in-lines',
      'has a carriage return between tokens of a record at line 2, column 6, which some readers treat as the end of the record',
    ],
    [
      'x.jsonl',
      '{}\n{"a":1}\r{"a":2}\n',
      'return-between-records',
      'has a carriage return between two records of a line at line 2, column 8: some readers take both, others only the first',
    ],
    ['x.parquet', '{"a":1}', 'not-parquet', 'is not a Parquet file: it does not begin with PAR1'],
  ])('(%s) %j is refused as %s', async (path, source, code, says) => {
    const summary = await summariseAt(path, text(source))
    expect(summary).toMatchObject({ kind: 'refused', code, says, remedy: expect.stringMatching(/\.$/) })
  })

  it('names the packer of what is compressed', async () => {
    const summary = await summariseAt('x.json', inChunks(Buffer.from([0x1f, 0x8b, 8]), [3]))
    expect(summary).toMatchObject({ code: 'compressed', says: 'is compressed (gzip)' })
  })
})
