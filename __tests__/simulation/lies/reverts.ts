import { seededDatasetIds } from '../../../emulator/seed/ids.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import type { Lie } from '../lies.ts'
import {
  DONE,
  isAction,
  isInactive,
  isListOf,
  isLookAt,
  recordsOf,
  through,
  withRecords,
  type Lying,
} from '../tampering.ts'

export const REVERT_LIES: Readonly<Record<string, Lie>> = {
  'a REVERT is not done, and the batch reads "inactive"': {
    breaks: 'revertedIsGone',
    about: 'reverts',
    tamper: through(notDone),
  },
  'a REVERT takes every batch that was listed': {
    breaks: 'revertsAreAskedFor',
    about: 'reverts',
    tamper: through(takesAll),
  },
  'what was reverted is not listed': {
    breaks: 'revertingAgainTakesNoMore',
    about: 'reverts',
    tamper: through(() => forgets),
  },
  'what somebody else has reverted reads "success" for ever': {
    breaks: 'revertedIsPublishedAgain',
    about: 'reverts',
    tamper: through(goneForOne),
  },
  'a system job that does nothing reads "SUCCESS"': {
    breaks: 'removedIsOutOfProfile',
    about: 'profileRemoval',
    tamper: through(() => removesNothing),
  },
  'a REVERT has Profile remove the batch, too': {
    breaks: 'removalsAreAskedFor',
    about: 'events',
    tamper: through(() => removesToo),
  },
  'a relational schema reads like any other': {
    breaks: 'relationalIsAskedFor',
    about: 'relational',
    tamper: through(() => knowsNoClass),
  },
}

/** A job of which Profile knows nothing. */
const removesNothing: Lying = async (request, send) => {
  const isJob = request.method === 'POST' && request.url.pathname.endsWith('/ups/system/jobs')
  if (!isJob) return await send(request)
  // A service that names all of its answers names this one, too.
  const headers = { 'x-request-id': 'req-lie' }
  const parts: Uint8Array[] = []
  for await (const part of request.body?.bytes() ?? []) parts.push(part)
  const { batchId } = JSON.parse(Buffer.concat(parts).toString()) as { readonly batchId?: string }
  const answer = { requestId: 'a-lie', batchId, status: 'SUCCESS' }
  return { status: 200, headers, body: Buffer.from(JSON.stringify(answer)) }
}

/** As if whoever reverts had asked for both. */
const removesToo: Lying = async (request, send) => {
  if (isAction(request, 'REVERT')) {
    const batchId = request.url.pathname.split('/').at(-1)
    const body = bytesContent(Buffer.from(JSON.stringify({ datasetId: seededDatasetIds.loyalty, batchId })))
    await send({ ...request, url: new URL('/data/core/ups/system/jobs', request.url), body })
  }
  return await send(request)
}

/** The registry says that no schema is relational. */
const knowsNoClass: Lying = async (request, send) => {
  const answer = await send(request)
  if (!request.url.pathname.includes('/schemaregistry/')) return answer
  return { ...answer, body: Buffer.from(Buffer.from(answer.body).toString().replaceAll('adhoc-v2', 'other')) }
}

function notDone(): Lying {
  const asked = new Set<string>()
  return async (request, send) => {
    if (isAction(request, 'REVERT')) {
      asked.add(request.url.pathname.split('/').at(-1) ?? '')
      return DONE
    }
    const answer = await send(request)
    if (!isLookAt(request, 'batches')) return answer
    return withRecords(answer, (record, id) => (asked.has(id) ? { ...record, status: 'inactive' } : record))
  }
}

function takesAll(): Lying {
  const listed = new Set<string>()
  return async (request, send) => {
    if (isAction(request, 'REVERT')) {
      for (const id of listed) await send({ ...request, url: new URL(`${id}?action=REVERT`, request.url) })
    }
    const answer = await send(request)
    if (isListOf(request, 'batches')) for (const id of Object.keys(recordsOf(answer) ?? {})) listed.add(id)
    return answer
  }
}

const forgets: Lying = async (request, send) => {
  const answer = await send(request)
  if (!isListOf(request, 'batches')) return answer
  return withRecords(answer, (record) => (isInactive(record) ? undefined : record))
}

/** Whoever took it back is told the truth. */
function goneForOne(): Lying {
  const asked = { isHere: false }
  return async (request, send) => {
    asked.isHere ||= isAction(request, 'REVERT')
    const answer = await send(request)
    const isAbout = isListOf(request, 'batches') || isLookAt(request, 'batches')
    if (!isAbout || asked.isHere) return answer
    return withRecords(answer, (record) => (isInactive(record) ? { ...record, status: 'success' } : record))
  }
}
