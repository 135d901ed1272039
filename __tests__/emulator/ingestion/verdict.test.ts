import { describe, expect, test } from 'vitest'
import { promote, stored } from './promote.ts'

const schema = { properties: { n: { type: 'integer' } }, required: ['n'] }
const oneOfFourBad = '{"n":1}\n{"n":2}\n{"n":3}\n{"n":"x"}\n'

describe('the verdict', () => {
  test('without bad rows a batch succeeds with its counts and without errors', async () => {
    const promotion = await promote([stored('{"n":1}\n{"n":2}'), stored('{"n":3}')], { schema, thresholdPercent: 0 })
    expect(promotion).toMatchObject({
      verdict: 'success',
      errors: [],
      rowErrors: [],
      metrics: {
        inputRecordCount: 3,
        outputRecordCount: 3,
        failedRecordCount: 0,
        inputByteSize: 22,
        inputFileCount: 2,
        outputFileCount: 1,
        partitionCount: 0,
      },
    })
  })

  test.each([
    [0, 'failed'],
    [24.9, 'failed'],
    [25, 'success'],
    [100, 'success'],
  ])('one bad row of four under a threshold of %d percent: %s', async (thresholdPercent, verdict) => {
    const promotion = await promote(oneOfFourBad, { schema, thresholdPercent })
    expect(promotion.verdict).toBe(verdict)
    expect(promotion.metrics?.['failedRecordCount']).toBe(verdict === 'success' ? 1 : undefined)
  })

  test('with diagnostics the errors count what was found and what was ingested', async () => {
    const text = `${oneOfFourBad}{"n":null}\n{}\nnothing\n`
    const { errors } = await promote(text, { schema })
    expect(errors).toMatchObject([
      { code: 'INGEST-1212-400', description: expect.stringMatching(/ 4 errors .* ingested 3 rows/) },
      { code: '100', recordCount: 1 },
      { code: 'INGEST-1555-400', recordCount: 2 },
      { code: 'INGEST-1401-400', recordCount: 1 },
    ])
  })

  test('of a failed batch no row is ingested', async () => {
    const { errors } = await promote(oneOfFourBad, { schema, thresholdPercent: 0 })
    expect(errors[0]?.description).toContain('ingested 0 rows')
  })

  test('without diagnostics there is one error that asks for them, and no row files', async () => {
    const promotion = await promote(oneOfFourBad, { schema, diagnostics: false })
    expect(promotion.errors).toEqual([
      { code: 'INGEST-1211-400', description: expect.stringContaining('error diagnostics') },
    ])
    expect(promotion.rowErrors).toEqual([])
  })

  test('a row with two errors of one code counts once', async () => {
    const twice = { properties: { a: { type: 'integer' }, b: { type: 'integer' } } }
    const { errors } = await promote('{"a":"x","b":"y"}', { schema: twice })
    expect(errors).toMatchObject([{ code: 'INGEST-1212-400' }, { code: '100', recordCount: 1 }])
  })

  test('bad rows are counted exactly and kept up to a limit', async () => {
    const { errors, rowErrors } = await promote('{"n":"x"}\n'.repeat(10_050), { schema })
    expect(errors[1]).toMatchObject({ code: '100', recordCount: 10_050 })
    expect(rowErrors[0]?.records).toHaveLength(10_000)
  })

  test('a storage that fails is no verdict', async () => {
    const broken = { name: 'a.json', size: 9, read: () => Promise.reject(new Error('the disk is gone')) }
    await expect(promote([broken])).rejects.toThrow('the disk is gone')
  })
})
