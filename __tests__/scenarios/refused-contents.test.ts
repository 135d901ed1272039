import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { leftovers } from '../support/leftovers.ts'
import { localPlatform } from '../support/local-platform.ts'
import { productsParquet } from '../support/parquet.ts'
import { datasets, member } from '../support/platform-inputs.ts'

const parquet = productsParquet(['1', '2'])
const LFS = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n'
const ZIP = Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000 and so on', 'latin1')

type Bad = Readonly<Record<string, { readonly content: string | Uint8Array; readonly says: string }>>

const FORMATS: Readonly<Record<string, Bad>> = {
  json: {
    'empty.json': { content: '', says: 'is empty' },
    'blank.jsonl': { content: '\n \n', says: 'holds nothing but blanks' },
    'array.json': { content: ' [ ]\n', says: 'holds an empty array' },
    'lfs.json': { content: LFS, says: 'is a git-LFS pointer' },
    'page.json': { content: '<!DOCTYPE html><html><body>Sign in</body></html>', says: 'is an HTML page' },
    'utf16.json': { content: Buffer.from(`\ufeff${member('1')}`, 'utf16le'), says: 'is encoded as UTF-16' },
    'bom.jsonl': { content: `\ufeff${member('1')}`, says: 'byte-order mark' },
    'gz.jsonl': { content: gzipSync(member('1')), says: 'is compressed (gzip)' },
    'zip.json': { content: ZIP, says: 'is compressed (zip)' },
    'parquet.json': { content: parquet, says: 'is a Parquet file' },
    'csv.json': { content: 'sku,name\n1,a\n', says: 'does not hold JSON objects' },
    'scalar.json': { content: '42\n', says: 'does not hold JSON objects' },
    'array.jsonl': { content: `[${member('1')}]`, says: 'holds an array, where its name promises one object a line' },
    'pretty.jsonl': { content: '{\n  "a": 1\n}\n', says: 'does not hold one object a line' },
    'broken.json': { content: '[{"a": 1},\n {"a": }]', says: 'is malformed JSON at line 2' },
  },
  csv: {
    'empty.csv': { content: '', says: 'is empty' },
    'header.csv': { content: 'sku,name\n', says: 'holds a header and no record' },
    'twins.csv': { content: 'sku,sku\n1,2\n', says: 'names columns twice' },
    'quote.csv': { content: 'sku,name\n1,"a\n', says: 'opens a quote' },
    'json.csv': { content: '{"sku":"1"}\n{"sku":"2"}\n', says: 'does not hold CSV: it begins with JSON' },
    'bom.csv': { content: '\ufeffsku\n1\n', says: 'byte-order mark' },
    'parquet.csv': { content: parquet, says: 'is a Parquet file' },
  },
  parquet: {
    'empty.parquet': { content: '', says: 'is empty' },
    'rows.parquet': { content: productsParquet([]), says: 'holds 0 rows' },
    'cut.parquet': { content: parquet.subarray(0, -20), says: 'is a truncated Parquet file' },
    'json.parquet': { content: '{"sku":"1"}\n', says: 'is not a Parquet file' },
    'lfs.parquet': { content: LFS, says: 'is a git-LFS pointer' },
    'gz.parquet': { content: gzipSync(parquet), says: 'is compressed (gzip)' },
  },
}

describe('before a batch exists', () => {
  it.each(Object.entries(FORMATS))(
    'every %s file that must not be sent is named, with what is wrong',
    async (_, bad) => {
      await using platform = await localPlatform()
      const files = Object.fromEntries(Object.entries(bad).map(([name, { content }]) => [`data/${name}`, content]))
      const run = await platform.publish({ files, inputs: { dataset: datasets.products, glob: 'data/*' } })
      expect(run.exitCode, run.log).toBe(1)
      expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-id': '', 'batch-ids': '[]', status: '' })
      for (const [name, { says }] of Object.entries(bad)) {
        const said = run.log.split(/%0A|\n/).filter((line) => line.includes(`"data/${name}"`))
        expect(said.join('\n')).toContain(says)
      }
      expect(await platform.emulator.batches()).toEqual([])
      expect(leftovers(run.temp)).toEqual([])
    },
  )

  it('one bad file keeps its good siblings from being sent', async () => {
    await using platform = await localPlatform()
    const files = { 'data/good.jsonl': member('1'), 'data/empty.jsonl': '', 'data/array.json': `[${member('2')}]` }
    const run = await platform.publish({ files, inputs: { glob: 'data/*' } })
    expect(run.exitCode).toBe(1)
    expect(run.log).toContain('::error::Cannot publish 1 file; nothing was sent:%0A- "data/empty.jsonl" is empty')
    expect(await platform.emulator.batches()).toEqual([])
    expect(leftovers(run.temp)).toEqual([])
  })

  it('the files that were found are counted, also where one of them is refused', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: { 'data/a.jsonl': member('1'), 'data/b.jsonl': '' } })
    expect(run.outputs).toMatchObject({ 'file-count': '2', 'byte-count': String(member('1').length) })
  })
})
