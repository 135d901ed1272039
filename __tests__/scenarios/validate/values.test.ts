import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { productsSchema } from '../../../emulator/seed/products-schema.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { validateOffline, type Validated } from '../../support/check/validated.ts'

/** Digits that no clock, hash or port of a run holds by chance. */
const DIGITS = '47110815'

const CANARY = `Zebra${DIGITS}`

const HIDDEN = /Zebra|47110815|4711-04-71/

const long = CANARY.repeat(30)

const schema = {
  ...loyaltySchema,
  properties: {
    ...loyaltySchema.properties,
    coded: { type: 'string', pattern: '^[a-z]$' },
    short: { type: 'string', maxLength: 3 },
    bounded: { type: 'number', maximum: 10 },
    precise: { type: 'number' },
  },
}

const person = (more: object) => JSON.stringify({ ...(JSON.parse(member('1')) as object), ...more })

/** A row for each kind of finding, the value that it is about with the canary in it. */
const ROWS = [
  member('2', { points: CANARY }),
  member('3', { points: Number(`${DIGITS}.4711`) }),
  member('4', { points: Number(`${DIGITS}4711`) }),
  member('5', { tier: CANARY }),
  member('6', { newsletter: CANARY }),
  member('7', { memberSince: CANARY }),
  member('8', { discount: CANARY }),
  member('9', { tags: CANARY }),
  member('10', { attributes: [CANARY] }),
  person({ person: { birthDate: CANARY } }),
  person({ person: { birthDate: '4711-04-71' } }),
  person({ personalEmail: { address: CANARY } }),
  person({ coded: CANARY, short: CANARY, bounded: Number(DIGITS) }),
  person({ unknown: CANARY }),
  person({ precise: Number(DIGITS) }).replace(DIGITS, DIGITS.repeat(4)),
  `{"_id":"${CANARY}","_id":"${CANARY}",${member('11').slice(1)}`,
  `"${CANARY}"`,
  `{"a":"${CANARY}" "b":1}`,
  `{"a":${CANARY}}`,
  `{"a":"${CANARY}`,
  person({ short: long }),
]

const FILES = {
  'data/a.jsonl': ROWS.map((row) => `${row.trimEnd()}\n`).join(''),
  'data/b.json': `[${person({ coded: CANARY })}]`,
}

describe('values of the data', () => {
  it('stand in no log, annotation, report or summary, whatever is wrong with them', async () => {
    const run = await validateOffline(schema, { files: FILES })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.checks[0]).toMatchObject({ rows: ROWS.length, badRows: 18 })
    const codes = new Set(run.checks.flatMap(({ findings }) => findings.map(({ code }) => code)))
    expect([...codes].toSorted()).toEqual([
      'bounds',
      'corrupt-record',
      'date-format',
      'date-time-format',
      'duplicate-key',
      'enum',
      'format',
      'integer-fraction',
      'integer-range',
      'length',
      'not-an-object',
      'number-format',
      'number-precision',
      'pattern',
      'type-mismatch',
      'unknown-field',
    ])
    expectHidden(run)
  })

  it('are hidden in columns, too', async () => {
    const columns = [{ name: '_9b1d0001', data: [{ price: CANARY, stock: Number(`${DIGITS}.4711`) }] }]
    const elements = [
      { name: '_9b1d0001', num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'price', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      { name: 'stock', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
    ] as const
    const flat = { ...productsSchema, 'meta:datasetNamespace': '_9b1d0001' }
    expectHidden(await validateOffline(flat, { files: { 'data/a.parquet': parquetFile(elements, columns) } }))
    const csv = `sku,colour\n"${CANARY}",1,${CANARY}\n${CANARY},"${CANARY}"${CANARY}\n`
    expectHidden(await validateOffline(flat, { files: { 'data/a.csv': csv } }))
  })

  it('are hidden where a file cannot be read at all', async () => {
    for (const text of [`[{"a":"${CANARY}"} {}]`, `{\n"a":${CANARY}}`, CANARY, `[1,"${CANARY}"]`]) {
      const run = await validateOffline(schema, { files: { 'data/a.json': text } })
      expect(run.outputs['outcome']).toBe('invalid')
      expect(everything(run)).not.toMatch(HIDDEN)
    }
    for (const text of [`sku\n${CANARY}\r${CANARY}\n`, `sku\n"${CANARY}\n"\n`, `sku\nA\n"${CANARY}\n`]) {
      const run = await validateOffline(schema, { files: { 'data/a.csv': text } })
      expect(run.outputs['outcome']).toBe('invalid')
      expect(everything(run)).not.toMatch(HIDDEN)
    }
  })

  it('are shown when they are asked for, and cut where they are long', async () => {
    const run = await validateOffline(schema, { files: FILES, inputs: { 'show-values': 'true' } })
    expect(run.annotations.map(({ text }) => text).join('\n')).toContain(`"${CANARY}"`)
    expect(run.kept.report).toContain(`\\"${CANARY}\\"`)
    expect(run.kept.sarif).toContain(`\\"${CANARY}\\"`)
    expect(run.kept.report).toContain('4711-04-71')
    expect(everything(run)).not.toContain(long)
  })
})

function expectHidden(run: Validated): void {
  expect(run.checks.flatMap(({ findings }) => findings)).not.toEqual([])
  expect(everything(run)).not.toMatch(HIDDEN)
}

function everything({ log, kept, summary, outputs }: Validated): string {
  const hashed = /"sha256": "[0-9a-f]{64}"/g
  const shown = log.replace(/^::debug::Search path.*$/gm, '')
  return [shown, kept.report.replace(hashed, ''), kept.sarif, summary, outputs['batch-ids']].join('\n')
}
