import type { Clock } from '../../../src/lib/time.ts'

export type FakeClock = Clock & {
  /** Advances the time, and ends in order the sleeps that are due by then. */
  advance(ms: number): Promise<void>
  /** Changes only the wall clock. */
  stepWall(ms: number): void
  /** The number of sleeps that have not ended: 0 after work is complete. */
  sleeping(): number
  /** Every requested sleep, in milliseconds. */
  readonly sleeps: readonly number[]
}

type Sleeper = { readonly atMs: number; readonly wake: () => void }

/** Waits until everything that is ready to run has run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Time that stands still until it is moved. */
export function fakeClock(startMs = 1_800_000_000_000): FakeClock {
  return createClock(startMs, () => undefined)
}

/** Time that leaps to the end of the next sleep as soon as there is nothing else to do. */
export function leapingClock(startMs = 1_800_000_000_000): FakeClock {
  const clock = createClock(startMs, () => {
    setImmediate(() => clock.wakeNext(Infinity))
  })
  return clock
}

function createClock(startMs: number, onSleep: () => void): FakeClock & { wakeNext(untilMs: number): boolean } {
  const sleepers = new Set<Sleeper>()
  const sleeps: number[] = []
  let nowMs = startMs
  let stepMs = 0
  const wakeNext = (untilMs: number) => {
    const [next] = Array.from(sleepers).toSorted((a, b) => a.atMs - b.atMs)
    if (next === undefined || next.atMs > untilMs) return false
    nowMs = Math.max(nowMs, next.atMs)
    next.wake()
    return true
  }
  return {
    now: () => nowMs,
    wallNow: () => nowMs + stepMs,
    stepWall: (ms) => void (stepMs += ms),
    sleeping: () => sleepers.size,
    sleeps,
    wakeNext,
    async advance(ms) {
      const untilMs = nowMs + ms
      await settled()
      while (wakeNext(untilMs)) await settled()
      nowMs = untilMs
    },
    sleep(ms, signal) {
      sleeps.push(ms)
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        const onAbort = () => {
          sleepers.delete(sleeper)
          reject(signal.reason)
        }
        const wake = () => {
          sleepers.delete(sleeper)
          signal.removeEventListener('abort', onAbort)
          resolve()
        }
        const sleeper: Sleeper = { atMs: nowMs + ms, wake }
        sleepers.add(sleeper)
        signal.addEventListener('abort', onAbort, { once: true })
        onSleep()
      })
    },
  }
}
