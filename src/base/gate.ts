/** Lets at most `width` pieces of work be inside at once; the others wait in order. */
export type Gate = { enter<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> }

export function createGate(width: number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []
  const leave = () => {
    inside--
    waiting.shift()?.()
  }
  return {
    async enter(signal, work) {
      while (inside >= width) await new Promise<void>((resolve) => waiting.push(resolve))
      if (signal.aborted) {
        waiting.shift()?.()
        throw signal.reason
      }
      inside++
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
