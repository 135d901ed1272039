import type { EmulatorRequest } from '../http/exchange.ts'

/** The effect of a fault. Times are in milliseconds. */
export type Effect =
  /** The request gets this answer; `acts`: only after the platform acted on it. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly body?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly acts?: boolean
    }
  /** The connection breaks; `after`: the platform acted on the request, and only the answer is lost. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** An intermediary sends the request twice, and forwards one of the answers. */
  | { readonly kind: 'twice'; readonly answer: 'first' | 'second' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** 429 with Retry-After, either in seconds or as the date that many seconds from now. */
  | { readonly kind: 'throttle'; readonly seconds: number; readonly as: 'seconds' | 'date' }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'missing' }
  /** The answer announces its whole length but ends after this many bytes. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** The body is read at this speed. */
  | { readonly kind: 'slow-upload'; readonly bytesPerSecond: number }
  /** After this many bytes, the platform reads no more and sends no answer. */
  | { readonly kind: 'stalled-upload'; readonly afterBytes: number }
  /** The token of the request becomes invalid. */
  | { readonly kind: 'revoke-token' }

/** Of the requests that match, the first `skip` pass, then the fault hits the next `times` (default 1; 0: all). */
export type Fault = {
  readonly method?: string
  /** `*` stands for one segment or a part of it, `**` for anything. A pattern with a `?` is compared with path and query. */
  readonly path?: string
  readonly skip?: number
  readonly times?: number
  readonly effect: Effect
}

export type Faults = {
  add(...faults: readonly Fault[]): void
  clear(): void
  list(): readonly Fault[]
  /** The effects that hit this request. It counts once for each rule that matches. */
  strike(request: EmulatorRequest): readonly Effect[]
}

export function createFaults(): Faults {
  let rules: readonly { readonly fault: Fault; seen: number }[] = []
  return {
    add: (...faults) => {
      rules = [...rules, ...faults.map((fault) => ({ fault, seen: 0 }))]
    },
    clear: () => {
      rules = []
    },
    list: () => rules.map(({ fault }) => fault),
    strike: (request) => {
      const fitting = rules.filter(({ fault }) => fits(fault, request))
      for (const rule of fitting) rule.seen += 1
      return fitting.filter(({ fault, seen }) => isHit(fault, seen)).map(({ fault }) => fault.effect)
    },
  }
}

function isHit({ skip = 0, times = 1 }: Fault, seen: number): boolean {
  return seen > skip && (times === 0 || seen <= skip + times)
}

function fits({ method, path }: Fault, request: EmulatorRequest): boolean {
  if (method !== undefined && method.toUpperCase() !== request.method) return false
  if (path === undefined) return true
  const target = path.includes('?') ? request.target : (request.target.split('?')[0] ?? '')
  return pattern(path).test(target)
}

function pattern(path: string): RegExp {
  const parts = path.split(/(\*\*|\*)/).map((part) => {
    if (part === '**') return '.*'
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`)
}
