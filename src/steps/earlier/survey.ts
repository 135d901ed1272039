import type { Clock } from '../../base/clock.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import type { Found } from '../../platform/found.ts'
import type { BatchQuery, CatalogApi } from '../../platform/catalog.ts'
import { isBatchId, type BatchId, type DatasetId } from '../../platform/ids.ts'
import { readMark, type Mark } from './mark.ts'
import { standingOf, type Standing } from '../watch/standing.ts'
import { followSuccessor, holdingsOf, wasTakenBack } from './successors.ts'

/** A batch that this action published, from this repository into this dataset. */
export type Held = {
  readonly record: BatchRecord
  readonly mark: Mark
  readonly standing: Standing
  /** Who holds its rows: itself, or the batch into which the platform consolidated it. */
  readonly holder: BatchId
}

export type Survey = {
  readonly held: readonly Held[]
  /** What a consolidated batch was made of, all the way down. */
  readonly holdings: ReadonlyMap<BatchId, readonly string[]>
}

export type Surveyed = {
  readonly dataset: DatasetId
  readonly repositoryId: string
  /** All that matters where nothing of the publication is to be replaced, beside what is recent; absent: everything. */
  readonly only?: { readonly publish: string; readonly files: string; readonly runId: string }
  /** What was taken out of the dataset long ago matters too. */
  readonly withHistory?: true
}

export type SurveyTools = { readonly catalog: CatalogApi; readonly clock: Clock; readonly signal: AbortSignal }

/** What is younger than this is listed whatever its status, known or not; what is older only where its status matters. */
const RECENT_MS = 7 * 24 * 3_600_000

/**
 * Looks up what this repository's batches hold in a dataset. Few requests, however many batches there are: those that
 * were replaced long ago are not listed, and of those that were added one after the other only what concerns this content.
 */
export async function survey(place: Surveyed, tools: SurveyTools): Promise<Survey> {
  const records = await listed(place, tools)
  const ours = records.flatMap((record) => marked(record, place))
  const settled = await Promise.all(ours.map((held) => reread(held, ours, tools)))
  const held = await Promise.all(settled.map((one) => followed(one, tools)))
  const consolidated = [
    ...new Set(held.filter(({ record, holder }) => holder !== record.id).map(({ holder }) => holder)),
  ]
  const holdings = await Promise.all(consolidated.map(async (id) => [id, await holdingsOf(id, tools)] as const))
  return { held, holdings: new Map(holdings) }
}

async function listed(place: Surveyed, tools: SurveyTools): Promise<readonly BatchRecord[]> {
  const lists = await Promise.all(queriesFor(place, tools).map((query) => tools.catalog.batches(query, tools.signal)))
  return Array.from(new Map(lists.flat().map((record) => [record.id, record])).values())
}

function queriesFor({ dataset, repositoryId, only, withHistory }: Surveyed, tools: SurveyTools): readonly BatchQuery[] {
  const own = { dataset, tags: [`gh_repository_id:${repositoryId}`] }
  if (withHistory) return [own]
  const tagged = (tag: string): BatchQuery => ({ ...own, tags: [...own.tags, tag] })
  const recent = { ...own, createdAfterMs: tools.clock.now() - RECENT_MS }
  const standing = ['success', 'active', 'stalled'].map((status): BatchQuery => ({ ...own, status }))
  if (only === undefined) return [recent, ...standing, tagged('acp_successor:*')]
  return [
    recent,
    tagged(`gh_publish:${only.publish}`),
    tagged(`gh_files:${only.files}`),
    tagged(`gh_run_id:${only.runId}`),
    // Nothing depends on these but the warning that other content is active beside this.
    { ...own, status: 'success', newestOnly: true },
    { ...own, status: 'active', newestOnly: true },
  ]
}

/** Filters narrow a search; what counts is compared here. */
function marked(record: BatchRecord, { dataset, repositoryId }: Surveyed): readonly Held[] {
  const mark = readMark(record)
  const isOurs = mark?.repositoryId === repositoryId && (record.dataset ?? dataset) === dataset
  return mark === undefined || !isOurs ? [] : [{ record, mark, standing: standingOf(record), holder: record.id }]
}

/** After a replay or a revert the first reads may still say `success`, as was seen at a real platform. */
const STALE_READS = 4
const STALE_PAUSE_MS = 1_000

async function reread(held: Held, all: readonly Held[], tools: SurveyTools): Promise<Held> {
  const isReplaced = all.some(
    ({ standing, record }) => standing === 'active' && record.replay.predecessors.includes(held.record.id),
  )
  if (held.standing !== 'active' || !isReplaced) return held
  const found = await readFresh(held.record.id, tools)
  const record = found.kind === 'found' ? found.record : held.record
  return { ...held, record, standing: standingOf(record) }
}

/** Reads a batch that may not be active any more, again and again while it still reads so. */
export async function readFresh(id: BatchId, { catalog, clock, signal }: SurveyTools): Promise<Found<BatchRecord>> {
  for (let read = 1; ; read++) {
    const found = await catalog.batch(id, signal)
    if (found.kind === 'missing' || standingOf(found.record) !== 'active' || read === STALE_READS) return found
    await clock.sleep(STALE_PAUSE_MS, signal)
  }
}

/** What the platform consolidated is still held, by another batch; the first reads after it may still say `success`. */
async function followed(held: Held, tools: SurveyTools): Promise<Held> {
  const successor = held.record.tags['acp_successor']?.[0]
  const isSettled = held.standing === 'gone' || held.standing === 'active'
  if (!isSettled || successor === undefined || !isBatchId(successor)) return held
  const holder = await followSuccessor(successor, tools)
  if (holder !== undefined) return { ...held, standing: 'active', holder }
  const isStale = held.standing === 'active' && (await wasTakenBack(successor, tools))
  return isStale ? { ...held, standing: 'gone' } : held
}
