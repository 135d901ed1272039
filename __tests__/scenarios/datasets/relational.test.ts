import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { describeScenarios } from '../../support/runs/scenario.ts'
import { ORDERS, ORDER_DESCRIPTORS, addOrders, order } from '../../support/emulator/relational.ts'
import { mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'

const STORED = { 'schema.json': JSON.stringify({ schema: ORDERS, descriptors: ORDER_DESCRIPTORS, meta: {} }) }
const OFFLINE = {
  mode: 'validate',
  'schema-file': 'schema.json',
  validation: 'error',
  dataset: '',
  'client-id': '',
  'client-secret': '',
  'org-id': '',
  sandbox: '',
}

const offline = (
  files: Readonly<Record<string, string | Uint8Array>>,
  inputs: Readonly<Record<string, string>> = {},
) => ({
  files: { ...files, ...STORED },
  inputs: { ...OFFLINE, ...inputs },
})

const csv = (...rows: readonly string[]) => ({
  'data/a.csv': ['orderId,lineId,modified,status,_change_request_type', ...rows, ''].join('\n'),
})
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' } as const

/** Two rows without a version, one of them without a part of its key and with a type of change that there is none of. */
const PARQUET = parquetFile(
  [
    { name: 'orderId', ...text },
    { name: 'lineId', type: 'INT64', repetition_type: 'OPTIONAL' },
    { name: '_change_request_type', ...text },
  ],
  [
    { name: 'orderId', data: ['o1', 'o2'] },
    { name: 'lineId', data: [1n, null] },
    { name: '_change_request_type', data: ['d', 'X'] },
  ],
)

/** Rows with these keys. */
const keyedFile = (...keys: readonly (readonly [string, bigint])[]) =>
  parquetFile(
    [
      { name: 'orderId', ...text },
      { name: 'lineId', type: 'INT64', repetition_type: 'OPTIONAL' },
      { name: 'modified', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
    ],
    [
      { name: 'orderId', data: keys.map(([orderId]) => orderId) },
      { name: 'lineId', data: keys.map(([, lineId]) => lineId) },
      { name: 'modified', data: keys.map(() => new Date('2026-11-01T00:00:00Z')) },
    ],
  )

const CSV = { glob: 'data/*.csv' }

describeScenarios('rows of a relational schema, validated against a stored one', {
  'pass with keys, versions and types of change': {
    ...offline({
      'data/a.jsonl':
        order() + order({ lineId: 2, _change_request_type: 'u' }) + order({ lineId: 3, _change_request_type: 'd' }),
    }),
    exitCode: 0,
    outputs: { outcome: 'validated' },
    log: [/^::warning::The schema "Orders" is relational: Adobe documents no batch ingestion API/m],
  },
  'need every field of the key and the version, not null, and no other type of change': {
    ...offline({
      'data/a.jsonl':
        order({ orderId: undefined }) +
        order({ lineId: null }) +
        order({ modified: undefined }) +
        order({ lineId: 9, _change_request_type: 'D' }),
    }),
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    log: [
      /\/orderId: this required field is missing/,
      /\/lineId: this required field is null/,
      /\/modified: this required field is missing/,
      /\/_change_request_type: expected one of "u", "d"/,
    ],
  },
  'are told where a key is there twice, in another file too': {
    ...offline({ 'data/a.jsonl': order(), 'data/b.jsonl': order({ modified: '2026-11-02T00:00:00Z' }) }),
    exitCode: 0,
    log: [/expected a unique primary key, found the primary key of line 1 of "data\/a\.jsonl"/],
  },
  'need no identity': { ...offline({ 'data/a.jsonl': order() }), exitCode: 0, notInLog: [/identityMap|Profile/] },
  'are checked in CSV: empty cells of key and version, types of change, and keys': {
    ...offline(
      csv(
        'o1,1,2026-11-01T00:00:00Z,open,',
        ',2,2026-11-01T00:00:00Z,open,u',
        'o1,3,,open,x',
        'o1,1,2026-11-02T00:00:00Z,done,d',
      ),
      CSV,
    ),
    exitCode: 1,
    log: [
      /\/orderId: this required field is missing/,
      /\/modified: this required field is missing/,
      /\/_change_request_type: expected one of "u", "d"/,
      /found the primary key of line 2 of "data\/a\.csv"/,
    ],
  },
  'need the columns of key and version in CSV, not that of the change': {
    ...offline({ 'data/a.csv': 'orderId,status,modified\no1,open,2026-11-01T00:00:00Z\n' }, CSV),
    exitCode: 1,
    log: [/\/lineId: this required field is missing/],
    notInLog: [/_change_request_type/],
  },
  'can be made by a mapping, the type of change too': {
    ...offline(
      {
        'data/a.csv': 'id,line,when,op\no1,1,2026-11-01T00:00:00Z,u\no2,1,2026-11-01T00:00:00Z,x\n',
        'mapping.json': JSON.stringify({
          outputSchema: { schemaRef: { id: ORDERS.$id } },
          mappings: [
            { sourceType: 'ATTRIBUTE', source: 'id', destination: 'orderId' },
            { sourceType: 'ATTRIBUTE', source: 'line', destination: 'lineId' },
            { sourceType: 'ATTRIBUTE', source: 'when', destination: 'modified' },
            { sourceType: 'ATTRIBUTE', source: 'op', destination: '_change_request_type' },
          ],
        }),
      },
      { ...CSV, mapping: 'mapping.json' },
    ),
    exitCode: 1,
    log: [/\/_change_request_type, from "op": expected one of "u", "d"/],
  },
  'are checked in Parquet, by columns': {
    ...offline({ 'data/a.parquet': PARQUET }, { glob: 'data/*.parquet' }),
    exitCode: 1,
    log: [
      /\/lineId \(row 2\): this required field is missing/,
      /\/modified: this required field is missing/,
      /\/_change_request_type \(row 2\): expected one of "u", "d"/,
    ],
    notInLog: [/does not define/],
  },
  'are told in Parquet where a key of several columns is there twice, in another file too': {
    ...offline(
      { 'data/a.parquet': keyedFile(['o1', 1n], ['o2', 1n]), 'data/b.parquet': keyedFile(['o3', 1n], ['o2', 1n]) },
      {
        glob: 'data/*.parquet',
      },
    ),
    exitCode: 0,
    log: [/expected a unique primary key, found the primary key of row 2 of "data\/a\.parquet"/],
    also: (run) => expect(run.log.match(/expected a unique primary key/g)).toHaveLength(1),
  },
  'are not validated where the schema has no version descriptor': {
    ...offline({ 'data/a.jsonl': order() }),
    files: {
      'data/a.jsonl': order(),
      'schema.json': JSON.stringify({ schema: ORDERS, descriptors: ORDER_DESCRIPTORS.slice(0, 1) }),
    },
    exitCode: 1,
    error: [/Cannot validate rows of the relational schema "Orders": it has no version descriptor/],
  },
  'or was stored without its descriptors': {
    ...offline({ 'data/a.jsonl': order() }),
    files: { 'data/a.jsonl': order(), 'schema.json': JSON.stringify(ORDERS) },
    exitCode: 1,
    error: [/its descriptors could not be read/],
  },
})

/** Of the class of any dataset of records. */
const OTHER_CLASS = { ...ORDERS, $id: 'https://ns.adobe.com/emutenant/schemas/other', 'meta:extends': [] }

/** As hand-written files and other forms of the registry's answers are: the same schema, without its class. */
const CLASSLESS = { ...ORDERS, 'meta:extends': [] }

const ALLOWED = { 'allow-undocumented': 'relational' }

async function withOrders(settings: Partial<Settings> = {}) {
  const platform = await localPlatform(settings)
  const dataset = addOrders(platform)
  const run = (lines: string, { inputs, ...more }: WorkflowStep = {}) =>
    mainPhase(platform, {
      files: { 'data/a.jsonl': lines },
      inputs: { dataset, validation: 'error', ...inputs },
      ...more,
    })
  return { platform, run, [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose]() }
}

const writes = (platform: LocalPlatform) => platform.requests('POST', /^\/data\//)

describe('a relational dataset', () => {
  it.concurrent('is validated and planned for', async () => {
    await using orders = await withOrders()
    const planned = await orders.run(order(), { inputs: { mode: 'plan' } })
    expect(planned.outputs['outcome'], planned.log).toBe('planned')
    const validated = await orders.run(order(), { inputs: { mode: 'validate' } })
    expect(validated.outputs['outcome'], validated.log).toBe('validated')
    expect(writes(orders.platform)).toEqual([])
  })

  it.concurrent('is not published into without an explicit yes', async () => {
    await using orders = await withOrders({ relationalBatches: 'accepted' })
    const run = await orders.run(order())
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(
      /^::error::Cannot publish: the schema "Orders" is relational.*set "allow-undocumented: relational"/m,
    )
    expect(writes(orders.platform)).toEqual([])
  })

  it.concurrent.each([
    ['rows are not validated', { validation: 'off' }, ORDER_DESCRIPTORS],
    ['its descriptors are missing, and that only warns', { validation: 'warn' }, []],
    [
      'rows are validated against a stored schema of another class',
      { validation: 'warn', 'schema-file': 'other.json' },
      ORDER_DESCRIPTORS,
    ],
    [
      'the stored schema does not tell its class',
      { validation: 'warn', 'schema-file': 'classless.json' },
      ORDER_DESCRIPTORS,
    ],
  ] as const)('nor where %s', async (_, inputs, descriptors) => {
    await using platform = await localPlatform({ relationalBatches: 'accepted' })
    const dataset = addOrders(platform, descriptors)
    const stored = { 'other.json': JSON.stringify(OTHER_CLASS), 'classless.json': JSON.stringify(CLASSLESS) }
    const files = { 'data/a.jsonl': order(), ...stored }
    const run = await mainPhase(platform, { files, inputs: { dataset, ...inputs } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot publish: the schema "Orders" is relational/m)
    expect(writes(platform)).toEqual([])
  })

  it.concurrent(
    'is not told from others where the role may not read schemas: the run goes on, and says so',
    async () => {
      await using orders = await withOrders({ relationalBatches: 'accepted' })
      const effect = { kind: 'answer', status: 403, body: '{}' } as const
      orders.platform.emulator.faults.add({ method: 'GET', path: '/**/schemaregistry/**', times: 0, effect })
      const run = await orders.run(order(), { inputs: { validation: 'off' } })
      expect(run.exitCode, run.log).toBe(0)
      expect(run.log).toMatch(
        /^Cannot tell whether the dataset is relational: Cannot read schema .*: the answer was 403/m,
      )
    },
  )

  it.concurrent('is published into with it, and the counts are not taken for a proof', async () => {
    await using orders = await withOrders({ relationalBatches: 'accepted' })
    const rows = order() + order({ lineId: 2, _change_request_type: 'd' })
    const run = await orders.run(rows, { inputs: ALLOWED })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toContain('How many rows of it were applied is unknown')
    expect(run.outputs).toMatchObject({ 'records-sent': '2', 'records-read': '2', 'records-written': '' })
    expect(run.log + run.summary).not.toMatch(/rows? written/)
    expect(await orders.platform.emulator.rows(run.outputs['batch-id'] ?? '')).toMatchObject([{ lineId: 1 }])
  })

  it.concurrent('is judged so, too, by a run that takes up the batch, which needs no yes', async () => {
    await using orders = await withOrders({ relationalBatches: 'accepted' })
    const rows = order() + order({ lineId: 2, _change_request_type: 'd' })
    const submitted = await orders.run(rows, { inputs: { ...ALLOWED, wait: 'false' } })
    const inputs = { mode: 'resume', 'batch-id': submitted.outputs['batch-id'] ?? '', glob: '', validation: 'off' }
    const run = await orders.run('', { inputs, run: 1002 })
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toContain('How many rows of it were applied is unknown')
  })

  it.concurrent('says what the platform says where it refuses the batch', async () => {
    await using orders = await withOrders()
    const run = await orders.run(order(), { inputs: ALLOWED })
    expect(run.exitCode).toBe(1)
    expect(run.outputs['outcome']).toBe('failed')
    expect(run.log).toMatch(/^::error::.*400.*is relational/m)
  })
})
