import type { Clock } from './clock.ts'

/** The time that a run may spend on waiting, all its waits together; what runs in between doesn't count. */
export type Patience = {
  leftMs(): number
  /** Counts the time that `wait` takes; several at once count once. */
  during<T>(wait: () => Promise<T>): Promise<T>
}

export function createPatience(totalMs: number, clock: Clock): Patience {
  let spentMs = 0
  let waits = 0
  let sinceMs = 0
  const running = () => (waits > 0 ? clock.now() - sinceMs : 0)
  return {
    leftMs: () => totalMs - spentMs - running(),
    async during(wait) {
      if (waits++ === 0) sinceMs = clock.now()
      try {
        return await wait()
      } finally {
        if (waits === 1) spentMs += clock.now() - sinceMs
        waits--
      }
    },
  }
}
