import { createEmulator, type Emulator } from '../../../emulator/emulator.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { memoryStorage } from '../../../emulator/uploads/storage.ts'
import { BATCH_MOST, type BatchLimits } from '../../../src/platform/limits.ts'
import type { Transport, HttpRequest } from '../../../src/platform/http/transport.ts'
import { leapingClock, type FakeClock } from '../time/fake-clock.ts'
import { reset } from '../platform/scripted-transport.ts'

export type InMemoryPlatform = {
  readonly emulator: Emulator
  readonly clock: FakeClock
  /** Gives the same numbers in every test. */
  readonly random: () => number
  /** The limits of its batches, as the action knows them. */
  readonly batchMost: BatchLimits
  /** Calls the emulator as the network would. */
  readonly send: Transport
}

/** The emulator in this process, with a clock that leaps from one wait to the next. */
export function inMemoryPlatform(settings: Partial<Settings> = {}): InMemoryPlatform {
  const clock = leapingClock()
  const random = repeatingRandom()
  const emulator = createEmulator({
    clock,
    random,
    storage: memoryStorage(),
    publicUrl: 'http://emulator.test',
    settings,
  })
  const batchMost = { ...BATCH_MOST, files: settings.maxFiles ?? BATCH_MOST.files }
  return { emulator, clock, random, batchMost, send: transportTo((request) => emulator.handle(request)) }
}

/** The network, replaced by a function call. */
export function transportTo(handle: Emulator['handle']): Transport {
  return async (request, signal) => {
    signal.throwIfAborted()
    const answer = await handle(received(request))
    signal.throwIfAborted()
    if (answer.kind === 'reset') throw reset()
    return { status: answer.status, headers: answer.headers, body: answer.body }
  }
}

export function repeatingRandom(): () => number {
  let seed = 7
  return () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

function received({ method, url, headers, body }: HttpRequest) {
  const length = body === undefined ? {} : { 'content-length': String(body.size) }
  return {
    method,
    target: url.pathname + url.search,
    headers: { ...headers, ...length },
    body: body?.bytes() ?? nothing(),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
