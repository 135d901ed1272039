import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { annotationsIn } from '../../support/runs/log.ts'
import { between } from '../../support/emulator/between.ts'
import { localPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { batchId } from '../../support/make.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { keptRows } from '../../support/emulator/rejected-batch.ts'
import { rejectedIn } from '../../support/check/validated.ts'
import { stepOf, expectSubmitted } from '../../support/runs/workflow-step.ts'

/** Nobody but the one who owns the data may read it. */
const VALUE = 'Rosebud'

const pretty = (...lines: readonly string[]) =>
  `[\n${lines.map((line) => JSON.stringify(JSON.parse(line), null, 2)).join(',\n')}\n]\n`

const MEMBERS: readonly SchemaElement[] = [
  { name: '_emutenant', num_children: 1, repetition_type: 'REQUIRED' },
  { name: 'loyalty', num_children: 2, repetition_type: 'REQUIRED' },
  { name: 'loyaltyId', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'tier', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]

const parquet = parquetFile(MEMBERS, [
  { name: '_emutenant', data: [{ loyalty: { loyaltyId: '1' } }, { loyalty: { loyaltyId: '2', tier: VALUE } }] },
])

/** Per format: one good row and one that the platform rejects for its value. */
const FORMATS = [
  {
    format: 'JSON Lines',
    files: { 'data/a.jsonl': member('1') + member('2', { points: VALUE }) },
    inputs: {},
    annotation: { file: 'data/a.jsonl', line: 2, column: 52, title: '100' },
    where: /data\/a\.jsonl:2\b/,
  },
  {
    format: 'an array, which travels as other lines than it has',
    files: { 'data/a.json': pretty(member('1'), member('2', { points: VALUE })) },
    inputs: { glob: 'data/*.json' },
    annotation: { file: 'data/a.json', line: 13, column: 17, title: '100' },
    where: /data\/a\.json:13\b/,
  },
  {
    format: 'Parquet, which has rows and no lines',
    files: { 'data/a.parquet': parquet },
    inputs: { glob: 'data/*.parquet' },
    annotation: { file: 'data/a.parquet', line: undefined, column: undefined, title: 'EMU-ENUM' },
    where: /data\/a\.parquet`? row 2\b/,
  },
] as const

describe.each([
  ['a batch that failed', '0', 'failed', 1],
  ['a batch that kept the others', '50', 'partially-published', 0],
] as const)('a rejected row of %s', (_, threshold, outcome, exitCode) => {
  it.concurrent.each(FORMATS)('stands at its place in the source: $format', async (sent) => {
    await using platform = await localPlatform()
    const inputs = { ...sent.inputs, 'error-threshold': threshold }
    const run = await platform.publish({ files: sent.files, inputs })
    expect(run.exitCode, run.log).toBe(exitCode)
    expect(run.outputs['outcome']).toBe(outcome)
    expect(annotationsIn(run.log), run.log).toMatchObject([{ level: 'error', ...sent.annotation }])
    const row = run.summary.split('\n').find((line) => sent.where.test(line))
    expect(row, run.summary).toContain(`\`${sent.annotation.title}\``)
    expect(rejectedIn(run)).toMatchObject([{ isWhole: true, notes: [], rows: [{ code: sent.annotation.title }] }])
    for (const text of [run.log, run.summary, run.kept.report]) expect(text).not.toContain(VALUE)
  })
})

describe('what the platform says of a rejected row', () => {
  const files = { 'data/a.jsonl': member('1') + member('2', { tier: VALUE }) }

  it.concurrent('is shown, values and all, with `show-values: true`', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { 'show-values': 'true' } })
    expect(annotationsIn(run.log)[0]?.text).toContain(VALUE)
    expect(run.summary).toContain(VALUE)
    expect(JSON.stringify(rejectedIn(run))).toContain(VALUE)
  })

  it.concurrent('is a code that no document explains: it is shown as it is', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files })
    expect(annotationsIn(run.log)[0]?.text).toContain('EMU-ENUM')
    expect(run.summary).toMatch(/^\| `EMU-ENUM` \| 1 \| No document explains this code/m)
    expect(rejectedIn(run)[0]?.reasons).toContainEqual(expect.objectContaining({ code: 'EMU-ENUM', explanation: null }))
  })

  it.concurrent('has its cause and its remedy beside it where a document explains the code', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files: { 'data/a.jsonl': member('1', { points: VALUE }) } })
    expect(run.summary).toMatch(/^\| `100` \| 1 \| .*cannot be converted.*Fix the value/m)
  })
})

