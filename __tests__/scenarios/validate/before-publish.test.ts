import { expect } from 'vitest'
import type { Effect } from '../../../emulator/faults/faults.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { describeScenarios, type Scenario } from '../../support/runs/scenario.ts'
import { readResult } from '../../support/check/validated.ts'

/** One file with so many rows in order, and so many more that are not. */
function rows(good: number, bad: number) {
  const lines = [
    ...Array.from({ length: good }, (_, index) => member(`g${index}`)),
    ...Array.from({ length: bad }, (_, index) => member(`b${index}`, { points: 'many' })),
  ]
  return { 'data/a.jsonl': lines.join('') }
}

const PREDICTED: unknown = expect.stringMatching(/expected an integer.*rejected by the platform/)
const ERROR = { validation: 'error' }
const NO_SCHEMA_READ = { 'GET schemaregistry': 0 }

describeScenarios('"validation: error"', {
  'stops before a batch exists': {
    files: rows(3, 1),
    inputs: ERROR,
    exitCode: 1,
    outputs: { outcome: 'invalid', 'batch-id': '', 'dataset-id': datasets.loyalty },
    log: ['1 of 4 rows (25 %25) would be rejected ("error-threshold" allows 0 %25): the batch is expected to fail'],
    annotations: [{ level: 'error', file: 'data/a.jsonl', line: 4, title: 'number-format' }],
    batches: [],
    requests: { 'POST import': 0 },
  },
  'lets through what the error threshold lets through, and the platform does as predicted': {
    files: rows(3, 1),
    inputs: { ...ERROR, 'error-threshold': '25' },
    exitCode: 0,
    log: ['("error-threshold" allows 25 %): the batch is expected to succeed without these rows'],
    outputs: { outcome: 'partially-published', 'records-written': '3', 'records-failed': '1' },
    // What was found before, and what the platform says of it, are one annotation.
    annotations: [{ level: 'error', line: 4, text: PREDICTED }],
    also: (run) => expect(readResult(run).results).toHaveLength(1),
  },
  'stops where the bad rows are above the threshold': {
    files: rows(2, 1),
    inputs: { ...ERROR, 'error-threshold': '33.3' },
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    log: ['(33.33 %25)'],
    batches: [],
  },
  'is not stopped by warnings': {
    files: {
      'data/a.jsonl': JSON.stringify({
        ...(JSON.parse(member('1')) as object),
        personalEmail: { address: 'nobody' },
      }),
    },
    inputs: ERROR,
    exitCode: 0,
    outputs: { outcome: 'published' },
    annotations: [{ level: 'warning', title: 'format' }],
  },
})

describeScenarios('"validation: warn"', {
  'says what is wrong and goes on': {
    files: rows(3, 1),
    inputs: { validation: 'warn' },
    exitCode: 1,
    outputs: { outcome: 'failed', status: 'failed' },
    annotations: [{ file: 'data/a.jsonl', line: 4, text: PREDICTED }],
    log: ['the batch is expected to fail'],
    batches: [{ stage: 'failed' }],
  },
  'lets a pull request pass': {
    files: rows(0, 1),
    inputs: { validation: 'warn', mode: 'validate' },
    exitCode: 0,
    outputs: { outcome: 'validated' },
    also: (run) => expect(readResult(run).results).toHaveLength(1),
  },
})

/** What the platform rejects is shown all the same. */
function unchecked(mode: string, outcome: string, annotations: readonly object[]): Scenario {
  return {
    files: rows(1, 1),
    inputs: { validation: 'off', mode, 'error-threshold': '50' },
    exitCode: 0,
    outputs: { 'sarif-path': '', outcome },
    annotations,
  }
}

describeScenarios('"validation: off" reads', {
  'no schema in mode: validate': { ...unchecked('validate', 'validated', []), requests: NO_SCHEMA_READ },
  'the schema once in mode: publish, for its class alone': {
    ...unchecked('publish', 'published', []),
    files: rows(2, 0),
    requests: { 'GET /schemaregistry/': 1, 'GET /schemas/': 1 },
  },
})

describeScenarios('"validation: off", and a row that the platform rejects:', {
  'which names may be shown is looked up afterwards': unchecked('publish', 'partially-published', [
    { title: '100', text: expect.stringMatching(/^\/_emutenant\/loyalty\/points: /) },
  ]),
  'without the schema no field is named': {
    ...unchecked('publish', 'partially-published', [{ title: '100', text: expect.stringMatching(/^the record: /) }]),
    faults: [
      { method: 'GET', path: '/**/schemaregistry/**', times: 0, effect: { kind: 'answer', status: 403, body: '{}' } },
    ],
  },
})

const FORBIDDEN = { kind: 'answer', status: 403, body: JSON.stringify({ title: 'Forbidden' }) } as const

/** A schema that nobody gets from the registry. */
function unreadable(effect: Effect, validation: string): Pick<Scenario, 'faults' | 'files' | 'inputs'> {
  const faults = [{ method: 'GET', path: '/**/schemaregistry/*/schemas/*', times: 0, effect }]
  return { faults, files: rows(1, 0), inputs: { validation } }
}

/** The permission that is missing, and the ways round. */
const stopped: Omit<Scenario, 'files'> = {
  exitCode: 1,
  outputs: { outcome: 'failed', 'sarif-path': '' },
  error: ['"View Schemas"', '"schema-file"', '"validation: off"'],
  batches: [],
}
const warned: Omit<Scenario, 'files'> = {
  exitCode: 0,
  outputs: { outcome: 'published', 'sarif-path': '' },
  log: [/^::warning::Cannot read the schema .*The rows are not validated/m],
}
const ownSchema = {
  $id: 'x',
  type: 'object',
  properties: { _emutenant: { type: 'object', properties: { x: { type: 'string' } } } },
}

describeScenarios('a schema that cannot be read', {
  'stops when the registry forbids it': { ...unreadable(FORBIDDEN, 'error'), ...stopped },
  'stops when the registry does not know it': { ...unreadable({ kind: 'missing' }, 'error'), ...stopped },
  'is said under "warn" when the registry forbids it, and the rows are sent': {
    ...unreadable(FORBIDDEN, 'warn'),
    ...warned,
  },
  'is said under "warn" when the registry does not know it, and the rows are sent': {
    ...unreadable({ kind: 'missing' }, 'warn'),
    ...warned,
  },
  'is gone round by a file, with the dataset of the platform': {
    ...unreadable(FORBIDDEN, 'error'),
    files: { ...rows(1, 0), 'schema.json': JSON.stringify(ownSchema) },
    inputs: { ...ERROR, 'schema-file': 'schema.json' },
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    // The file holds another schema than the dataset has, whose class is looked at.
    requests: { 'GET /schemaregistry/': 1, 'GET /schemas/': 1 },
  },
  'still has its rows checked when only the identities are out of reach': {
    faults: [{ path: '/**/descriptors', times: 0, effect: FORBIDDEN }],
    files: rows(1, 1),
    inputs: ERROR,
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    also: (run) => expect(readResult(run).checks).toMatchObject([{ rows: 2, badRows: 1 }]),
  },
})
