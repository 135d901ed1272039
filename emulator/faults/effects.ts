import { Readable } from 'node:stream'
import { bytes, gatewayError, html, problem } from '../http/answers.ts'
import { BrokenBody, type Answer, type EmulatorAnswer, type EmulatorRequest } from '../http/exchange.ts'
import type { Effect } from './faults.ts'
import type { Platform } from '../platform.ts'

export type Act = (request: EmulatorRequest) => Promise<EmulatorAnswer>

export type Suffering = {
  readonly platform: Platform
  /** The emulator has no timers of its own. */
  readonly wait: (ms: number) => Promise<void>
}

/** `act`, changed by one fault. */
export function applyEffect(effect: Effect, act: Act, world: Suffering): Act {
  switch (effect.kind) {
    case 'answer':
      return async (request) => {
        if (effect.acts === true) await act(request)
        return bytes(effect.status, Buffer.from(effect.body ?? ''), effect.headers)
      }
    case 'reset':
      return async (request) => {
        if (effect.when === 'after') await act(request)
        return { kind: 'reset' }
      }
    case 'twice':
      return async (request) => {
        const body = await collected(request.body)
        const send = () => act({ ...request, body: Readable.from([body]) })
        const first = await send()
        const second = await send()
        return effect.answer === 'first' ? first : second
      }
    case 'latency':
      return async (request) =>
        answered(await act(request), (answer) => ({ ...answer, delayMs: answer.delayMs + effect.ms }))
    case 'throttle':
      return () => Promise.resolve(throttled(effect, world.platform.now()))
    case 'html':
      return () => Promise.resolve(html(effect.status, 'Bad Gateway'))
    case 'missing':
      return () => Promise.resolve(problem(404, 'Resource not found.'))
    case 'truncate':
      return async (request) => answered(await act(request), (answer) => truncated(answer, effect.bytes))
    case 'slow-upload':
      return (request) => act({ ...request, body: slowly(request.body, effect.bytesPerSecond, world) })
    case 'stalled-upload':
      return (request) => act({ ...request, body: stalling(request.body, effect.afterBytes, world) })
    case 'revoke-token':
      return (request) => {
        world.platform.state.tokens.delete((request.headers['authorization'] ?? '').replace(/^bearer\s+/i, ''))
        return act(request)
      }
    default:
      return effect satisfies never
  }
}

async function collected(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(Uint8Array.from(chunk))
  return Buffer.concat(chunks)
}

function answered(answer: EmulatorAnswer, change: (answer: Answer) => Answer): EmulatorAnswer {
  return answer.kind === 'reset' ? answer : change(answer)
}

function throttled({ seconds, as }: Extract<Effect, { kind: 'throttle' }>, nowMs: number): Answer {
  const retryAfter = as === 'seconds' ? String(seconds) : new Date(nowMs + seconds * 1000).toUTCString()
  const answer = gatewayError(429, '429050', 'Too many requests')
  return { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } }
}

function truncated(answer: Answer, length: number): Answer {
  const headers = { ...answer.headers, 'content-length': String(answer.body.length) }
  return { ...answer, headers, body: answer.body.subarray(0, length) }
}

async function* slowly(
  body: AsyncIterable<Uint8Array>,
  bytesPerSecond: number,
  world: Suffering,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    await world.wait((chunk.length / bytesPerSecond) * 1000)
    yield chunk
  }
}

/** A broken connection ends the wait. In memory, where waits take no time, the body breaks off at once. */
async function* stalling(
  body: AsyncIterable<Uint8Array>,
  afterBytes: number,
  world: Suffering,
): AsyncGenerator<Uint8Array> {
  let taken = 0
  for await (const chunk of body) {
    if (taken + chunk.length > afterBytes) {
      await world.wait(Infinity)
      throw new BrokenBody('The upload stalled')
    }
    taken += chunk.length
    yield chunk
  }
}
