import { bytesContent } from '../../src/lib/content.ts'
import type { HttpRequest } from '../../src/platform/http/transport.ts'
import { objectOf, stringsOf, type JsonObject } from '../../emulator/json.ts'
import type { Tamper } from './stage.ts'
import type { Themes } from './story.ts'
import { isCreation, isListOf, recordsOf, through, withRecords } from './tampering.ts'

export type Lie = {
  readonly breaks: string
  readonly tamper: Tamper
  /** The theme of the stories in which it can be noticed; absent: all. */
  readonly about?: keyof Themes
}

/** Networks that lie in a way that the action can't see, each with the invariant that has to notice; more in `lies/`. */
export const LIES: Readonly<Record<string, Lie>> = {
  'half of every file is stored': {
    breaks: 'completedBatchesAreWhole',
    tamper: through(() => async (request, send) => {
      if (request.method === 'HEAD') return { status: 404, headers: {}, body: new Uint8Array(0) }
      return await send(request.method === 'PUT' ? halved(request) : request)
    }),
  },
  'every creation makes two batches': {
    breaks: 'openBatchesAreSaid',
    tamper: through(() => async (request, send) => {
      if (isCreation(request)) await send(await withoutExternalId(request))
      return await send(request)
    }),
  },
  'no batch is ever listed': {
    breaks: 'oneBatchPerFingerprint',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      return isListOf(request, 'batches') ? { ...answer, body: Buffer.from('{}') } : answer
    }),
  },
  'a failed batch reads "success"': {
    breaks: 'acknowledgedRecordsAreHeld',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      const text = Buffer.from(answer.body)
        .toString()
        .replace(/"status":"failed"/i, '"status":"success"')
      return request.url.pathname.includes('/catalog/batches/')
        ? { ...answer, body: Buffer.from(withoutFaults(text)) }
        : answer
    }),
  },
  'what one leg published is listed as if another had': {
    breaks: 'legsKeepTheirRows',
    about: 'legs',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      const swap: Readonly<Record<string, string>> = { '1': '2', '2': '1' }
      if (!isListOf(request, 'batches')) return answer
      const text = Buffer.from(answer.body).toString()
      const swapped = text.replace(
        /("gh_job":\[?"\d+)(\d")/g,
        (_, job: string, [leg = '']: string) => `${job}${swap[leg] ?? leg}"`,
      )
      return { ...answer, headers: {}, body: Buffer.from(swapped) }
    }),
  },
  'a batch is listed once another has the same content, and the other never': {
    breaks: 'doubledRowsAreRed',
    tamper: through(() => async (request, send) => {
      const answer = await send(request)
      if (!isListOf(request, 'batches')) return answer
      const same = Map.groupBy(Object.entries(recordsOf(answer) ?? {}), ([, record]) => fingerprintIn(objectOf(record)))
      const listed = Array.from(same.values()).flatMap((batches) =>
        batches.length < 2
          ? []
          : batches
              .map(([id]) => id)
              .toSorted()
              .slice(0, 1),
      )
      return withRecords(answer, (record, id) => (listed.includes(id) ? record : undefined))
    }),
  },
}

/** Tags may be shown as bare texts. */
function fingerprintIn(record: JsonObject): string {
  const tag = objectOf(record['tags'])['gh_fingerprint']
  return typeof tag === 'string' ? tag : (stringsOf(tag)[0] ?? '')
}

/** By its external id the action would find it. */
async function withoutExternalId(request: HttpRequest): Promise<HttpRequest> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request.body?.bytes() ?? []) chunks.push(Uint8Array.from(chunk))
  const { externalId: _, ...order } = objectOf(JSON.parse(Buffer.concat(chunks).toString()))
  return { ...request, body: bytesContent(Buffer.from(JSON.stringify(order))) }
}

function halved(request: HttpRequest): HttpRequest {
  const { body = bytesContent(new Uint8Array(0)) } = request
  return { ...request, body: body.slice(0, Math.floor(body.size / 2)) }
}

/** The errors and counts that would give it away. */
function withoutFaults(text: string): string {
  return text.replace(/"errors":\[.*?\]/, '"errors":[]').replace(/,"metrics":\{.*?\}/, '')
}
