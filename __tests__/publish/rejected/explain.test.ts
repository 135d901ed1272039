import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/publish/rejected/explain.ts'
import { lostRows } from '../../../src/publish/rejected/diagnose.ts'
import { reasonsOf } from '../../../src/publish/rejected/explain.ts'
import { batchRecord } from '../../support/make.ts'
import { tookMs } from '../../support/time/took.ts'

function row(...codes: readonly string[]) {
  const errors = codes.map((code) => ({ code, pointer: '', message: '' }))
  return { errors, key: '', fileName: undefined, record: undefined }
}

function error(code: string, description = '', recordCount?: number) {
  return { code, description, recordCount }
}

describe('the reasons of a batch', () => {
  it('are one for each code, with the words and the numbers of the platform', () => {
    const errors = [error('100', 'a', 2), error('7'), error('100', 'a', 2), error('100', 'b', 3)]
    expect(reasonsOf(errors, [])).toMatchObject([
      { code: '100', texts: ['a', 'b'], rows: 5, sampled: 0 },
      { code: '7', texts: [], rows: undefined, sampled: 0, explanation: undefined },
    ])
  })

  it('count a row once for each of its codes, the short ones with the long ones', () => {
    const errors = [error('INGEST-1401-400', '', 9)]
    expect(reasonsOf(errors, [row('1401', '1401', '100'), row('1401')])).toMatchObject([
      { code: 'INGEST-1401-400', rows: 9, sampled: 2 },
      { code: '100', rows: undefined, sampled: 1 },
    ])
    expect(reasonsOf([], [row('1401')])).toMatchObject([{ code: '1401', sampled: 1 }])
  })
})

describe('an explanation', () => {
  const codes = `100 106 118 123 124 140 200 405 1401 0070000017 unknown err-1700000000000 INGEST-1211-400 INGEST-1212-400
    INGEST-1401-400 INGEST-1555-400 INGEST-1554-400 INGEST-1002-400 TypeCompatibilityException ERR-BI-104 ERR-BI-106
    MAPPER-3700-400 DPMAP-1 CONNECTOR-2001-500 DCVS-1104-400 DCVS-1105-400 DCVS-1106-400 DCVS-1111-400
    INGEST-1207-400 INGEST-9999-400 CONNECTOR-1001-500 CONNECTOR-3001-500 UPLIB-101003-400 UPLIB-101722-400
    UPAPI-038022-404 UPLIB-201001-404 UPAPI-001025-422 UPLIB-101601-500 adobe_uis_export_status timestampExpired
    HYGN-3102-400 PES-404 PES-409 INSGHT-1000 INSGHT-1001 INSGHT-1002 INSGHT-1003 XDM-1816-400`

  it.each(codes.split(/\s+/))('of %s has a cause and a remedy, both whole sentences', (code) => {
    const { cause = '', remedy = '' } = explain(code) ?? {}
    for (const text of [cause, remedy]) expect(text).toMatch(/^(?:[A-Z]|"mode).*\.$/)
  })

  it.each([
    '',
    'EMU-ENUM',
    'INGEST-99-400',
    'INGEST-9999-500',
    'DCUE-0006',
    'INSGHT-1004',
    '10',
    'constructor',
    '__proto__',
    'xMAPPER-1',
  ])('is not made up for %j', (code) => {
    expect(explain(code)).toBeUndefined()
  })
})

it('a duplicate is not said to be harmless: its rows are to be looked for before they are published again', () => {
  const { cause = '', remedy = '' } = explain('140') ?? {}
  expect(`${cause} ${remedy}`).not.toMatch(/nothing is lost|made itself/i)
  expect(remedy).toMatch(/^Check that the dataset holds the rows.*Publish again only if it does not/)
})

describe('rows that were lost', () => {
  it.each([
    [{ metrics: { failedRecordCount: 4 }, errors: [{ code: '100', recordCount: 2 }] }, 4],
    [
      {
        errors: [
          { code: '100', recordCount: 2 },
          { code: '7', recordCount: 5 },
        ],
      },
      5,
    ],
    [{ errors: [{ code: 'INGEST-1212-400' }] }, 1],
    [{ errors: [{ code: '106' }] }, 0],
    [{}, 0],
  ])('are, by %j, at least %i', (body, rows) => {
    expect(lostRows(batchRecord('failed', body))).toBe(rows)
  })
})

it('reasons of as many codes as an answer holds are read once', async () => {
  const errors = Array.from({ length: 100_000 }, (_, i) => ({
    code: `c${i}`,
    description: 'x',
    recordCount: undefined,
  }))
  const ms = await tookMs(() => expect(reasonsOf(errors, [])).toHaveLength(100_000))
  expect(ms).toBeLessThan(60_000)
})
