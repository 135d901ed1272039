import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { checkFile } from '../../../src/formats/check.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { validateOffline } from '../../support/check/validated.ts'

const preload = pathToFileURL(`${import.meta.dirname}/../../support/runs/say-threads.mjs`)
const env = { NODE_OPTIONS: `--import=${preload.href}` }
const threadsIn = (log: string) => log.match(/^A thread began$/gm)?.length ?? 0

const ENDLESS_SCHEMA = {
  ...loyaltySchema,
  properties: { ...loyaltySchema.properties, _id: { type: 'string', pattern: '^(a+)+$' } },
}
const ENDLESS_ROW = `${JSON.stringify({ _id: `${'a'.repeat(100)}!` })}\n`

/** Wrong rows here and there, at the ends of slices as well. */
function rows(count: number): string {
  const filler = 'ü🎉'.repeat(100)
  const wrong = (index: number) =>
    index % 5_003 === 7 ? { points: 1.5 } : index % 7_001 === 9 ? { newsletter: 'x' } : {}
  const row = (_: unknown, index: number) => member(`m${index}`, { channel: filler, ...wrong(index) })
  return Array.from({ length: count }, row).join('')
}

describe('more than a MiB of rows', () => {
  const text = rows(14_000)

  it('is checked in threads of the built bundle, with the findings of a single thread', async () => {
    const run = await validateOffline(loyaltySchema, { files: { 'data/a.jsonl': text }, env })
    expect(run.exitCode, run.log).toBe(1)
    expect(threadsIn(run.log)).toBeGreaterThan(0)
    const source = { schema: loyaltySchema, descriptors: undefined }
    const check = rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false })
    const here = { checker: createLocalChecker(check), signal: new AbortController().signal }
    const { keys: _, ...found } = await checkFile(
      { content: bytesContent(Buffer.from(text)), shape: { format: 'json', kind: 'lines' } },
      here,
    )
    expect(run.checks).toEqual([{ path: 'data/a.jsonl', changedRows: 3, ...found }])
    expect(found).toMatchObject({ badRows: 5, rejectedRows: 2 })
  })

  it('of all files together, and less is not worth a thread', async () => {
    const few = await validateOffline(loyaltySchema, { files: { 'data/a.jsonl': text.slice(0, 400_000) }, env })
    expect(threadsIn(few.log)).toBe(0)
    const half = text.slice(0, text.indexOf('\n', 400_000) + 1)
    const both = await validateOffline(loyaltySchema, { files: { 'data/a.jsonl': half, 'data/b.jsonl': half }, env })
    expect(threadsIn(both.log)).toBe(1)
    expect(both.checks[1]).toEqual({ ...both.checks[0], path: 'data/b.jsonl' })
  })

  it('is left when the run is cancelled', async () => {
    // Each file has a row without an end, so that the run can't be over before it is cancelled.
    const endless = text + ENDLESS_ROW
    const files = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`data/${index}.jsonl`, endless]))
    let cancelledAt = 0
    const run = await validateOffline(ENDLESS_SCHEMA, {
      files,
      env,
      onLine: {
        match: /^A thread began$/m,
        act: (child) => {
          cancelledAt = performance.now()
          child.kill('SIGINT')
        },
      },
    })
    expect(performance.now() - cancelledAt).toBeLessThan(30_000)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'sarif-path': '' })
    expect(run.log).toContain('::error::The step was cancelled (SIGINT)')
    expect(run.checks).toEqual([])
  })
})

describe('a pattern that never ends', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('does not keep %s from being heard, also in a small file', async (signal) => {
    const run = await validateOffline(ENDLESS_SCHEMA, {
      files: { 'data/a.jsonl': ENDLESS_ROW },
      env,
      onLine: { match: /^A thread began$/m, act: (child) => void child.kill(signal) },
    })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'cancelled' })
    expect(run.log).toContain(`::error::The step was cancelled (${signal})`)
  })
})
