import { describe, expect, it } from 'vitest'
import { eventsSchema } from '../../../emulator/seed/events-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { readResult, validateOffline, type Validated } from '../../support/check/validated.ts'

async function validate(dataset: string, text: string): Promise<Validated> {
  await using platform = await localPlatform()
  const inputs = { mode: 'validate', validation: 'error', dataset }
  return readResult(await platform.publish({ files: { 'data/a.jsonl': text }, inputs }))
}

describe('rows for a dataset that is enabled for Profile', () => {
  it('need their primary identity', async () => {
    const run = await validate(datasets.loyalty, `${member('1')}{"person":{}}\n${member('')}`)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.annotations).toMatchObject([
      {
        level: 'error',
        title: 'identity-missing',
        line: 2,
        text: '/_emutenant/loyalty/loyaltyId: expected the primary identity, found nothing; and 1 more',
      },
      { level: 'warning', title: 'length', line: 3 },
    ])
  })

  it.each([
    ['few rows', ''],
    ['many rows, which threads check', member('1').repeat(30_000)],
  ])('are told to lack it, and not ended on, where values may be shown (%s)', async (_, before) => {
    await using platform = await localPlatform()
    const inputs = { mode: 'validate', validation: 'warn', 'show-values': 'true' }
    const text = `${before}{}\n{"_emutenant":{"loyalty":{"loyaltyId":null}}}\n`
    const run = readResult(await platform.publish({ files: { 'data/a.jsonl': text }, inputs }))
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated' })
    const missing = run.checks[0]?.findings.find(({ code }) => code === 'identity-missing')
    expect(missing?.first.map(({ issue }) => issue['received'])).toEqual(['nothing', 'null'])
  })

  it('are larger than Profile takes with a warning', async () => {
    const run = await validate(datasets.loyalty, member('1') + member('2', { channel: 'x'.repeat(100_000) }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.annotations).toMatchObject([{ level: 'warning', title: 'oversize-record', line: 2, column: 1 }])
  })

  it('are asked for neither where the dataset is not', async () => {
    const event = { timestamp: '2024-05-06T07:08:09Z', eventType: 'x'.repeat(20_000) }
    const run = await validate(datasets.events, JSON.stringify({ _id: 'e1', ...event }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.checks[0]?.findings).toEqual([])
  })
})

describe('events', () => {
  const event = (id: string) => `${JSON.stringify({ _id: id, timestamp: '2024-05-06T07:08:09Z' })}\n`

  it('of one _id are found over all files, whatever holds them', async () => {
    const files = {
      'data/a.jsonl': event('1') + event('2') + event('2'),
      'data/b.json': `[\n${event('3')},\n${event('1')}]`,
    }
    const run = await validateOffline(eventsSchema, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('validated')
    expect(run.checks.map(({ path, findings }) => [path, findings.length])).toEqual([
      ['data/a.jsonl', 1],
      ['data/b.json', 1],
    ])
    expect(run.annotations.map(({ file, line, title, text }) => [file, line, title, text])).toEqual([
      [
        'data/a.jsonl',
        3,
        'duplicate-id',
        '/_id: expected a unique _id, found the _id of line 2 of "data/a.jsonl"; and 1 more, in 2 files in total',
      ],
    ])
  })
})

describe('a schema file', () => {
  const files = { 'data/a.jsonl': member('1') }

  it.each([
    ['not JSON', '{"type":', 'it is not JSON'],
    ['empty', '', 'it is not JSON'],
    ['an array', '[]', 'it is not an object schema with properties'],
    ['another object', '{"title":"x"}', 'it is not an object schema with properties'],
  ])('that is %s stops under "error", and is a warning under "warn"', async (_, schema, why) => {
    const stopped = await validateOffline(schema, { files })
    expect(stopped.exitCode).toBe(1)
    expect(stopped.outputs).toMatchObject({ outcome: 'failed', 'sarif-path': '' })
    expect(stopped.log).toContain(`::error::Cannot read the schema in "schema.json": ${why}`)
    const warned = await validateOffline(schema, { files, inputs: { validation: 'warn' } })
    expect(warned.exitCode, warned.log).toBe(0)
    expect(warned.log).toContain(`::warning::Cannot read the schema in "schema.json": ${why}`)
  })

  it.each(['error', 'warn', 'off'])(
    'that is missing is a fault of the input, under "validation: %s" too',
    async (validation) => {
      const run = await validateOffline('{}', { files, inputs: { 'schema-file': 'schemas/none.json', validation } })
      expect(run.exitCode).toBe(1)
      expect(run.log).toMatch(/^::error::Cannot use the inputs of this step:.*"schema-file" is "schemas\/none\.json"/m)
    },
  )
})
