import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { productsParquet } from '../support/parquet/parquet.ts'
import { datasets, member } from '../support/runs/platform-inputs.ts'
import { expectPublished, mainPhase, type WorkflowStep } from '../support/runs/workflow-step.ts'
import { PREVIOUS, desk, outcome, type Asked } from '../support/runs/publishing-desk.ts'

const names = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}`)

type Format = readonly [
  name: string,
  glob: string,
  inputs: Asked,
  file: (rows: readonly string[]) => string | Uint8Array,
]

const PRODUCTS = { dataset: datasets.products }
const csv = (rows: readonly string[]) => ['sku', ...rows, ''].join('\n')

const JSON_LINES: Format = ['JSON', 'data/a.jsonl', {}, (rows) => rows.map((id) => member(id)).join('')]
const JSON_ARRAY: Format = ['a JSON array', 'data/a.json', {}, (rows) => `[${rows.map((id) => member(id)).join(',')}]`]
const PARQUET: Format = ['Parquet', 'data/a.parquet', PRODUCTS, productsParquet]
const CSV: Format = ['CSV', 'data/a.csv', PRODUCTS, csv]
const CHECKED_CSV: Format = ['CSV that is checked', 'data/a.csv', { ...PRODUCTS, validation: 'error' }, csv]

/** So many rows, which no other run publishes. */
function step([, glob, inputs, file]: Format, rows: number, run: number): WorkflowStep {
  return { files: { [glob]: file(names(rows, `r${run}-`)) }, run, inputs: { ...PREVIOUS, ...inputs, glob } }
}

async function expectStopped(platform: LocalPlatform, run: Awaited<ReturnType<typeof mainPhase>>) {
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '' })
  expect((await platform.emulator.batches()).map(({ stage }) => stage)).toEqual(['success'])
}

describe.each([JSON_LINES, JSON_ARRAY, PARQUET, CHECKED_CSV])('%s', (...format) => {
  it.concurrent('that lost less than half of its rows takes the place of what was there', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await expectPublished(platform, step(format, 8, 1001))
    await expectPublished(platform, step(format, 5, 1002))
  })

  it.concurrent('that lost half or more is stopped, with all numbers, before anything is sent', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, step(format, 8, 1001))
    const run = await mainPhase(platform, step(format, 3, 1002))
    await expectStopped(platform, run)
    const [, line = ''] = /^::error::Cannot publish: (.*)$/m.exec(run.log) ?? []
    // As the runner shows it: it reads %25 as a per cent sign.
    const numbers = decodeURIComponent(line)
    expect(numbers).toContain('the new data has 3 rows, 62.5 % fewer than the 8 rows that it would replace')
    expect(numbers).toContain(`(${id}), and "max-shrink-percent" stops at 50 %`)
    expect(numbers).toContain('100 disables the check')
    expect(run.summary).toContain('62.5 %')
  })
})

describe('rows of CSV', () => {
  it.concurrent('are known where it is validated, and guarded against what was sent before', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await expectPublished(platform, step(PARQUET, 8, 1001))
    await expectStopped(platform, await mainPhase(platform, step(CHECKED_CSV, 3, 1002)))
    await expectPublished(platform, step(CHECKED_CSV, 5, 1003))
  })

  it.concurrent('are known to nobody where it is not validated: then bytes are compared', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await expectPublished(platform, step(CSV, 8, 1001))
    const run = await mainPhase(platform, step(CSV, 3, 1002))
    await expectStopped(platform, run)
    expect(decodeURIComponent(run.log)).toMatch(/the new data has \d+ bytes, [\d.]+ % less than the \d+ bytes/)
    await expectPublished(platform, step(CSV, 5, 1003))
  })
})

describe('a platform that says nothing of its rows', () => {
  it.concurrent('leaves what was sent to compare', async () => {
    await using platform = await localPlatform({ staleReads: 0, metrics: 'missing' })
    await expectPublished(platform, step(JSON_LINES, 8, 1001))
    await expectStopped(platform, await mainPhase(platform, step(JSON_LINES, 1, 1002)))
  })
})

describe('`max-shrink-percent`', () => {
  const content = (rows: number, of: string) => ({
    'data/a.jsonl': names(rows, of)
      .map((id) => member(id))
      .join(''),
  })

  /** How content of so many rows ends that would replace 200 under this limit. */
  async function ends(rows: number, limit: string, more: Asked = {}): Promise<string | undefined> {
    const { publish } = desk({ staleReads: 0 })
    await publish(content(200, 'old'), PREVIOUS)
    return outcome(await publish(content(rows, 'new'), { ...PREVIOUS, 'max-shrink-percent': limit, ...more }))
  }

  it.each([
    ['0', 199, 'failed'],
    ['0', 200, 'published'],
    ['0', 201, 'published'],
    ['12.5', 176, 'published'],
    ['12.5', 175, 'failed'],
    ['50', 101, 'published'],
    ['50', 100, 'failed'],
    ['55', 90, 'failed'],
    ['99.6', 1, 'published'],
    ['99.5', 1, 'failed'],
    ['100', 1, 'published'],
  ])('of %s lets 200 rows become %i: %s', async (limit, rows, ending) => {
    expect(await ends(rows, limit)).toBe(ending)
  })

  it('does not guard what a person named by its id', async () => {
    const { publish } = desk({ staleReads: 0 })
    const first = await publish(content(200, 'old'), PREVIOUS)
    const ids = { ...PREVIOUS, 'replay-predecessors': first.outputs['batch-id'] ?? '' }
    expect(outcome(await publish(content(1, 'new'), ids))).toBe('published')
  })

  it('does not guard what is added', async () => {
    expect(await ends(1, '0', { 'replay-predecessors': '' })).toBe('published')
  })

  it('counts rows that are expected to be accepted, not those that are sent', async () => {
    const { publish } = desk({ staleReads: 0 })
    const mixed = (good: number, bad: number, of: string) => ({
      'data/a.jsonl': [
        ...names(good, of).map((id) => member(id)),
        ...names(bad, `bad-${of}`).map((id) => member(id, { points: 'many' })),
      ].join(''),
    })
    const lenient = { ...PREVIOUS, validation: 'error', 'error-threshold': '60' }
    await publish(mixed(20, 0, 'old'), lenient)
    const half = await publish(mixed(10, 10, 'new'), lenient)
    expect([outcome(half), half.errors.join()]).toEqual(['failed', expect.stringContaining('has 10 rows, 50 % fewer')])
    expect(outcome(await publish(mixed(11, 9, 'newer'), lenient))).toBe('partially-published')
  })

  it('of 100 does not let rows be replaced by none', async () => {
    const { publish } = desk({ staleReads: 0 })
    await publish(content(20, 'old'), PREVIOUS)
    const bad = {
      'data/a.jsonl': names(20, 'bad')
        .map((id) => member(id, { points: 'many' }))
        .join(''),
    }
    const careless = { ...PREVIOUS, validation: 'warn', 'error-threshold': '100', 'max-shrink-percent': '100' }
    const run = await publish(bad, careless)
    expect([outcome(run), run.errors.join()]).toEqual([
      'failed',
      expect.stringContaining('the platform is expected to reject every row of the new data'),
    ])
  })

  it('does not stop the same content, however little is left of it', async () => {
    const { publish } = desk({ staleReads: 0 })
    await publish(content(200, 'old'), PREVIOUS)
    const anew = { ...PREVIOUS, 'if-unchanged': 'publish', 'max-shrink-percent': '0' }
    expect(outcome(await publish(content(200, 'old'), anew))).toBe('published')
  })
})
