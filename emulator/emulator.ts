import { BrokenBody, type EmulatorAnswer, type EmulatorRequest } from './http/exchange.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { uuid } from './ids.ts'
import { answerInspection } from './inspection/inspection-api.ts'
import { createInspection, type Inspection } from './inspection/inspection.ts'
import { applyEffect, type Act } from './faults/effects.ts'
import type { Platform } from './platform.ts'
import { createRequestLog } from './inspection/request-log.ts'
import { seedState } from './seed.ts'
import { serve } from './http/serve.ts'
import { defaultSettings, type Settings } from './settings.ts'
import { settle } from './batches/settle.ts'
import { emptyState } from './state.ts'
import type { Storage } from './uploads/storage.ts'

export type { EmulatorAnswer, EmulatorRequest } from './http/exchange.ts'

export type World = {
  readonly clock: { now(): number }
  readonly random: () => number
  readonly storage: Storage
  /** The base of links in answers, without a slash at the end. */
  readonly publicUrl: string
  readonly settings?: Partial<Settings>
  /** For faults that slow uploads down; without it, they take no time. */
  readonly wait?: (ms: number) => Promise<void>
}

export type Emulator = Inspection & {
  readonly faults: Faults
  /** Answers one request; calls may overlap. */
  handle(request: EmulatorRequest): Promise<EmulatorAnswer>
}

/**
 * A local Experience Platform, as a function from request to answer. It has no timers and reads no clock of its own: a
 * batch moves on when a request next looks at it.
 */
export function createEmulator(world: World): Emulator {
  const settings = { current: { ...defaultSettings, ...world.settings } }
  const platform = createPlatform(world, () => settings.current)
  const suffering = { platform, wait: world.wait ?? (() => Promise.resolve()) }
  const [faults, log, settled] = [createFaults(), createRequestLog(), inTurn(() => settle(platform))]
  const inspection = createInspection({ platform, settings, faults, log, settled })

  const act: Act = async (request) => {
    await settled()
    return await serve(platform, request)
  }
  const handle = async (sent: EmulatorRequest): Promise<EmulatorAnswer> => {
    const seen = log.begin(sent, platform.now())
    const struck = faults.strike(sent).reduceRight((next, effect) => applyEffect(effect, next, suffering), act)
    const answer = withRequestId(await struck(seen.request).catch(unheard), platform)
    seen.end(answer)
    return answer
  }
  const emulator: Emulator = {
    ...inspection,
    faults,
    handle: (request) =>
      request.target.startsWith('/_emulator') ? answerInspection(emulator, request) : handle(request),
  }
  return emulator
}

function createPlatform(world: World, settings: () => Settings): Platform {
  const state = emptyState()
  seedState(state)
  const { clock, random, storage, publicUrl } = world
  return { state, settings, now: () => clock.now(), random, storage, publicUrl }
}

/** Runs calls one after another: two looks at once must not promote a batch twice. */
function inTurn(job: () => Promise<void>): () => Promise<void> {
  let last = Promise.resolve()
  return () => {
    last = last.then(job, job)
    return last
  }
}

function unheard(error: unknown): EmulatorAnswer {
  if (error instanceof BrokenBody) return { kind: 'reset' }
  throw error
}

/** The gateway gives every request an id, which Adobe's support asks for. */
function withRequestId(answer: EmulatorAnswer, platform: Platform): EmulatorAnswer {
  if (answer.kind === 'reset') return answer
  return { ...answer, headers: { 'x-request-id': uuid(platform.random), ...answer.headers } }
}
