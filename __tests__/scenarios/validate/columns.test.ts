import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { productsSchema } from '../../../emulator/seed/products-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { int96File, parquetFile } from '../../support/parquet/parquet-file.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { sarifFaults } from '../../support/report/sarif-faults.ts'
import { readResult, validateOffline, type Validated } from '../../support/check/validated.ts'

/** As the registry marks ad-hoc schemas: the fields stand in an object whose name it made. */
const SCHEMA = { ...productsSchema, 'meta:datasetNamespace': '_9b1d0001' }

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const

describe('CSV', () => {
  const CSV = [
    'sku,name,price,stock,Active,colour',
    'A1,"two words, and a comma",1.5,3,true,red',
    'A2,short,1',
    'A3,"mis"quoted,1,2,true,red',
    'A4,"a ""quote""",1,2,true,red,more',
    '',
  ].join('\n')

  it.each(['offline', 'with the registry'])(
    'is checked against a flat schema %s: header, rows, quotes',
    async (how) => {
      const run = await validate(how, { 'data/a.csv': CSV })
      expect(run.exitCode, run.log).toBe(1)
      expect(run.outputs['outcome']).toBe('invalid')
      expect(said(run)).toEqual([
        'unknown-field /Active 1:1 did you mean "active"?',
        'unknown-field /colour 1:1',
        'column-missing /category 1:1',
        'column-missing /active 1:1',
        'ragged-row  3:1',
        'ragged-row  5:1',
        'corrupt-record  4:1',
      ])
      expect(sarifFaults(run.kept.sarif)).toEqual([])
    },
  )

  it('is read by the marks that the inputs name', async () => {
    const files = { 'data/a.csv': "sku;name;category;price;stock;active\nA1;'a;b';c;1;2;true\n" }
    const inputs = { 'csv-delimiter': ';', 'csv-quote': "'", 'csv-escape': "'" }
    const run = await validateOffline(SCHEMA, { files, inputs })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('validated')
    expect(run.checks).toEqual([
      { path: 'data/a.csv', rows: 1, badRows: 0, rejectedRows: 0, changedRows: 0, findings: [] },
    ])
  })
})

describe('Parquet', () => {
  const schema: readonly SchemaElement[] = [
    { name: '_9b1d0001', num_children: 5, repetition_type: 'OPTIONAL' },
    { name: 'sku', ...text },
    { name: 'price', ...text },
    { name: 'stock', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    { name: 'active', type: 'INT32', repetition_type: 'OPTIONAL' },
    { name: 'Colour', ...text },
  ]
  const rows = [
    { sku: 'A1', price: '1.5', stock: 1, active: 1, Colour: 'red' },
    { sku: 'A2', price: 'cheap', stock: 2, active: 1, Colour: 'red' },
    { sku: 'A3', price: '2', stock: 2.5, active: 1, Colour: 'red' },
  ]

  it.each([
    ['SNAPPY', 'offline'],
    ['GZIP', 'offline'],
    ['UNCOMPRESSED', 'offline'],
    ['SNAPPY', 'with the registry'],
  ] as const)('(%s, %s) has its columns checked by the footer, and its values by row', async (codec, how) => {
    const file = parquetFile(schema, [{ name: '_9b1d0001', data: rows }], { codec, rowGroupSize: 2 })
    const run = await validate(how, { 'data/a.parquet': file })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(said(run)).toEqual([
      'type-mismatch /_9b1d0001/active',
      'unknown-field /_9b1d0001/Colour',
      'number-format /_9b1d0001/price row 2',
      'integer-fraction /_9b1d0001/stock row 3',
    ])
    expect(run.checks[0]).toMatchObject({ rows: 3, badRows: 3, rejectedRows: 3 })
    expect(run.annotations.map(({ file: path, line }) => [path, line])).toEqual(
      Array.from({ length: 4 }, () => ['data/a.parquet', undefined]),
    )
    expect(run.results.map(({ locations: [location] }) => location.message)).toEqual([
      undefined,
      undefined,
      { text: 'row 2' },
      { text: 'row 3' },
    ])
    expect(sarifFaults(run.kept.sarif)).toEqual([])
  })

  const moment = { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' }
  const events = (field: object) => ({ ...SCHEMA, properties: { at: field } })

  it('holds times as Spark wrote them (INT96)', async () => {
    const files = { 'data/a.parquet': int96File('at', [new Date('2024-02-29T12:34:56Z'), new Date(0)]) }
    const good = await validateOffline(events(moment), { files })
    expect(good.exitCode, good.log).toBe(0)
    expect(good.checks).toEqual([
      { path: 'data/a.parquet', rows: 2, badRows: 0, rejectedRows: 0, changedRows: 0, findings: [] },
    ])
    const bad = await validateOffline(events({ type: 'boolean' }), { files })
    expect(said(bad)[0]).toBe('type-mismatch /at')
  })

  it('that is damaged behind its footer is a finding at the first row of the damaged column', async () => {
    const file = parquetFile(schema, [{ name: '_9b1d0001', data: rows }]).fill(0xff, 4, 40)
    const run = await validateOffline(SCHEMA, { files: { 'data/a.parquet': file } })
    expect(run.exitCode, run.log).toBe(1)
    expect(said(run)).toContain('corrupt-record /_9b1d0001/sku row 1')
  })
})

type Contents = Readonly<Record<string, string | Uint8Array>>

async function validate(how: string, files: Contents): Promise<Validated> {
  if (how === 'offline') return await validateOffline(SCHEMA, { files })
  await using platform = await localPlatform()
  platform.emulator.addSchema(SCHEMA)
  const inputs = { mode: 'validate', validation: 'error', dataset: datasets.products, glob: 'data/*' }
  return readResult(await platform.publish({ files, inputs }))
}

/** `code path place hint` of every finding. */
function said({ checks }: Validated): readonly string[] {
  return (checks[0]?.findings ?? []).flatMap(({ code, path, first }) =>
    first.map(({ place, issue }) => [code, path, ...where(place), ...hintOf(issue)].join(' ')),
  )
}

function where(place: { readonly line?: number; readonly column?: number; readonly row?: number }): readonly string[] {
  if (place.row !== undefined) return [`row ${place.row}`]
  return place.line === undefined ? [] : [`${place.line}:${place.column}`]
}

function hintOf({ hint }: Readonly<Record<string, string>>): readonly string[] {
  return hint === undefined ? [] : [hint]
}
