import type { EmulatorAnswer } from '../../emulator/emulator.ts'
import type { Content } from '../../src/lib/content.ts'
import {
  ConnectionFailure,
  type ClosableTransport,
  type HttpResponse,
  type HttpRequest,
} from '../../src/platform/http/transport.ts'
import type { Fate } from './weather.ts'
import type { Life } from './virtual-time.ts'
import { witness, type Witness } from './witness.ts'

export type Lines = Witness & {
  /** Whose line it is. */
  readonly who: string
  readonly drawFate: (request: HttpRequest) => Fate
  /** One line of the transcript. */
  readonly note: (text: string) => void
}

/** The network between one run and the platform: answers overtake one another, and what was sent arrives without its sender. */
export function openLine(life: Life, lines: Lines): ClosableTransport {
  const closing = new AbortController()
  return {
    send: (request, signal) => {
      signal.throwIfAborted()
      const both = AbortSignal.any([signal, closing.signal])
      return new Promise((resolve, reject) => {
        const isGone = () => life.isOver || both.aborted
        const onAbort = () => {
          if (!life.isOver) reject(signal.aborted ? signal.reason : closed())
        }
        if (both.aborted) return onAbort()
        both.addEventListener('abort', onAbort, { once: true })
        const settle = (act: () => void) => {
          both.removeEventListener('abort', onAbort)
          if (!isGone()) act()
        }
        travel(request, isGone, lines).then(
          (answer) => settle(() => resolve(answer)),
          (error: unknown) => settle(() => reject(error)),
        )
      })
    },
    [Symbol.asyncDispose]: async () => closing.abort(),
  }
}

/** As undici puts it when its dispatcher was destroyed. */
function closed(): ConnectionFailure {
  return new ConnectionFailure('UND_ERR_DESTROYED', { reached: true, permanent: true, cause: undefined })
}

async function travel(request: HttpRequest, isGone: () => boolean, lines: Lines): Promise<HttpResponse> {
  const { time, drawFate, note } = lines
  const fate = drawFate(request)
  const what = `${request.method} ${request.url.pathname}${request.url.search}`
  if (fate.name !== 'fine') note(`~ ${fate.name}: ${what}`)
  await time.sleep(fate.outMs)
  if (fate.isUnreachable)
    throw new ConnectionFailure('ECONNREFUSED', { reached: false, permanent: false, cause: undefined })
  if (isGone() && !fate.arrivesAnyway) throw broken('the sender has gone')
  const target = request.url.pathname + request.url.search
  const answer = await witness({ ...request, target, who: lines.who }, () => arrive(request, fate, lines), lines)
  note(`> ${what} → ${answer.kind === 'reset' ? 'reset' : answer.status}${isGone() ? ' (unheard)' : ''}`)
  await time.sleep(fate.backMs + (answer.kind === 'reset' ? 0 : answer.delayMs))
  return heard(request, fate.isGarbled ? garbled(answer) : answer)
}

async function arrive(request: HttpRequest, { effect }: Fate, { emulator }: Lines): Promise<EmulatorAnswer> {
  const { method, url, headers, body, onProgress } = request
  const length = body === undefined ? (method === 'GET' || method === 'HEAD' ? undefined : 0) : body.size
  // The rules are read before `handle` returns, so that they strike this request alone.
  emulator.faults.clear()
  if (effect !== undefined) emulator.faults.add({ effect })
  return await emulator.handle({
    method,
    target: url.pathname + url.search,
    headers: { ...headers, ...(length === undefined ? {} : { 'content-length': String(length) }) },
    body: sent(body, onProgress),
  })
}

async function* sent(body: Content | undefined, onProgress: () => void): AsyncGenerator<Uint8Array> {
  if (body !== undefined) {
    for await (const chunk of body.bytes()) {
      onProgress()
      yield chunk
    }
  }
  onProgress()
}

/** As a gateway does it that answers in the place of the service which has acted. */
function garbled(answer: EmulatorAnswer): EmulatorAnswer {
  const isYes = answer.kind === 'answer' && answer.status < 300
  return isYes ? { ...answer, body: Buffer.from('<html></html>') } : answer
}

function heard({ method }: HttpRequest, answer: EmulatorAnswer): HttpResponse {
  if (answer.kind === 'reset') throw broken('ECONNRESET')
  const { status, headers, body } = answer
  const announced = Number(headers['content-length'] ?? body.length)
  if (method !== 'HEAD' && announced > body.length) throw broken('other side closed')
  return { status, headers, body: method === 'HEAD' ? new Uint8Array(0) : body }
}

function broken(message: string): ConnectionFailure {
  return new ConnectionFailure(message, { reached: true, permanent: false, cause: undefined })
}
