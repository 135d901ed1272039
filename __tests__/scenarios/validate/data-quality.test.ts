import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { addSchema } from '../../support/emulator/more-schemas.ts'
import { readResult } from '../../support/check/validated.ts'

const FIELDS = {
  _id: { type: 'string' },
  score: { type: 'number', minimum: 0, maximum: 10 },
  zip: { type: 'string', pattern: '^[0-9]{5}$', minLength: 5, maxLength: 5 },
  mail: { type: 'string', format: 'email' },
  visits: { type: 'integer', 'meta:xdmType': 'int' },
}

async function publish(platform: LocalPlatform, rows: readonly object[], inputs: Readonly<Record<string, string>>) {
  const schemaId = addSchema(platform, { properties: FIELDS })
  const dataset = addDataset(platform, { name: 'Scores', schemaId })
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  return readResult(await platform.publish({ files: { 'data/a.jsonl': text }, inputs: { ...inputs, dataset } }))
}

describe('what batch ingestion checks', () => {
  it('is an error: a number above its maximum stops the publish', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, [{ score: 10 }, { score: 10.5 }], { validation: 'error' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'invalid', 'batch-id': '' })
    expect(run.annotations).toMatchObject([{ level: 'error', line: 2, title: 'bounds' }])
    expect(run.annotations[0]?.text).toContain('expected a number of at least 0 and of at most 10')
  })

  it('is what fails the batch: a number below its minimum does, as the log had predicted', async () => {
    await using platform = await localPlatform()
    const run = await publish(platform, [{ score: 1 }, { score: -1 }], { validation: 'warn' })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'failed' })
    expect(run.annotations).toMatchObject([{ level: 'error', line: 2, title: 'EMU-BOUNDS' }])
  })

  it.each([
    ['pattern', { zip: 'abcde' }],
    ['length', { zip: '123456' }],
    ['format', { mail: 'nobody' }],
  ])('is not every keyword: %s is a warning, and the platform takes the row', async (_, row) => {
    await using platform = await localPlatform()
    const run = await publish(platform, [row], { validation: 'error' })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '1' })
    expect(run.checks[0]?.findings.map(({ level }) => level)).not.toContain('error')
  })
})
