import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { readResult, type Validated } from '../../support/check/validated.ts'

const GOOD = Array.from({ length: 7 }, (_, at) => member(`g${at}`)).join('')
const REJECTED = member('r', { points: 'many' })
const UNKNOWN = member('u', { nickname: 'Ada' })
const CUT = member('c', { points: 1.5 })
const BOTH = member('b', { points: 'many', nickname: 'Ada' })

type Publish = { readonly text: string; readonly inputs: Readonly<Record<string, string>> }

/** What the dataset holds afterwards, too. */
async function publish({ text, inputs }: Publish): Promise<Validated & { readonly rows: readonly unknown[] }> {
  await using platform = await localPlatform()
  const run = readResult(await platform.publish({ files: { 'data/a.jsonl': text }, inputs }))
  return { ...run, rows: await platform.emulator.datasetRows(datasets.loyalty) }
}

describe('rows that would land changed', () => {
  it.each(['0', '50', '100'])('stop under "validation: error", whatever the threshold (%s)', async (threshold) => {
    const inputs = { validation: 'error', 'error-threshold': threshold }
    const run = await publish({ text: GOOD + UNKNOWN + CUT, inputs })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-id': '' })
    expect(run.checks).toMatchObject([{ rows: 9, badRows: 2, rejectedRows: 0, changedRows: 2 }])
    expect(run.log).toContain('2 of 9 rows (22.22 %25) would be stored incomplete or changed')
    expect(run.log).not.toMatch(/would be rejected|without these|error-threshold/)
  })

  it('land changed under "warn", which the headline warns of, though the platform took every row', async () => {
    const run = await publish({ text: GOOD + UNKNOWN + CUT, inputs: { validation: 'warn' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '9', 'records-failed': '0' })
    expect(run.summary).toMatch(/^### ⚠️ Published with errors in 2 rows: 9 rows written/)
    const stored = JSON.stringify(run.rows)
    expect(stored).not.toContain('nickname')
    expect(stored).toContain('"points":1}')
  })
})

describe('rows of both kinds', () => {
  it('are counted apart, and a row that is rejected is not changed as well: the platform counts the same', async () => {
    const text = GOOD + REJECTED + BOTH + UNKNOWN
    const run = await publish({ text, inputs: { validation: 'warn', 'error-threshold': '20' } })
    expect(run.checks).toMatchObject([{ rows: 10, badRows: 3, rejectedRows: 2, changedRows: 1 }])
    expect(run.log).toContain(
      '2 of 10 rows (20 %) would be rejected ("error-threshold" allows 20 %): the batch is expected to succeed without these rows; and 1 of 10 rows (10 %) would be stored incomplete or changed',
    )
    expect(run.outputs).toMatchObject({ outcome: 'partially-published', 'records-written': '8', 'records-failed': '2' })
  })

  it('do not add up to more than the threshold: only the rejected ones count', async () => {
    const text = GOOD + REJECTED + UNKNOWN + CUT
    const run = await publish({ text, inputs: { validation: 'warn', 'error-threshold': '10' } })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'partially-published', 'records-failed': '1' })
  })
})

it('a run in which every row has an error names no way round', async () => {
  const run = await publish({ text: REJECTED + UNKNOWN, inputs: { validation: 'error' } })
  expect(run.log).toContain('Every row has an error: check that the files belong to this dataset and its schema.')
  expect(run.log).not.toContain('validation: warn')
})

it('a column of CSV that the schema does not have changes all rows, and rejects none', async () => {
  await using platform = await localPlatform()
  const files = { 'data/a.csv': 'sku,colour\nA,red\nB,blue\n' }
  const inputs = { validation: 'warn', dataset: datasets.products, glob: 'data/*', 'error-threshold': '100' }
  const run = readResult(await platform.publish({ files, inputs }))
  expect(run.checks, run.log).toMatchObject([{ rows: 2, badRows: 2, rejectedRows: 0, changedRows: 2 }])
  expect(run.outputs['outcome']).toBe('published')
  expect(run.summary).toContain('⚠️ Published with errors in 2 rows')
})
