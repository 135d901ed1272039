import type { Emulator } from '../../emulator/emulator.ts'
import type { SeenBatch } from '../../emulator/inspection/inspection.ts'
import { type JsonObject, objectOf, stringsOf } from '../../emulator/json.ts'
import { rowId } from './contents.ts'
import type { ProfileTags } from './story.ts'

/** What "Enable a dataset for profile updates" asks for. */
export const ASKED_FOR: ProfileTags = {
  unifiedProfile: ['enabled:true', 'isUpsert:true'],
  unifiedIdentity: ['enabled:true'],
}

/** The two tags of a dataset's record. */
export function profileTagsIn(record: JsonObject | undefined): ProfileTags {
  const tags = objectOf(record?.['tags'])
  return {
    ...('unifiedProfile' in tags ? { unifiedProfile: stringsOf(tags['unifiedProfile']) } : {}),
    ...('unifiedIdentity' in tags ? { unifiedIdentity: stringsOf(tags['unifiedIdentity']) } : {}),
  }
}

/** All others. */
export function otherTagsIn(record: JsonObject | undefined): JsonObject {
  const { unifiedProfile: _, unifiedIdentity: __, ...others } = objectOf(record?.['tags'])
  return others
}

export function isReady({ unifiedProfile = [], unifiedIdentity = [] }: ProfileTags): boolean {
  const [profile, identity] = [unifiedProfile.map(plain), unifiedIdentity.map(plain)]
  return profile.includes('enabled:true') && profile.includes('isUpsert:true') && identity.includes('enabled:true')
}

/** Blanks apart, which the platform may drop. */
export function sayTags({ unifiedProfile, unifiedIdentity }: ProfileTags): string {
  return JSON.stringify([unifiedProfile?.map(plain), unifiedIdentity?.map(plain)])
}

function plain(value: string): string {
  return value.replaceAll(' ', '')
}

/** A batch as it is, whatever the platform lets on. */
export type TrueBatch = {
  readonly id: string
  readonly dataset: string
  readonly stage: SeenBatch['stage']
  readonly externalId: string
  readonly created: number
  readonly predecessors: readonly string[]
  /** Its rows are in the dataset, held by itself or by a batch into which it was consolidated. */
  readonly isActive: boolean
  readonly holder: string
  readonly isConsolidation: boolean
  /** Ids of the rows that the platform accepted. */
  readonly rows: readonly string[]
  readonly files: readonly { readonly name: string; readonly finished: boolean; readonly text: string }[]
  readonly provenance: TrueProvenance | undefined
}

/** What the tags say. */
type TrueProvenance = {
  readonly repositoryId: string
  readonly publication: string
  readonly publish: string
  readonly fingerprint: string
  /** Hash of the names and sizes of all files that the run found. */
  readonly files: string
  readonly runId: number
  readonly attempt: number
  /** What the job is found by at GitHub. */
  readonly job: string
}

export type Truth = readonly TrueBatch[]

export async function readTruth(emulator: Emulator): Promise<Truth> {
  const seen = await emulator.batches()
  const byId = new Map(seen.map((batch) => [batch.id, batch]))
  return Promise.all(seen.map((batch) => trueBatch(batch, byId, emulator)))
}

type ById = ReadonlyMap<string, SeenBatch>

async function trueBatch(batch: SeenBatch, byId: ById, emulator: Emulator): Promise<TrueBatch> {
  const { id, stage, externalId, created, predecessors } = batch
  const holder = holderOf(batch, byId)
  const rows = await emulator.rows(id)
  const files = batch.files.map(async ({ name, finished }) => ({
    name,
    finished,
    text: Buffer.from((await emulator.file(id, name)) ?? []).toString(),
  }))
  return {
    id,
    dataset: batch.datasetId,
    stage,
    externalId,
    created,
    predecessors,
    isActive: holder !== undefined,
    holder: holder?.id ?? id,
    isConsolidation: stringsOf(batch.tags['acp_producer']).includes('acp_foundation_compaction'),
    rows: rows.map(rowId),
    files: await Promise.all(files),
    provenance: provenanceOf(batch),
  }
}

function holderOf(batch: SeenBatch, byId: ById): SeenBatch | undefined {
  if (batch.stage === 'success') return batch
  const [next] = stringsOf(batch.tags['acp_successor'])
  const successor = byId.get(next ?? '')
  return batch.stage !== 'inactive' || successor === undefined ? undefined : holderOf(successor, byId)
}

function provenanceOf({ tags }: SeenBatch): TrueProvenance | undefined {
  const tag = (name: string) => stringsOf(tags[`gh_${name}`])[0] ?? ''
  if (tag('publish') === '') return undefined
  return {
    repositoryId: tag('repository_id'),
    publication: tag('publication'),
    publish: tag('publish'),
    fingerprint: tag('fingerprint'),
    files: tag('files'),
    runId: Number(tag('run_id')),
    attempt: Number(tag('attempt')),
    job: tag('job'),
  }
}
