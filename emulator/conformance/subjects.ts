import { isObject, objectOf, ownValue, type JsonObject } from '../json.ts'
import { seededCredential } from '../seed.ts'
import { seededDatasetIds, seededMappingSetIds, seededSchemaIds } from '../seed/ids.ts'
import { catalog, imports, registry, type Expectation } from './expectation.ts'
import type { Target } from './pattern.ts'
import type { Received } from './send.ts'

/** The values of the placeholders of an expectation. */
export type Subjects = Readonly<Record<string, string>>

export type Ask = (asked: Pick<Expectation, 'by' | 'call' | 'headers' | 'body'>) => Promise<Received>

/** The emulator's seeded data; `{B}`, `{F}`, `{O}` and `{I}` are prepared. */
export const seededSubjects: Subjects = {
  D: seededDatasetIds.loyalty,
  N: 'Loyalty members',
  V: '660000000000000000000001',
  U: seededSchemaIds.loyalty,
  S: encodeURIComponent(seededSchemaIds.loyalty),
  A: `_${new URL(seededSchemaIds.loyalty).pathname.slice(1).replaceAll('/', '.')}`,
  X: '85dc0100000000000000000000000000000000',
  P: 'dev',
  M: seededMappingSetIds.members,
  C: seededCredential.clientId,
  K: seededCredential.secrets[0],
  T: encodeURIComponent(seededCredential.scopes.join(',')),
}

/** Replaces placeholders such as `{B}` in strings, also within values. Unknown placeholders stay. */
export function filled(value: unknown, subjects: Subjects): unknown {
  if (typeof value === 'string') return fillText(value, subjects)
  if (Array.isArray(value)) return value.map((item) => filled(item, subjects))
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [fillText(name, subjects), filled(inner, subjects)]),
  )
}

export function fillText(text: string, subjects: Subjects): string {
  return text.replace(/\{([A-Z])\}/g, (whole, name: string) => ownValue(subjects, name) ?? whole)
}

/** The placeholders in a request's target and body, in its answer, and in the traces that the emulator must show. */
export function neededSubjects({ call, amid = '', body, gets }: Expectation, target: Target): readonly string[] {
  const texts = [
    call,
    target === 'emulator' ? amid : '',
    typeof body === 'string' ? body : JSON.stringify(body ?? ''),
    JSON.stringify(gets),
  ]
  return [...new Set(texts.flatMap((text) => Array.from(text.matchAll(/\{([A-Z])\}/g), ([, name = '']) => name)))]
}

const octets = { 'content-type': 'application/octet-stream' }

/** A row that the emulator's seeded schema accepts, and one that it refuses. */
const ROWS = {
  good: '{"_emutenant":{"loyalty":{"loyaltyId":"L1","points":3}}}\n',
  bad: '{"_emutenant":{"loyalty":{"loyaltyId":"L2","points":"many"}}}\n',
}

/** Prepares batches in the emulator, in every state that the request needs. */
export async function prepareBatches(ask: Ask, dataset: string, needed: readonly string[]): Promise<Subjects> {
  const ready = async (rows: string) => {
    const id = await withRows(ask, dataset, rows)
    await ask({ by: 'aepp', call: `POST ${imports}/${id}?action=COMPLETE` })
    return id
  }
  return {
    ...(needed.includes('B') ? { B: await ready(ROWS.good) } : {}),
    ...(needed.includes('F') ? { F: await ready(ROWS.bad) } : {}),
    ...(await prepareOpenBatches(ask, dataset, needed)),
  }
}

/** Prepares batches that are never completed, so none of their data reaches a dataset. */
export async function prepareOpenBatches(ask: Ask, dataset: string, needed: readonly string[]): Promise<Subjects> {
  return {
    ...(needed.includes('O') ? { O: await withRows(ask, dataset, ROWS.good) } : {}),
    ...(needed.includes('I') ? { I: await withFirstChunk(ask, dataset) } : {}),
  }
}

async function withRows(ask: Ask, dataset: string, body: string): Promise<string> {
  const id = await begun(ask, dataset)
  const file = `${imports}/${id}/datasets/${dataset}/files/rows.json`
  await ask({ by: 'aepp', call: `PUT ${file}`, headers: octets, body })
  return id
}

async function withFirstChunk(ask: Ask, dataset: string): Promise<string> {
  const id = await begun(ask, dataset)
  const file = `${imports}/${id}/datasets/${dataset}/files/big.json`
  await ask({ by: 'aepp', call: `POST ${file}?action=INITIALIZE` })
  await ask({ by: 'aepp', call: `PATCH ${file}`, headers: { ...octets, 'content-range': 'bytes 0-1' }, body: '{}' })
  return id
}

async function begun(ask: Ask, datasetId: string): Promise<string> {
  const body = { datasetId, inputFormat: { format: 'json' }, enableErrorDiagnostics: true }
  const { status, json } = await ask({ by: 'aepp', call: `POST ${imports}`, body })
  const { id } = objectOf(json)
  if (typeof id !== 'string') throw new Error(`No batch was created: status ${status}`)
  return id
}

/** Finds subjects in a real sandbox by reading, beginning with a dataset. Subjects that are not found are left out. */
export async function findSubjects(ask: Ask, wanted: { dataset?: string; sandbox: string }): Promise<Subjects> {
  const read = async (call: string, accept?: string) =>
    objectOf(
      (await ask({ by: 'aepp', call: `GET ${call}`, ...(accept === undefined ? {} : { headers: { accept } }) })).json,
    )
  const D = wanted.dataset ?? firstKey(await read(`${catalog}/dataSets?limit=1&properties=name`))
  if (D === undefined) return { P: wanted.sandbox }
  const record = objectOf(ownValue(await read(`${catalog}/dataSets/${D}`), D))
  const U = textOf(objectOf(record['schemaRef'])['id'])
  const batch = async (status: string) =>
    firstKey(
      await read(`${catalog}/batches?dataSet=${D}&status=${status}&limit=1&orderBy=desc:created&properties=status`),
    )
  const sets = await read('/data/foundation/conversion/mappingSets?limit=1&start=0')
  return withoutMissing({
    D,
    P: wanted.sandbox,
    N: textOf(record['name']),
    V: textOf(record['viewId']),
    ...(U === undefined ? {} : await schemaSubjects(read, U)),
    M: textOf(objectOf(first(sets['data']))['id']),
    B: await batch('success'),
    F: await batch('failed'),
  })
}

async function schemaSubjects(
  read: (call: string, accept: string) => Promise<JsonObject>,
  U: string,
): Promise<Readonly<Record<string, string | undefined>>> {
  const S = encodeURIComponent(U)
  const schema = await read(`${registry}/tenant/schemas/${S}`, 'application/vnd.adobe.xed-full+json; version=1')
  const conditions = `property=${encodeURIComponent(`xdm:sourceSchema==${U}`)}`
  const found = await read(`${registry}/tenant/descriptors?${conditions}`, 'application/vnd.adobe.xdm-v2+json')
  return { U, S, A: textOf(schema['meta:altId']), X: textOf(objectOf(first(found['results']))['@id']) }
}

function firstKey(answer: JsonObject): string | undefined {
  return Object.keys(answer).find((key) => /^[0-9A-Za-z-]{16,64}$/.test(key))
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function withoutMissing(subjects: Readonly<Record<string, string | undefined>>): Subjects {
  return Object.fromEntries(
    Object.entries(subjects).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
