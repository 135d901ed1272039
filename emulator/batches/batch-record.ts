import { ownValue, stringsOf } from '../json.ts'
import { catalogued, statusOf } from './batches.ts'
import type { JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'
import { seededOrg } from '../seed/ids.ts'
import type { Settings } from '../settings.ts'
import type { Batch } from '../state.ts'

/**
 * A batch as Catalog shows it. The list in Adobe's notebook on Catalog (aepp) includes `id` and `sandboxId`, which the
 * OpenAPI file does not list. It shows every tag as an array of strings, as the OpenAPI file does.
 */
export function batchRecord(platform: Platform, actual: Batch): JsonObject {
  const batch = catalogued(actual, platform)
  const settings = platform.settings()
  const status = statusOf(batch, platform)
  return {
    id: batch.id,
    imsOrg: seededOrg,
    sandboxId: platform.state.sandboxes.get(batch.sandbox)?.id,
    ...common(batch),
    version: `1.0.${batch.changes}`,
    updated: batch.updated,
    ...(batch.started === undefined ? {} : { started: batch.started }),
    ...(batch.completed === undefined ? {} : { completed: batch.completed }),
    replay: batch.replay.shown,
    availableDates: {},
    errors: batch.harvest.errors,
    tags: shownTags({ ...batch.tags, ...promotionTags(batch) }, settings),
    ...metricsOf(batch, settings),
    ...batch.written,
    status: disguised(status, settings),
  }
}

/** The answer to a creation. Unlike Catalog's answers, it is not keyed by the id. */
export function createdBatch(platform: Platform, batch: Batch): JsonObject {
  const full = platform.settings().createAnswer === 'full'
  return {
    id: batch.id,
    imsOrg: seededOrg,
    ...common(batch),
    updated: batch.updated,
    status: disguised('loading', platform.settings()),
    version: `1.0.${batch.changes}`,
    ...(full ? { replay: batch.replay.shown, tags: shownTags(batch.tags, platform.settings()) } : {}),
  }
}

function common(batch: Batch): JsonObject {
  return {
    created: batch.created,
    createdClient: batch.createdBy,
    createdUser: `${batch.createdBy}@techacct.adobe.com`,
    updatedUser: `${batch.createdBy}@techacct.adobe.com`,
    externalId: batch.externalId,
    ...(batch.takesUploads ? ingestedInto(batch) : { relatedObjects: [] }),
  }
}

/** The dataset and format of an imported batch. A batch that was created in Catalog has only what its writer set. */
function ingestedInto(batch: Batch): JsonObject {
  return { relatedObjects: [{ type: 'dataSet', id: batch.datasetId }], inputFormat: batch.input.shown }
}

function promotionTags(batch: Batch): JsonObject {
  return batch.started === undefined
    ? {}
    : { acp_finalized_time: [String(batch.started)], acp_workflow: ['ValveWorkflow'] }
}

/** The samples of the diagnostics guide show bare values, `true` and `5`. All other documents show arrays of strings. */
function shownTags(tags: JsonObject, settings: Settings): JsonObject {
  if (settings.tags === 'arrays') return tags
  const bare = (name: string, value: unknown): unknown => {
    const [only, ...others] = stringsOf(value)
    if (only === undefined || others.length > 0) return value
    return TYPED.has(name) ? JSON.parse(only) : only
  }
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, bare(name, value)]))
}

const TYPED: ReadonlySet<string> = new Set(['acp_enableErrorDiagnostics', 'acp_partialIngestionPercent'])

function metricsOf(batch: Batch, settings: Settings): JsonObject {
  const { metrics } = batch.harvest
  return metrics === undefined || settings.metrics === 'missing' ? {} : { metrics }
}

function disguised(status: string, settings: Settings): string {
  const word = settings.statusWords === 'active-failure' ? (ownValue(synonyms, status) ?? status) : status
  if (settings.statusCase === 'upper') return word.toUpperCase()
  return settings.statusCase === 'capitalised' ? word.charAt(0).toUpperCase() + word.slice(1) : word
}

const synonyms: Readonly<Record<string, string>> = { success: 'active', failed: 'failure' }
