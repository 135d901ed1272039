import { setTimeout as pause } from 'node:timers/promises'

/** Time as an argument, so that tests and simulations wait for nothing. */
export type Clock = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Rejects with the signal's reason as soon as it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, { signal }).catch(() => {
      throw signal.reason
    })
  },
}
