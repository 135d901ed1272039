import type { Effect } from '../../emulator/faults/faults.ts'
import type { HttpRequest } from '../../src/platform/http/transport.ts'
import type { Chance, Weather } from './story.ts'

/** What becomes of one attempt on its way. */
export type Fate = {
  /** For the log and the tally. */
  readonly name: string
  readonly effect: Effect | undefined
  readonly isUnreachable: boolean
  /** Of an answer that says yes only the yes is legible. */
  readonly isGarbled: boolean
  readonly outMs: number
  readonly backMs: number
  /** Arrives though the sender has gone by then. */
  readonly arrivesAnyway: boolean
}

type Draw = readonly [name: string, weight: number, draw: (chance: Chance, request: HttpRequest) => Effect | undefined]

const STATUSES = [500, 502, 503, 504] as const

const MISFORTUNES: readonly Draw[] = [
  ['unreachable', 2, () => undefined],
  ['dropped before', 3, () => ({ kind: 'reset', when: 'before' })],
  ['dropped after', 4, () => ({ kind: 'reset', when: 'after' })],
  ['429 in seconds', 1, (chance) => ({ kind: 'throttle', as: 'seconds', seconds: chance.whole(0, 20) })],
  ['429 as a date', 1, (chance) => ({ kind: 'throttle', as: 'date', seconds: chance.whole(0, 20) })],
  ['5xx before', 3, (chance) => ({ kind: 'answer', status: chance.pick(STATUSES) })],
  // 503 is taken for "surely did not act", and only those that may have acted do so here.
  ['5xx after', 3, (chance) => ({ kind: 'answer', status: chance.pick([500, 502, 504]), acts: true })],
  ['HTML', 2, (chance) => ({ kind: 'html', status: chance.pick([502, 503, 504]) })],
  ['garbled', 1, () => undefined],
  ['truncated', 2, (chance) => ({ kind: 'truncate', bytes: chance.whole(0, 40) })],
  ['slow', 3, (chance) => ({ kind: 'latency', ms: chance.magnitude(1_000, 120_000) })],
  ['token revoked', 1, () => ({ kind: 'revoke-token' })],
  ['stalled upload', 1, (_, { body }) => (body === undefined ? { kind: 'reset', when: 'before' } : STALL)],
  ['slow upload', 1, (chance) => ({ kind: 'slow-upload', bytesPerSecond: chance.magnitude(20, 2_000) })],
]

const STALL: Effect = { kind: 'stalled-upload', afterBytes: 0 }

export type Odds = Pick<Weather, 'perAttempt' | 'perTagChange'>

export function drawFate(request: HttpRequest, odds: Odds, chance: Chance): Fate {
  const way = {
    outMs: chance.magnitude(5, 150),
    backMs: chance.magnitude(5, 150),
    arrivesAnyway: chance.happens(0.5),
  }
  if (!chance.happens(oddsOf(request, odds)))
    return { name: 'fine', effect: undefined, isUnreachable: false, isGarbled: false, ...way }
  const [name, , draw] = weighted(chance)
  const isGarbled = name === 'garbled'
  return {
    name,
    effect: draw(chance, request),
    isUnreachable: name === 'unreachable',
    isGarbled,
    ...way,
  }
}

function oddsOf(request: HttpRequest, { perAttempt, perTagChange = 0 }: Odds): number {
  return isTagChange(request) ? Math.max(perAttempt, perTagChange) : perAttempt
}

export function isTagChange({ method, url }: HttpRequest): boolean {
  return method === 'PATCH' && url.pathname.includes('/catalog/dataSets/')
}

function weighted(chance: Chance): Draw {
  let left = chance.next() * MISFORTUNES.reduce((sum, [, weight]) => sum + weight, 0)
  const found = MISFORTUNES.find(([, weight]) => (left -= weight) < 0) ?? MISFORTUNES[0]
  if (found === undefined) throw new Error('no failures')
  return found
}
