import { describe, expect, it } from 'vitest'
import { eventsSchema } from '../../../emulator/seed/events-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { placeIn, readResult, validateOffline, type Validated } from '../../support/check/validated.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { sarifFaults } from '../../support/report/sarif-faults.ts'

const GOOD = { _id: 'e1', timestamp: '2024-05-06T07:08:09Z', _emutenant: { store: 'Köln 😀' } }

const BAD = [
  { _id: 'e2', timestamp: '2024-05-06 07:08:09' },
  { _id: 'e3', timestamp: '2024-05-06T07:08:09Z', productListItems: [{ quantity: 1 }, { quantity: 2.5 }] },
  { _id: 'e4', timestamp: '2024-05-06T07:08:09Z', 'xdm:eventType': 'x' },
]

const records = [GOOD, ...BAD]

const FILES = {
  'a.jsonl': records.map((record) => `${JSON.stringify(record)}\n`).join('\n'),
  'a.ndjson': records.map((record) => JSON.stringify(record)).join('\r\n'),
  'array.json': JSON.stringify(records, null, 2),
  'pretty.json': records.map((record) => JSON.stringify(record, null, 1)).join('\n'),
}

const FOUND = [
  ['date-time-format', '/timestamp', '"2024-05-06 07'],
  ['integer-fraction', '/productListItems/*/quantity', '2.5'],
  ['unknown-field', '/*', '"x"'],
] as const

describe.each(Object.entries(FILES))('%s', (name, text) => {
  it.each(['in the repository', 'of the registry'])('is checked against the schema %s', async (where) => {
    const files = { [`data/${name}`]: text }
    const run =
      where === 'of the registry' ? await validateOnline(files) : await validateOffline(eventsSchema, { files })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-id': '', 'file-count': '1' })
    expect(run.checks).toMatchObject([{ path: `data/${name}`, rows: 4, badRows: 3 }])
    const places = FOUND.map(([code, path, needle]) => ({ code, path, ...placeIn(text, needle) }))
    expect(foundIn(run)).toEqual(places)
    expect(run.annotations.map(({ title, line, column }) => ({ title, line, column }))).toEqual(
      places.map(({ code, line, column }) => ({ title: code, line, column })),
    )
    expect(run.results.map(({ locations }) => locations[0].physicalLocation.region)).toEqual(
      places.map(({ line, column }) => ({ startLine: line, startColumn: column })),
    )
    expect(sarifFaults(run.kept.sarif)).toEqual([])
  })
})

describe('clean rows', () => {
  it('are valid, and no request needs to say so', async () => {
    const run = await validateOffline(eventsSchema, { files: { 'data/a.jsonl': JSON.stringify(GOOD) } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'validated', 'file-count': '1', 'dataset-id': '' })
    expect(run.log).toContain('1 row validated, no errors')
    expect(run.annotations).toEqual([])
    expect(run.results).toEqual([])
    expect(sarifFaults(run.kept.sarif)).toEqual([])
    expect(JSON.parse(run.kept.report)).toMatchObject({ version: 1, outcome: 'validated', batches: [] })
  })

  it('are read from the platform without anything being written to it', async () => {
    await using platform = await localPlatform()
    const inputs = { mode: 'validate', validation: 'error', dataset: datasets.events, glob: 'data/*' }
    const run = await platform.publish({ files: { 'data/a.jsonl': JSON.stringify(GOOD) }, inputs })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'validated', 'dataset-id': datasets.events })
    expect(await platform.emulator.batches()).toEqual([])
    expect(platform.requests('POST', /./).map(({ target }) => target)).toEqual(['/ims/token/v3'])
  })
})

describe('rows that cannot be read', () => {
  it('are findings at their places, and the rows after them are checked', async () => {
    const text = `${JSON.stringify(GOOD)}\n{"_id":"e5" "timestamp":1}\n[]\n\n${JSON.stringify(BAD[0])}\n{"_id":`
    const run = await validateOffline(eventsSchema, { files: { 'data/a.jsonl': text } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.checks).toMatchObject([{ rows: 5, badRows: 4 }])
    const places = run.checks[0]?.findings.flatMap(({ code, first }) => first.map(({ place }) => ({ code, ...place })))
    expect(places).toMatchObject([
      { code: 'corrupt-record', line: 2, column: 13 },
      { code: 'corrupt-record', line: 6, column: 8 },
      { code: 'not-an-object', line: 3, column: 1 },
      { code: 'date-time-format', line: 5 },
    ])
  })
})

async function validateOnline(files: Readonly<Record<string, string>>): Promise<Validated> {
  await using platform = await localPlatform()
  const inputs = { mode: 'validate', validation: 'error', dataset: datasets.events, glob: 'data/*' }
  return readResult(await platform.publish({ files, inputs }))
}

function foundIn({ checks }: Validated) {
  return checks[0]?.findings.map(({ code, path, first: [one] }) => {
    const { line, column } = { line: 0, column: 0, ...one?.place }
    return { code, path, line, column }
  })
}
