import { stringsOf, objectOf, type JsonObject } from '../../../emulator/json.ts'
import type { Lie } from '../lies.ts'
import { isAction, isListOf, isLookAt, recordsOf, textOf, through, withRecords, type Lying } from '../tampering.ts'

const hidden = through(() => hidesShards)

export const SHARD_LIES: Readonly<Record<string, Lie>> = {
  'no shard is ever listed': { breaks: 'shardsHoldRowsOnce', about: 'matrix', tamper: hidden },
  'no shard of the same run is ever listed': { breaks: 'siblingsShareTheSameFiles', about: 'matrix', tamper: hidden },
  'nobody may see a dataset': { breaks: 'emptyShardsEndWell', about: 'matrix', tamper: through(() => forbidsLooking) },
  'a shard that is completed takes the others back': {
    breaks: 'matricesAreExact',
    about: 'matrix',
    tamper: through(takesOthers),
  },
}

const hidesShards: Lying = async (request, send) => {
  const answer = await send(request)
  if (!isListOf(request, 'batches')) return answer
  return withRecords(answer, (record) => (shardIn(record) === undefined ? record : undefined))
}

const forbidsLooking: Lying = async (request, send) =>
  isLookAt(request, 'dataSets') ? { status: 403, headers: {}, body: Buffer.from('{}') } : await send(request)

function takesOthers(): Lying {
  const listed = new Map<string, string>()
  const own = { shard: '' }
  return async (request, send) => {
    if (request.method === 'POST' && request.url.pathname.endsWith('/import/batches')) {
      own.shard = /"gh_publication":\["([^"]+)"\]/.exec(await textOf(request))?.[1] ?? ''
    }
    const others = isAction(request, 'COMPLETE') ? Array.from(listed).filter(([, shard]) => shard !== own.shard) : []
    for (const [id] of others) await send({ ...request, url: new URL(`${id}?action=REVERT`, request.url) })
    const answer = await send(request)
    const records = isListOf(request, 'batches') ? (recordsOf(answer) ?? {}) : {}
    for (const [id, record] of Object.entries(records)) {
      const shard = shardIn(objectOf(record))
      if (shard !== undefined) listed.set(id, shard)
    }
    return answer
  }
}

/** The name of a publication that is one shard of several; tags may be shown as bare texts. */
function shardIn(record: JsonObject): string | undefined {
  const tag = objectOf(record['tags'])['gh_publication']
  const [name = ''] = typeof tag === 'string' ? [tag] : stringsOf(tag)
  return / \(\d+\/\d+\)$/.test(name) ? name : undefined
}
