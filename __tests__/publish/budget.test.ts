import { describe, expect, it } from 'vitest'
import type { Settings } from '../../emulator/settings.ts'
import { type BatchBudget, type BudgetQuestion, countBudget, describeBudget } from '../../src/publish/budget.ts'
import type { DatasetRecord } from '../../src/platform/records.ts'
import { contextOf } from '../support/runs/context.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../support/emulator/in-memory-platform.ts'
import { datasetId } from '../support/make.ts'
import { addDataset } from '../support/emulator/more-datasets.ts'
import { never } from '../support/time/never.ts'
import { LOYALTY, apisOf, strayBatch } from '../support/platform/platform-client.ts'
import { datasets } from '../support/runs/platform-inputs.ts'

const DAY = 86_400_000
const SCHEMA = { title: 'Loyalty', behaviour: 'record', isUnion: true } as const
const PROFILES = { ...SCHEMA, entity: 'profile' } as const
const DIMENSION = { ...SCHEMA, entity: 'dimension' } as const

async function recordOf(platform: InMemoryPlatform, id: string): Promise<DatasetRecord> {
  const found = await (await apisOf(platform)).datasets.read(datasetId(id), never())
  if (found.kind === 'missing') throw new Error('There is no such dataset')
  return found.record
}

type Asked = Partial<BudgetQuestion> & { readonly into?: string; readonly settings?: Partial<Settings> }

/** Counts for one batch to send into a dataset, beside what has been sent. */
async function counted(platform: InMemoryPlatform, { into = LOYALTY, ...asked }: Asked = {}) {
  const lines: string[] = []
  const log = { info: (text: string) => void lines.push(text) }
  const { clock } = platform
  const question = { dataset: await recordOf(platform, into), schema: PROFILES, isUpsert: false, sends: 1, ...asked }
  return { budget: await countBudget(question, contextOf({ ...(await apisOf(platform)), clock, log })), lines }
}

async function send(platform: InMemoryPlatform, times: number): Promise<void> {
  const apis = await apisOf(platform)
  for (let time = 0; time < times; time++) await strayBatch(apis)
}

describe('the batches a day that Profile takes', () => {
  it('are those that were sent into datasets for Profile in the last 24 hours', async () => {
    const platform = inMemoryPlatform()
    await send(platform, 2)
    await platform.clock.sleep(DAY + 1_000, never())
    await send(platform, 3)
    const { budget } = await counted(platform, { into: datasets.upsertable })
    expect(budget).toEqual({ kind: 'profile', used: 3, isAtLeast: false, sends: 1, most: 90 })
  })

  it('do not count what was never completed, or failed', async () => {
    const platform = inMemoryPlatform()
    const apis = await apisOf(platform)
    await strayBatch(apis, { until: 'loading' })
    const aborted = await strayBatch(apis, { until: 'loading' })
    await apis.batches.abort(aborted, never())
    expect((await counted(platform)).budget).toMatchObject({ used: 0 })
  })

  it('of a dimension entity are those of its dataset alone', async () => {
    const platform = inMemoryPlatform()
    await send(platform, 2)
    const dimension = { schema: DIMENSION }
    expect((await counted(platform, dimension)).budget).toMatchObject({ kind: 'dimension', used: 2, most: 4 })
    const other = await counted(platform, { ...dimension, into: datasets.upsertable })
    expect(other.budget).toMatchObject({ kind: 'dimension', used: 0 })
  })

  it('are nothing to count for a dataset that takes no part in Profile, unless this run enables it', async () => {
    const platform = inMemoryPlatform()
    const into = addDataset(platform, { name: 'Lake only' })
    const before = platform.emulator.requests().length
    expect((await counted(platform, { into })).budget).toBeUndefined()
    const asked = platform.emulator.requests().slice(before)
    expect(asked.filter(({ target }) => target.includes('createdAfter'))).toEqual([])
    expect((await counted(platform, { into, isUpsert: true })).budget).toMatchObject({ used: 0 })
  })

  it.each([
    ['the batches', '/**/batches?*'],
    ['the datasets', '/**/dataSets?*'],
  ])('are unknown, and nothing fails, where the list of %s cannot be read', async (_, path) => {
    const platform = inMemoryPlatform()
    platform.emulator.faults.add({ method: 'GET', path, times: 0, effect: { kind: 'answer', status: 403, body: '{}' } })
    const { budget, lines } = await counted(platform)
    expect(budget).toMatchObject({ kind: 'profile', used: undefined })
    expect(lines).toEqual([expect.stringMatching(/^Cannot count the batches of the last 24 hours: /)])
  })

  it('are unknown where nobody answers, and soon', async () => {
    const platform = inMemoryPlatform()
    platform.emulator.faults.add({
      method: 'GET',
      path: '/**/batches?*',
      times: 0,
      effect: { kind: 'answer', status: 503 },
    })
    const begun = platform.clock.now()
    expect((await counted(platform)).budget).toMatchObject({ used: undefined })
    expect(platform.clock.now() - begun).toBeLessThan(30_000)
  })

  it('end with the run when it is cancelled', async () => {
    const platform = inMemoryPlatform()
    const dataset = await recordOf(platform, LOYALTY)
    const context = contextOf({ ...(await apisOf(platform)), clock: platform.clock, signal: AbortSignal.abort() })
    const question = { dataset, schema: PROFILES, isUpsert: false, sends: 1 }
    await expect(countBudget(question, context)).rejects.toThrow('aborted')
  })
})

describe('what is shown of them', () => {
  const budget = { kind: 'profile', used: 3, isAtLeast: false, sends: 1, most: 90 } as const satisfies BatchBudget

  it.each<readonly [string, Partial<BatchBudget>, string, RegExp]>([
    [
      'far from the limit',
      {},
      'info',
      /sandbox in the last 24 hours: 3, this publish run adds 1; .* at most 90 a day$/,
    ],
    ['just below 80 %', { used: 70 }, 'info', /70, this publish run adds 1/],
    ['at 80 %', { used: 71 }, 'warning', /71, this publish run adds 1; .* 90 a day\. Publish fewer, larger batches$/],
    ['above the limit', { used: 1_000, isAtLeast: true }, 'warning', /hours: at least 1,000, this publish run adds 1/],
    [
      'of a dimension entity',
      { kind: 'dimension', most: 4, used: 2 },
      'info',
      /dimension entity .* 2, this publish run adds 1; .* 4 a day/,
    ],
    [
      'of a dimension entity, its last',
      { kind: 'dimension', most: 4, used: 3 },
      'warning',
      /3, this publish run adds 1; .* 4 a day/,
    ],
    ['where it could not be counted', { used: undefined }, 'info', /in the last 24 hours: unknown; Adobe/],
  ])('%s', (_, more, level, text) => {
    expect(describeBudget({ ...budget, ...more })).toEqual({ level, text: expect.stringMatching(text) })
  })
})
