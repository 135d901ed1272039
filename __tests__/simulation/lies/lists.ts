import type { HttpResponse } from '../../../src/platform/http/transport.ts'
import type { Lie } from '../lies.ts'
import { isListOf, isLookAt, recordsOf, through, type Lying } from '../tampering.ts'

export const LIST_LIES: Readonly<Record<string, Lie>> = {
  'a list without end is cut to look whole': {
    breaks: 'endlessListsAreSaid',
    about: 'endless',
    tamper: through(() => cutsLists),
  },
  'a replica never catches up': {
    breaks: 'fewFailuresAreSurvived',
    about: 'behind',
    tamper: through(losesBatches),
  },
}

const cutsLists: Lying = async (request, send) => {
  const answer = await send(request)
  const isLate = Number(request.url.searchParams.get('start')) > 100
  const records = isListOf(request, 'batches') && isLate ? Object.entries(recordsOf(answer) ?? {}) : []
  return records.length < 2 ? answer : withBody(answer, Object.fromEntries(records.slice(0, 1)))
}

/** Of every batch that was seen once. */
function losesBatches(): Lying {
  const seen = new Set<string>()
  return async (request, send) => {
    const id = isLookAt(request, 'batches') ? request.url.pathname : undefined
    if (id !== undefined && seen.has(id)) return { status: 404, headers: {}, body: Buffer.from('{}') }
    const answer = await send(request)
    if (id !== undefined && answer.status === 200) seen.add(id)
    return answer
  }
}

function withBody(answer: HttpResponse, body: object): HttpResponse {
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(body)) }
}
