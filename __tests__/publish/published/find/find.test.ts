import { describe, expect, it } from 'vitest'
import type { BatchState } from '../../../../src/platform/batch-state.ts'
import type { Platform } from '../../../../src/context.ts'
import type { BatchRecord } from '../../../../src/platform/records.ts'
import { findPublished, recordsOf } from '../../../../src/publish/published/find.ts'
import { contextOf } from '../../../support/runs/context.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../../support/emulator/in-memory-platform.ts'
import { never } from '../../../support/time/never.ts'
import { apisOf, LOYALTY, strayBatch } from '../../../support/platform/platform-client.ts'
import { platformWithHistory } from '../../../support/emulator/platform-with-history.ts'

const PLACE = { dataset: LOYALTY, repositoryId: '4711' }

function look({ catalog }: Platform, { clock }: Pick<InMemoryPlatform, 'clock'>) {
  return findPublished(PLACE, contextOf({ catalog, clock }))
}

function nameOf({ isOpen, isInWork, holdsRows }: BatchState): string {
  if (holdsRows) return 'active'
  if (isInWork) return 'in progress'
  return isOpen ? 'open' : 'gone'
}

async function desk(settings = {}) {
  const platform = inMemoryPlatform(settings)
  const apis = await apisOf(platform)
  const settle = () => platform.clock.sleep(10_000, never())
  const states = async () =>
    (await look(apis, platform)).batches.map(({ record, state, holder }) =>
      holder === record.id ? nameOf(state) : `${nameOf(state)} in ${holder}`,
    )
  return { platform, apis, settle, states }
}

describe('what a dataset holds of this repository', () => {
  it('is every batch with its tags, wherever it stands', async () => {
    const { apis, settle, states } = await desk()
    await strayBatch(apis)
    await settle()
    await strayBatch(apis)
    await strayBatch(apis, { until: 'loading' })
    expect((await states()).toSorted()).toEqual(['active', 'in progress', 'open'])
  })

  it('is never less than what a look before has shown: a list may come from a replica that lags', async () => {
    const { platform, apis, settle } = await desk()
    await strayBatch(apis)
    await settle()
    const before = recordsOf(await look(apis, platform))
    const after = async (listed: readonly BatchRecord[]) => {
      const context = contextOf({ catalog: { ...apis.catalog, batches: async () => listed }, clock: platform.clock })
      return (await findPublished({ ...PLACE, seen: before }, context)).batches.map(({ state }) => nameOf(state))
    }
    expect(await after([])).toEqual(['active'])
    expect(await after(before.map((record) => ({ ...record, status: 'staging' })))).toEqual(['active'])
    expect(await after(before.map((record) => ({ ...record, status: 'inactive' })))).toEqual(['gone'])
  })

  it('is known by what its fingerprints would be today, where an earlier release made them by another formula', async () => {
    const { platform, apis, settle } = await desk()
    await strayBatch(apis, { marks: { publishFingerprint: 'before', fingerprint: 'part before', namesHash: 'O' } })
    await settle()
    const query = { publishes: ['today', 'before'], files: 'none', runId: '7' }
    const knownAs = new Map([
      ['before', 'today'],
      ['part before', 'part today'],
    ])
    const asked: (readonly string[])[] = []
    const listed: Platform['catalog']['batches'] = (one, signal) => {
      asked.push(one.tags ?? [])
      return apis.catalog.batches(one, signal)
    }
    const context = contextOf({ catalog: { ...apis.catalog, batches: listed }, clock: platform.clock })
    const { batches } = await findPublished({ ...PLACE, only: query, knownAs }, context)
    expect(
      batches.map(({ provenance: { publishFingerprint, fingerprint } }) => [publishFingerprint, fingerprint]),
    ).toEqual([['today', 'part today']])
  })

  it('is none of another repository, whatever its name, and none that nobody marked', async () => {
    const { apis, settle, states } = await desk()
    await strayBatch(apis, { run: { repositoryId: '47110' } })
    await strayBatch(apis, { marks: { publishFingerprint: '' } })
    await settle()
    expect(await states()).toEqual([])
  })

  it('is compared here too, should the platform’s filters let through more', async () => {
    const { platform, apis, settle } = await desk()
    await strayBatch(apis, { run: { repositoryId: '47110' } })
    await strayBatch(apis)
    await settle()
    const batches: Platform['catalog']['batches'] = (_, signal) => apis.catalog.batches({}, signal)
    const { batches: held } = await look({ ...apis, catalog: { ...apis.catalog, batches } }, platform)
    expect(held.map(({ provenance: mark }) => mark.repositoryId)).toEqual(['4711'])
  })

  it('is known by the repository’s id, though it was renamed', async () => {
    const { apis, settle, states } = await desk()
    await strayBatch(apis, { run: { repository: 'acme/renamed' } })
    await settle()
    expect(await states()).toEqual(['active'])
  })

  it.each([8, 60])('has what is active or stalled after %i days, and not what was left open', async (days) => {
    const { platform, apis, states } = await desk({ tokenLifeSeconds: 1e9 })
    await strayBatch(apis, { until: 'loading' })
    await strayBatch(apis)
    await platform.clock.sleep(days * 24 * 3_600_000, never())
    expect(await states()).toEqual(['active'])
  })

  it('takes an unknown status for one in progress', async () => {
    const { apis, settle, states } = await desk({ hold: { status: 'never-heard-of', forMs: 60_000 } })
    await strayBatch(apis)
    await settle()
    expect(await states()).toEqual(['in progress'])
  })

  it('does not believe the first reads of a batch that was replaced', async () => {
    const { apis, settle, states } = await desk({ staleReads: 3 })
    const first = await strayBatch(apis)
    await settle()
    await strayBatch(apis, { predecessors: [first] })
    await settle()
    expect(await states()).toEqual(['gone', 'active'])
  })

  it('believes in the end that a batch which was to be replaced is still active', async () => {
    const { apis, settle, states } = await desk({ staleReads: 1_000 })
    const first = await strayBatch(apis)
    await settle()
    await strayBatch(apis, { predecessors: [first] })
    await settle()
    expect(await states()).toEqual(['active', 'active'])
  })
})

