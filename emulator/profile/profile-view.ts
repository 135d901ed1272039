import { tagSays } from '../catalog/dataset-tags.ts'
import { isObject, objectOf, type JsonObject, ownValue } from '../json.ts'
import type { Platform } from '../platform.ts'
import type { Batch, Dataset } from '../state.ts'

/**
 * Keeps the rows that would have reached Profile. Data that is ingested while Profile is off never reaches it, not even
 * later ("Enable a dataset for profile updates using APIs"), so the tags must allow it from COMPLETE until the batch ends.
 */
export function keepProfile(platform: Platform, batch: Batch, rows: readonly unknown[]): void {
  const dataset = platform.state.datasets.get(batch.datasetId)
  const wasEnabled = batch.phase.kind === 'promoting' && batch.phase.profileEnabled
  if (dataset === undefined || !wasEnabled || !tagSays(dataset, 'unifiedProfile', 'enabled:true')) return
  platform.state.profileBatches.add(batch.id)
  const paths = identityPaths(platform, dataset)
  for (const row of rows) if (isObject(row)) keepRow(platform, { batch, dataset, paths, row })
}

type ProfileRow = {
  readonly batch: Batch
  readonly dataset: Dataset
  readonly paths: readonly IdentityPath[]
  readonly row: JsonObject
}

type IdentityPath = { readonly namespace: string; readonly path: readonly string[] }

function keepRow(platform: Platform, { batch, dataset, paths, row }: ProfileRow): void {
  const identity = identityOf(row, paths)
  if (identity === undefined) return
  const event = 'timestamp' in row && typeof row['_id'] === 'string' ? `#${row['_id']}` : ''
  const key = `${dataset.id} ${identity}${event}`
  const old = platform.state.profile.get(key)?.attributes ?? {}
  const isPatched = tagSays(dataset, 'unifiedProfile', 'isUpsert:true') && dataset.isUpsertInVain !== true
  const attributes = isPatched ? merged(old, row) : row
  platform.state.profile.set(key, { identity, datasetId: dataset.id, batchId: batch.id, attributes })
}

function identityPaths(platform: Platform, dataset: Dataset): readonly IdentityPath[] {
  const schema = objectOf(dataset.record['schemaRef'])['id']
  return [...platform.state.descriptors.values()]
    .filter((descriptor) => descriptor['xdm:sourceSchema'] === schema && descriptor['xdm:isPrimary'] === true)
    .map((descriptor) => ({
      namespace: String(descriptor['xdm:namespace']),
      path: String(descriptor['xdm:sourceProperty']).split('/').slice(1),
    }))
}

function identityOf(row: JsonObject, paths: readonly IdentityPath[]): string | undefined {
  for (const { namespace, path } of paths) {
    const value = path.reduce<unknown>((at, name) => ownValue(objectOf(at), name), row)
    if (typeof value === 'string' && value !== '') return identityIn(namespace, value)
  }
  return mappedIdentity(objectOf(row['identityMap']))
}

/** The identity that an `identityMap` marks as primary, or its first. */
function mappedIdentity(map: JsonObject): string | undefined {
  const all = Object.entries(map).flatMap(([namespace, identities]) =>
    (Array.isArray(identities) ? identities : []).map((identity: unknown) => ({ namespace, ...objectOf(identity) })),
  )
  const chosen = all.find((identity) => 'primary' in identity && identity.primary === true) ?? all[0]
  return chosen !== undefined && 'id' in chosen ? identityIn(chosen.namespace, chosen.id) : undefined
}

const NOBODY: ReadonlySet<string> = new Set(['', 'null', 'anonymous', 'invalid'])

/**
 * Guardrails for Identity Service data, "Identity value validation": Profile skips a record with an invalid value, while
 * the data lake keeps it.
 */
function identityIn(namespace: string, value: unknown): string | undefined {
  const id = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  const isTaken = namespace === 'ECID' ? isEcid(id) : !NOBODY.has(id.trim().toLowerCase()) && id.length <= 1024
  return isTaken ? `${namespace}:${id}` : undefined
}

/** 38 digits; Adobe's knowledge base (ka-32618): each half is a signed 64-bit number. */
function isEcid(id: string): boolean {
  return /^\d{38}$/.test(id) && [id.slice(0, 19), id.slice(19)].every((half) => BigInt(half) < 2n ** 63n)
}

function merged(old: JsonObject, fresh: JsonObject): JsonObject {
  const together = Object.entries(fresh).map(([name, value]): [string, unknown] => {
    const before = ownValue(old, name)
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value]
  })
  return { ...old, ...Object.fromEntries(together) }
}
