import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../emulator/faults.ts'
import { localPlatform, type LocalPlatform } from '../../support/local-platform.ts'
import { datasets, member } from '../../support/platform-inputs.ts'
import { readResult, type Validated } from '../../support/validated.ts'

const rows = (good: number, bad: number) =>
  [
    ...Array.from({ length: good }, (_, index) => member(`g${index}`)),
    ...Array.from({ length: bad }, (_, index) => member(`b${index}`, { points: 'many' })),
  ].join('')

async function publish(platform: LocalPlatform, text: string, inputs: Readonly<Record<string, string>>) {
  return readResult(await platform.publish({ files: { 'data/a.jsonl': text }, inputs }))
}

const PREDICTED: unknown = expect.stringMatching(/expected an integer.*platform rejected/)

const lookedAtSchema = (platform: LocalPlatform) => platform.requests('GET', /schemaregistry/).length > 0

describe('"validation: error"', () => {
  it('stops before a batch exists', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(3, 1), { validation: 'error' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-id': '', 'dataset-id': datasets.loyalty })
    expect(run.log).toContain(
      '1 bad row of 4 rows (25 %), and "error-threshold" allows 0 %: the platform would fail the batch',
    )
    expect(run.annotations).toMatchObject([{ level: 'error', file: 'data/a.jsonl', line: 4, title: 'number-format' }])
    expect(await platform.emulator.batches()).toEqual([])
    expect(platform.requests('POST', /import/)).toEqual([])
  })

  it('lets through what the error threshold lets through, and the platform does as predicted', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(3, 1), { validation: 'error', 'error-threshold': '25' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toContain('and "error-threshold" allows 25 %: the platform would drop them')
    expect(run.outputs).toMatchObject({ outcome: 'partially-published', 'records-written': '3', 'records-failed': '1' })
    // What was found before, and what the platform says of it, are one annotation.
    expect(run.annotations).toMatchObject([{ level: 'error', line: 4, text: PREDICTED }])
    expect(run.results).toHaveLength(1)
  })

  it('stops where the share is above the threshold', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(2, 1), { validation: 'error', 'error-threshold': '33.3' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(run.log).toContain('(33.33 %)')
    expect(await platform.emulator.batches()).toEqual([])
  })

  it('is not stopped by warnings', async () => {
    await using platform = await localPlatform()
    const text = JSON.stringify({ ...(JSON.parse(member('1')) as object), personalEmail: { address: 'nobody' } })
    const run = await publish(platform, text, { validation: 'error' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('published')
    expect(run.annotations).toMatchObject([{ level: 'warning', title: 'format' }])
  })
})

describe('"validation: warn"', () => {
  it('says what is wrong and goes on', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(3, 1), { validation: 'warn' })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'failed' })
    expect(run.annotations).toMatchObject([{ file: 'data/a.jsonl', line: 4, text: PREDICTED }])
    expect(run.log).toContain('the platform would fail the batch')
    expect((await platform.batch()).stage).toBe('failed')
  })

  it('lets a pull request pass', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(0, 1), { validation: 'warn', mode: 'validate' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('validated')
    expect(run.results).toHaveLength(1)
  })
})

describe('"validation: off"', () => {
  it.each(['publish', 'validate'])('reads no schema (mode: %s)', async (mode) => {
    await using platform = await localPlatform()
    const run = await publish(platform, rows(1, 1), { validation: 'off', mode, 'error-threshold': '50' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({
      'sarif-path': '',
      outcome: mode === 'publish' ? 'partially-published' : 'validated',
    })
    expect(lookedAtSchema(platform)).toBe(false)
    // What the platform rejects is shown all the same.
    expect(run.annotations.map(({ title }) => title)).toEqual(mode === 'publish' ? ['100'] : [])
  })
})

describe('a schema that cannot be read', () => {
  const problem = { status: 403, body: JSON.stringify({ title: 'Forbidden' }) }
  const REFUSALS = [
    ['the registry forbids it', { kind: 'answer', ...problem }],
    ['the registry does not know it', { kind: 'missing' }],
  ] as const

  it.each(REFUSALS)('stops when %s, and names the permission and the ways round', async (_, effect) => {
    await using platform = await refusing(effect)
    const run = await publish(platform, rows(1, 0), { validation: 'error' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'sarif-path': '' })
    for (const words of ['"View Schemas"', '"schema-file"', '"validation: off"']) expect(errorOf(run)).toContain(words)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it.each(REFUSALS)('is said under "warn" when %s, and the rows are sent', async (_, effect) => {
    await using platform = await refusing(effect)
    const run = await publish(platform, rows(1, 0), { validation: 'warn' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'sarif-path': '' })
    expect(run.log).toMatch(/^::warning::Cannot read the schema .*The rows are not checked/m)
  })

  it('is gone round by a file, with the dataset of the platform', async () => {
    await using platform = await refusing(REFUSALS[0][1])
    const schema = {
      $id: 'x',
      type: 'object',
      properties: { _emutenant: { type: 'object', properties: { x: { type: 'string' } } } },
    }
    const files = { 'data/a.jsonl': member('1'), 'schema.json': JSON.stringify(schema) }
    const inputs = { validation: 'error', 'schema-file': 'schema.json' }
    const run = readResult(await platform.publish({ files, inputs }))
    expect(run.outputs['outcome'], run.log).toBe('invalid')
    expect(lookedAtSchema(platform)).toBe(false)
  })

  it('still has its rows checked when only the identities are out of reach', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: '/**/descriptors', times: 0, effect: { kind: 'answer', ...problem } })
    const run = await publish(platform, rows(1, 1), { validation: 'error' })
    expect(run.outputs['outcome'], run.log).toBe('invalid')
    expect(run.checks).toMatchObject([{ rows: 2, badRows: 1 }])
  })
})

async function refusing(effect: Effect): Promise<LocalPlatform> {
  const platform = await localPlatform()
  platform.emulator.faults.add({ method: 'GET', path: '/**/schemaregistry/*/schemas/*', times: 0, effect })
  return platform
}

function errorOf({ log }: Validated): string {
  return /^::error::(.*)$/m.exec(log)?.[1] ?? ''
}