describe('rejected rows of CSV', () => {
  it.concurrent('stand at the line of the file, quotes notwithstanding', async () => {
    await using platform = await localPlatform()
    // The local platform takes CSV as it comes, so what a real one may say of it is said in its place.
    const text = JSON.stringify({ sku: 'B', name: 'x', price: VALUE, _errors: [{ code: '100', column: 'price' }] })
    const before = async () => {
      const id = batchId((await platform.batch()).id)
      platform.emulator.faults.add(failedWith(id), ...keptRows(id, 'row_errors', text))
    }
    between(platform, { method: 'PUT', target: /\.csv$/, before })
    const run = await platform.publish({
      files: { 'data/p.csv': `sku,name,price\nA,"two, words",1.50\nB,x,${VALUE}\n` },
      inputs: { dataset: datasets.products, glob: 'data/*.csv' },
    })
    expect(run.outputs['outcome'], run.log).toBe('failed')
    expect(annotationsIn(run.log)).toMatchObject([{ file: 'data/p.csv', line: 3, column: 5, title: '100' }])
    for (const shown of [run.log, run.summary, run.kept.report]) expect(shown).not.toContain(VALUE)
  })
})

function failedWith(id: string): Fault {
  const errors = [{ code: '100', description: 'A value cannot be converted', rows: 1 }]
  const body = JSON.stringify({ [id]: { status: 'failed', relatedObjects: [], errors } })
  const path = `/data/foundation/catalog/batches/${id}`
  return { method: 'GET', path, times: 0, effect: { kind: 'answer', status: 200, body } }
}

describe('rejected rows of several files and batches', () => {
  it.concurrent('stand each in its own file, and what cannot be told apart is said', async () => {
    await using platform = await localPlatform()
    const bad = member('2', { points: VALUE })
    const files = { 'data/a.jsonl': member('1') + bad, 'data/b.jsonl': member('3', { points: VALUE }) }
    const run = await platform.publish({ files })
    expect(annotationsIn(run.log)).toMatchObject([
      { file: 'data/a.jsonl', line: 2, text: expect.stringMatching(/ \(and 1 more row\)$/) },
    ])
  })

  it.concurrent('of a batch that this run only found are looked for too', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': member('1') + member('2', { points: VALUE }) }
    const inputs = { 'error-threshold': '50' }
    const first = await platform.publish({ files, inputs })
    const again = await platform.publish({ files, inputs, env: { GITHUB_RUN_ID: '1002' } })
    expect(again.outputs, again.log).toMatchObject({ 'batch-id': first.outputs['batch-id'] })
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
    expect(annotationsIn(again.log)).toMatchObject([{ file: 'data/a.jsonl', line: 2 }])
  })

  it.concurrent('are read in `mode: resume` too, which has no files to find them in', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    const step = { ...stepOf([]), files: { 'data/a.jsonl': member('1', { points: VALUE }) }, inputs: { wait: 'false' } }
    const id = await expectSubmitted(platform, step)
    platform.emulator.change({ loadedMs: 1 })
    const run = await platform.publish({ inputs: { mode: 'resume', 'batch-id': id, glob: '' } })
    expect(run.outputs['outcome'], run.log).toBe('failed')
    expect(annotationsIn(run.log)).toEqual([])
    expect(rejectedIn(run)).toMatchObject([
      {
        rows: [{ code: '100', found: { kind: 'not found' } }],
        notes: [expect.stringContaining('did not read the files')],
      },
    ])
    expect(run.log).toContain(`Batch ${id}: The rejected rows could not be located`)
  })
})
