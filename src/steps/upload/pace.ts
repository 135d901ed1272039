/** How fast one request has carried bytes lately, beside those that run at the same time. */
export type Pace = {
  /** A request has carried so many bytes, and was answered. */
  note(bytes: number, ms: number): void
  /** A request was ended before it had carried so many. */
  noteLess(bytes: number, ms: number): void
  /** How many bytes a request carries in this time; undefined while nothing was measured. */
  carries(ms: number): number | undefined
}

/** In what is smaller, the time is that of the answer, not of the line. */
export const TELLING_BYTES = 1 << 20

/** A connection that breaks sooner was not too slow. */
const TELLING_MS = 5_000

/** The newest request counts as much as all before it: lines change while a large file is on its way. */
export function createPace(): Pace {
  let bytesPerMs: number | undefined
  return {
    note(bytes, ms) {
      if (bytes < TELLING_BYTES) return
      const latest = bytes / Math.max(ms, 1)
      bytesPerMs = bytesPerMs === undefined ? latest : (bytesPerMs + latest) / 2
    },
    noteLess(bytes, ms) {
      if (bytes < TELLING_BYTES || ms < TELLING_MS) return
      bytesPerMs = Math.min(bytesPerMs ?? Infinity, bytes / Math.max(ms, 1))
    },
    carries: (ms) => (bytesPerMs === undefined ? undefined : Math.floor(bytesPerMs * ms)),
  }
}

/** Of a request that has the line to itself, for requests of which so many will share it. */
export function sharedPace(pace: Pace, requests: number): Pace {
  return {
    ...pace,
    note: (bytes, ms) => pace.note(bytes, ms * requests),
    noteLess: (bytes, ms) => pace.noteLess(bytes, ms * requests),
  }
}
