import { gatewayError, problem } from '../http/answers.ts'
import { emptyHarvest } from './batches.ts'
import { sentObject, type Call } from '../http/call.ts'
import { Refusal } from '../http/exchange.ts'
import { ulid } from '../ids.ts'
import { readInputFormat } from './input-format.ts'
import { isObject, isStringMap, objectOf, type JsonObject } from '../json.ts'
import { schemaOf } from './promotion.ts'
import { isRelational } from './relational.ts'
import { readReplay } from './replay.ts'
import type { Batch, Dataset } from '../state.ts'

export type Created = { readonly batch: Batch; readonly warning: string | undefined }

/** Throws a {@link Refusal} for a request that the documents declare invalid. */
export async function createBatch(call: Call): Promise<Created> {
  const sent = await sentObject(call)
  refuseStorm(call)
  const dataset = datasetOf(call, sent)
  refuseRelational(call, dataset)
  const threshold = thresholdOf(call, sent)
  const batch = newBatch(call, dataset, { ...sent, ...threshold })
  call.platform.state.batches.set(batch.id, batch)
  return { batch, warning: threshold.ignored }
}

/** No document says whether the API accepts batches of relational data. */
function refuseRelational({ platform }: Call, { id }: Dataset): void {
  if (platform.settings().relationalBatches === 'accepted' || !isRelational(schemaOf(platform, id))) return
  throw new Refusal(problem(400, `Dataset ${id} is relational.`, { errorCode: 'EMU-RELATIONAL' }))
}

function newBatch(call: Call, dataset: Dataset, sent: JsonObject): Batch {
  const { platform } = call
  const created = platform.now()
  const diagnostics = sent['enableErrorDiagnostics'] ?? dataset.record['enableErrorDiagnostics'] ?? false
  const input = readInputFormat(sent['inputFormat'], call.strict)
  const replay = readReplay(call, sent['replay'], dataset.id)
  const tags = tagsOf(sent['tags'])
  const id = ulid(created, platform.random)
  const externalId = externalIdOf(sent['externalId'], call.strict) ?? id
  refuseDuplicate(call, externalId)
  return {
    ...blank,
    id,
    externalId,
    datasetId: dataset.id,
    sandbox: call.sandbox,
    created,
    updated: created,
    createdBy: call.clientId,
    input,
    replay,
    diagnostics: diagnostics === true,
    thresholdPercent: Number(sent['percent']),
    tags: { ...tags, ...systemTags(id, call.clientId), ...optionTags(sent, diagnostics) },
  }
}

const blank = {
  takesUploads: true,
  changes: 0,
  uploads: new Map(),
  phase: { kind: 'loading' },
  started: undefined,
  completed: undefined,
  harvest: emptyHarvest,
  written: {},
} as const

function datasetOf(call: Call, sent: JsonObject): Dataset {
  const dataset = call.platform.state.datasets.get(String(sent['datasetId']))
  if (dataset?.sandbox !== call.sandbox) throw refusal(`Dataset ${String(sent['datasetId'])} was not found.`)
  const stored = objectOf(dataset.record['fileDescription'])['format']
  // Users report that a dataset created with format json can't take batches.
  if (call.strict && stored === 'json') {
    throw refusal('The input format is not compatible with the storage format of the dataset.', 'ERR-BI-106')
  }
  return dataset
}

/** The newer guide writes `partialIngestionPercent`, the older one and some clients `…Percentage`. */
function thresholdOf(call: Call, sent: JsonObject): { readonly percent: number; readonly ignored: string | undefined } {
  const old = sent['partialIngestionPercentage']
  const percent = sent['partialIngestionPercent'] ?? (call.strict ? undefined : old) ?? 0
  if (typeof percent !== 'number' || percent < 0 || percent > 100) {
    throw refusal('partialIngestionPercent must be a number from 0 to 100.')
  }
  const ignored =
    call.strict && old !== undefined
      ? 'partialIngestionPercentage is ignored: write partialIngestionPercent'
      : undefined
  return { percent, ignored }
}

/** The pattern of ingestion ids in Adobe's notification schema; see {@link refuseDuplicate} for a duplicate. */
function externalIdOf(sent: unknown, strict: boolean): string | undefined {
  if (sent === undefined || sent === '') return undefined
  if (typeof sent === 'string' && (!strict || /^[0-9A-Za-z.\-_/@]+$/.test(sent))) return sent
  throw refusal('externalId may hold letters, digits and . - _ / @ only.', 'EMU-EXTERNAL-ID')
}

function refuseDuplicate({ platform }: Call, externalId: string): void {
  if (platform.settings().duplicateExternalId === 'accepted') return
  if (!Array.from(platform.state.batches.values()).some((batch) => batch.externalId === externalId)) return
  throw new Refusal(problem(409, `A batch with externalId ${externalId} exists already.`))
}

function tagsOf(sent: unknown): JsonObject {
  if (sent === undefined) return {}
  if (isObject(sent) && isStringMap(sent)) return sent
  throw refusal('tags must map names to arrays of strings.')
}

function systemTags(id: string, clientId: string): JsonObject {
  return { acp_producer: [clientId], acp_stagePath: [`${clientId}/stage/${id}`], use_plan_b_batch_status: ['false'] }
}

function optionTags(sent: JsonObject, diagnostics: unknown): JsonObject {
  return {
    ...(diagnostics === true ? { acp_enableErrorDiagnostics: ['true'] } : {}),
    ...(Number(sent['percent']) > 0 ? { acp_partialIngestionPercent: [String(sent['percent'])] } : {}),
  }
}

function refuseStorm({ platform, strict }: Call): void {
  const { maxBatchesPerMinute } = platform.settings()
  const recent = [...platform.state.batches.values()].filter((batch) => batch.created > platform.now() - 60_000)
  if (!strict || recent.length < maxBatchesPerMinute) return
  const answer = gatewayError(429, '429050', 'Too many requests')
  throw new Refusal({ ...answer, headers: { ...answer.headers, 'retry-after': '60' } })
}

function refusal(detail: string, errorCode?: string): Refusal {
  return new Refusal(problem(400, detail, errorCode === undefined ? {} : { errorCode }))
}