describe('what the platform consolidated', () => {
  it.each([0, 2])('is active in its successor, through chains (%i stale reads)', async (staleReads) => {
    const { platform, apis, settle, states } = await desk({ staleReads })
    const parts = [await strayBatch(apis), await strayBatch(apis)]
    await settle()
    const first = await platform.emulator.consolidate(parts)
    await settle()
    const second = await platform.emulator.consolidate([first])
    expect(await states()).toEqual([`active in ${second}`, `active in ${second}`])
    expect([...(await look(apis, platform)).holdings]).toEqual([[second, parts]])
  })

  it('is gone when its successor was withdrawn', async () => {
    const { platform, apis, settle, states } = await desk({ staleReads: 0 })
    const part = await strayBatch(apis)
    await settle()
    const successor = await platform.emulator.consolidate([part])
    await strayBatch(apis, { predecessors: [successor], marks: { publishFingerprint: 'other' } })
    await settle()
    expect(await states()).toEqual(['gone', 'active'])
  })
})

describe('a look-up', () => {
  it('costs few requests, however many batches were replaced', async () => {
    const platform = platformWithHistory({ count: 10_000, manner: 'replacing' })
    const { batches: held } = await look(await apisOf(platform), platform)
    const [active, ...others] = held.filter(({ state }) => state.holdsRows)
    expect([active?.provenance.publishFingerprint, others]).toEqual(['p10000', []])
    expect(platform.requests.length).toBeLessThanOrEqual(10)
  })

  it('costs a request for every hundred that are active', async () => {
    const platform = platformWithHistory({ count: 2_000, manner: 'adding' })
    const { batches: held } = await look(await apisOf(platform), platform)
    expect(held.filter(({ state }) => state.holdsRows)).toHaveLength(2_000)
    expect(platform.requests.length).toBeLessThanOrEqual(30)
  })
})
