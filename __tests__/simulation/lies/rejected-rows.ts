import { isObject } from '../../../emulator/json.ts'
import type { HttpResponse, HttpRequest } from '../../../src/platform/http/transport.ts'
import type { Lie } from '../lies.ts'
import { through, type Lying } from '../tampering.ts'

export const REJECTED_ROW_LIES: Readonly<Record<string, Lie>> = {
  'instead of a rejected row the one after it is shown': {
    breaks: 'rejectedRowsAreWhereTheyStand',
    tamper: through(() => showsNext),
  },
  'every file of rejected rows is listed twice': {
    breaks: 'rejectedRowsAreAllThere',
    tamper: through(() => listsTwice),
  },
}

/** Of the same length, since files may be read piece by piece. */
const showsNext: Lying = async (request, send) => {
  const answer = await send(request)
  if (!isOfRejectedRows(request)) return answer
  const text = Buffer.from(answer.body)
    .toString()
    .replaceAll('"many"', '3     ')
    .replaceAll(/(?<="loyaltyId":"\w+-\d+-)0(?=")/g, '1')
  return { ...answer, body: Buffer.from(text) }
}

const listsTwice: Lying = async (request, send) => {
  const answer = await send(request)
  const listed = isOfRejectedRows(request) ? parsed(answer) : undefined
  if (!isObject(listed) || !Array.isArray(listed['data'])) return answer
  const twice = { ...listed, data: [...listed['data'], ...listed['data']] }
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(twice)) }
}

function isOfRejectedRows({ url }: HttpRequest): boolean {
  return url.pathname.includes('/export/batches/')
}

/** The rows themselves are lines, and no JSON. */
function parsed({ body }: HttpResponse): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch {
    return undefined
  }
}
