import { json, problem } from '../http/answers.ts'
import type { Call } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { beginAfterimage } from './dataset-lag.ts'
import { findDataset } from '../batches/find-batch.ts'
import { isObject, isStringMap, objectOf, readJson, type JsonObject, ownValue } from '../json.ts'
import { patched } from './json-patch.ts'
import { isUpsertInVain, loseBatchesInWork } from '../profile/profile-switch.ts'

/** `patch`: JSON Patch, or whole top-level properties; `merge`: the deep merge of v2; `replace`: PUT. */
export type How = 'patch' | 'merge' | 'replace'

type Change = (record: JsonObject, sent: unknown) => JsonObject

export async function changeDataset(call: Call, how: How): Promise<Answer> {
  findDataset(call)
  const change = changeOf(call, how)
  const sent = await readJson(call.body)
  // Look up the dataset only now: another request may have changed it while the body arrived.
  const before = findDataset(call)
  const { platform } = call
  const { id, record } = before
  refuseOtherVersion(call, record)
  const changed = withReadableTags(call, change(record, sent))
  const [version, updated] = [nextVersion(record), platform.now()]
  const after = { ...before, record: { ...changed, version, updated } }
  beginAfterimage(before, platform)
  platform.state.datasets.set(id, { ...after, isUpsertInVain: call.strict && isUpsertInVain(before, after) })
  loseBatchesInWork(id, platform)
  return json(200, [`@/dataSets/${id}`], { etag: `"${version}"` })
}

function changeOf(call: Call, how: How): Change {
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
  if (how === 'patch' && patchTypes(call).includes(type)) return patched
  if (type !== 'application/json') throw new Refusal(problem(415, `Media type '${type}' is not supported.`))
  if (how === 'merge') return (record, sent) => merged(record, objectOf(sent))
  // A PATCH replaces top-level properties as a whole, so `tags` loses any tag that was not sent.
  return (record, sent) => ({ ...record, ...objectOf(sent) })
}

/** One page of the guides uses the second type. */
function patchTypes({ strict }: Call): readonly string[] {
  return strict ? ['application/json-patch+json'] : ['application/json-patch+json', 'application/json+patch']
}

function merged(record: JsonObject, sent: JsonObject): JsonObject {
  const entries = Object.entries(sent).map(([name, value]): [string, unknown] => {
    const held = ownValue(record, name)
    return [name, isObject(held) && isObject(value) ? merged(held, value) : value]
  })
  return { ...record, ...Object.fromEntries(entries) }
}

function withReadableTags(call: Call, record: JsonObject): JsonObject {
  const { tags } = record
  if (!isStringMap(tags)) throw new Refusal(problem(400, 'tags must map names to arrays of strings.'))
  // Users of the merging PATCH report that a tag map without this tag is refused.
  if (call.strict && tags['adobe/siphon/table/format'] === undefined) {
    throw new Refusal(problem(422, "Field 'adobe/siphon/table/format' cannot be empty"))
  }
  return call.strict ? record : { ...record, tags: { ...tags, ...normalised(tags) } }
}

/** Creation samples write `enabled: true` with a space; reads show no space. */
function normalised(tags: Readonly<Record<string, readonly string[]>>): JsonObject {
  const reserved = ['unifiedProfile', 'unifiedIdentity'].flatMap((name) => {
    const values = ownValue(tags, name)
    return values === undefined ? [] : [[name, values] as const]
  })
  return Object.fromEntries(reserved.map(([name, values]) => [name, values.map((value) => value.replace(/:\s+/, ':'))]))
}

function refuseOtherVersion({ headers }: Call, record: JsonObject): void {
  const wanted = headers['if-match']?.replaceAll('"', '')
  if (wanted !== undefined && wanted !== '*' && wanted !== record['version']) {
    throw new Refusal(problem(412, `The dataset is at version ${String(record['version'])}.`))
  }
}

function nextVersion(record: JsonObject): string {
  const [major = '1', minor = '0', last = '0'] = String(record['version']).split('.')
  return `${major}.${minor}.${Number(last) + 1}`
}
