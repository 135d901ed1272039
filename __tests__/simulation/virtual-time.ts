/** Whose waits end for ever when it is killed; the network has no life of its own and goes on. */
export type Life = { isOver: boolean }

export type VirtualTime = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves when the time has come, unless the life is over by then; rejects with the signal's reason. */
  sleep(ms: number, about?: { readonly signal?: AbortSignal; readonly life?: Life }): Promise<void>
  /** Lets time go on until the work is done: it leaps to the next sleeper whenever nothing else can run. */
  live<T>(work: Promise<T>): Promise<T>
  /** Moves on without waking anyone: only when nobody sleeps. */
  pass(ms: number): void
}

type Sleeper = { readonly atMs: number; readonly order: number; readonly life: Life | undefined; wake(): void }

/** A story that needs more has got stuck. */
const MOST_WAKINGS = 200_000

/**
 * One time for all who take part. One sleeper is woken at a time, and the next only when nothing is left that it set in
 * motion, so that the order of everything follows from what was asked for.
 */
export function createVirtualTime(startMs: number): VirtualTime {
  let nowMs = startMs
  let count = 0
  const sleepers = new Set<Sleeper>()
  const next = () => Array.from(sleepers).reduce<Sleeper | undefined>(earlier, undefined)
  const sleep: VirtualTime['sleep'] = (ms, { signal, life } = {}) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason)
      if (ms === Infinity) return
      const leave = () => {
        sleepers.delete(sleeper)
        signal?.removeEventListener('abort', onAbort)
      }
      const onAbort = () => {
        leave()
        if (life?.isOver !== true) reject(signal?.reason)
      }
      const wake = () => {
        leave()
        if (life?.isOver !== true) resolve()
      }
      const sleeper = { atMs: nowMs + Math.max(0, ms), order: count++, life, wake }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  return {
    now: () => nowMs,
    sleep,
    pass: (ms) => void (nowMs += ms),
    async live(work) {
      const state = { isDone: false }
      const done = () => void (state.isDone = true)
      work.then(done, done)
      for (let wakings = 0; ; wakings++) {
        await stillness()
        if (state.isDone) return await work
        const sleeper = next()
        if (sleeper === undefined) throw new Error('Nobody sleeps, and the story is not at its end')
        if (wakings >= MOST_WAKINGS) throw new Error(`The story is not at its end after ${MOST_WAKINGS} wakings`)
        nowMs = Math.max(nowMs, sleeper.atMs)
        sleeper.wake()
      }
    },
  }
}

function earlier(best: Sleeper | undefined, one: Sleeper): Sleeper {
  if (best === undefined) return one
  return one.atMs < best.atMs || (one.atMs === best.atMs && one.order < best.order) ? one : best
}

/** Promises and ticks all run before an immediate does; nothing in a simulation waits for the world outside. */
function stillness(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
