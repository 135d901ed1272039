import { isObject, objectOf, type JsonObject } from '../../../emulator/json.ts'
import type { Lie } from '../lies.ts'
import { ASKED_FOR } from '../truth.ts'
import { DONE, isListOf, isLookAt, textOf, through, withRecords, withText, type Lying } from '../tampering.ts'
import { isTagChange } from '../weather.ts'

export const DATASET_LIES: Readonly<Record<string, Lie>> = {
  'Profile stays off, and the tags read as asked for': { breaks: 'tagsAreLeftWell', tamper: through(staysOff) },
  'a dataset always reads as ready for upsert': { breaks: 'upsertsAreReady', tamper: through(() => readsReady) },
  'a change of two tags drops all others': { breaks: 'otherTagsAreKept', tamper: through(() => dropsOthers) },
  'everybody sees no datasets but those made by himself': { breaks: 'oneDatasetOfAName', tamper: through(seesOwn) },
  'of datasets of one name the oldest is listed': { breaks: 'namesakesGetNothing', tamper: through(() => listsOldest) },
}

function staysOff(): Lying {
  const asked = { isAnswered: false }
  return async (request, send) => {
    if (isTagChange(request) && (await textOf(request)).includes('isUpsert:true')) {
      asked.isAnswered = true
      return DONE
    }
    return asked.isAnswered ? await readsReady(request, send) : await send(request)
  }
}

const readsReady: Lying = async (request, send) => {
  const answer = await send(request)
  if (!isLookAt(request, 'dataSets')) return answer
  return withRecords(answer, (record) => ({ ...record, tags: { ...objectOf(record['tags']), ...ASKED_FOR } }))
}

/** As an `application/json` PATCH does it. */
const dropsOthers: Lying = async (request, send) => {
  if (!isTagChange(request)) return await send(request)
  const operations: unknown = JSON.parse(await textOf(request))
  const values = (Array.isArray(operations) ? operations : []).flatMap((operation: unknown) => {
    const { path, value } = objectOf(operation)
    return value === undefined ? [] : [[String(path).replace('/tags/', ''), value] as const]
  })
  const tags = { 'adobe/siphon/table/format': ['delta'], ...Object.fromEntries(values) }
  const headers = { ...request.headers, 'content-type': 'application/json' }
  return await send({ ...withText(request, JSON.stringify({ tags })), headers })
}

function seesOwn(): Lying {
  const made = new Set<string>()
  return async (request, send) => {
    const answer = await send(request)
    if (request.method === 'POST' && request.url.pathname.endsWith('/dataSets')) {
      const id = /@\/dataSets\/(\w+)/.exec(Buffer.from(answer.body).toString())?.[1]
      if (id !== undefined) made.add(id)
    }
    return isListOf(request, 'dataSets')
      ? withRecords(answer, (record, id) => (made.has(id) ? record : undefined))
      : answer
  }
}

const listsOldest: Lying = async (request, send) => {
  const answer = await send(request)
  if (!isListOf(request, 'dataSets')) return answer
  const names = new Set<unknown>()
  return withRecords(answer, (record) => (isFirst(record, names) ? record : undefined))
}

function isFirst(record: JsonObject, names: Set<unknown>): boolean {
  const isNew = isObject(record) && !names.has(record['name'])
  names.add(record['name'])
  return isNew
}
