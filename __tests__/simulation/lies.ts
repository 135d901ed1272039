import { bytesContent } from '../../src/lib/content.ts'
import type { HttpRequest } from '../../src/platform/http/transport.ts'
import type { Tamper } from './stage.ts'
import type { Themes } from './story.ts'
import { isListOf, through } from './tampering.ts'

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
    tamper: through(() => (request, send) => send(request.method === 'PUT' ? halved(request) : request)),
  },
  'every creation makes two batches': {
    breaks: 'openBatchesAreSaid',
    tamper: through(() => async (request, send) => {
      if (isCreation(request)) await send(request)
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
}

function isCreation({ method, url }: HttpRequest): boolean {
  return method === 'POST' && url.pathname.endsWith('/import/batches')
}

function halved(request: HttpRequest): HttpRequest {
  const { body = bytesContent(new Uint8Array(0)) } = request
  return { ...request, body: body.slice(0, Math.floor(body.size / 2)) }
}

/** The errors and counts that would give it away. */
function withoutFaults(text: string): string {
  return text.replace(/"errors":\[.*?\]/, '"errors":[]').replace(/,"metrics":\{.*?\}/, '')
}
