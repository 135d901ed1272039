import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { examine, type ValidatedFile } from '../../../src/check/findings.ts'
import { readInputs } from '../../../src/inputs/inputs.ts'
import { inputSource } from '../../support/runs/input-source.ts'
import { preflight } from '../../../src/files/read.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { contextOf } from '../../support/runs/context.ts'
import { heard } from '../../support/runs/heard.ts'
import { workspaceFile } from '../../support/make.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { noScratchTree, scratchInMemory } from '../../support/runs/kept-in-memory.ts'

type Format = 'json' | 'csv' | 'parquet'

const SCHEMA = {
  title: 'Flat',
  type: 'object',
  properties: {
    sku: { type: 'string' },
    stock: { type: 'integer', 'meta:xdmType': 'int' },
    active: { type: 'boolean' },
  },
}

async function examined(format: Format, contents: readonly (string | Uint8Array)[], schema: object = SCHEMA) {
  const inputs = readInputs(inputSource({ mode: 'validate', glob: '**', 'schema-file': 'x' }))
  const found = contents.map((content, index) => {
    const path = `${index}.${format}`
    return { ...workspaceFile(path, { content: bytesContent(Buffer.from(content)) }), name: path, format }
  })
  const say = heard()
  const setup = {
    source: { schema, descriptors: undefined },
    showValues: false,
    isForProfile: false,
    isUntyped: format === 'csv',
  }
  const workspace = {
    find: () => Promise.reject(new Error('Nothing is sought here')),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: scratchInMemory,
    keepTree: noScratchTree,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
  const checker = createLocalChecker(rowCheckOf(setup))
  const { files, checks = [] } = await preflight(
    found,
    { ...inputs, checker, mapping: undefined },
    contextOf({ workspace }),
  )
  return { say, files: examine({ files, checks, source: setup.source, showValues: setup.showValues }, say) }
}

const codes = ({ findings }: ValidatedFile) => findings.map(({ code, path, count }) => [code, path, count])

describe('files', () => {
  it('are told apart, in their order', async () => {
    const { files } = await examined('json', [
      '{"sku":"A"}\n{"stock":1.5}',
      '[{"stock":"x"},{"stock":2}]',
      '{"sku":"B"}',
    ])
    expect(files.map(({ path, rows, badRows }) => [path, rows, badRows])).toEqual([
      ['0.json', 2, 1],
      ['1.json', 2, 1],
      ['2.json', 1, 0],
    ])
  })

  it('of CSV are bad as a whole when a column does not fit', async () => {
    const { files } = await examined('csv', ['sku,stock,active\nA,1,true\nB,2', 'sku,colour\nA,red\nB,blue\n'])
    expect(files.map(({ rows, badRows }) => [rows, badRows])).toEqual([
      [2, 1],
      [2, 2],
    ])
    expect(files.map(codes)[1]).toEqual([
      ['unknown-field', '/colour', 1],
      ['column-missing', '/stock', 1],
      ['column-missing', '/active', 1],
    ])
    expect(files[1]?.findings[0]?.first).toMatchObject([{ place: { kind: 'text', line: 1, column: 1 } }])
  })

  it('of Parquet have a column that does not fit said once, not once more for its values', async () => {
    const elements: readonly SchemaElement[] = [
      { name: 'stock', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      { name: 'active', type: 'INT32', repetition_type: 'REQUIRED' },
    ]
    const columns = [
      { name: 'stock', data: [1, 2.5, 3.5] },
      { name: 'active', data: [1, 0, 1] },
    ]
    const { files } = await examined('parquet', [parquetFile(elements, columns)])
    expect(files.map(codes)).toEqual([
      [
        ['type-mismatch', '/active', 1],
        ['integer-fraction', '/stock', 2],
      ],
    ])
    expect(files[0]).toMatchObject({ rows: 3, badRows: 3 })
    expect(files[0]?.findings[0]?.first).toMatchObject([{ place: { kind: 'file' } }])
  })
})

describe('a schema', () => {
  it('has what could not be used of it said once', async () => {
    const odd = { ...SCHEMA, properties: { ...SCHEMA.properties, code: { type: 'string', pattern: '(' } } }
    const { say } = await examined('json', ['{"code":"x"}', '{"code":"y"}'], odd)
    expect(say.infos).toEqual([expect.stringMatching(/^Schema "Flat": /)])
  })
})
