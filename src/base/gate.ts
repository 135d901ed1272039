/** Lets at most `width` pieces of work be inside at once; the others wait in order. */
export type Gate = { enter<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> }

export function createGate(width: number): Gate {
  const waiting: (() => void)[] = []
  let free = width
  const admit = async () => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
  }
  // A place that is left goes straight to the next in line.
  const leave = () => {
    const next = waiting.shift()
    if (next === undefined) free++
    else next()
  }
  return {
    async enter(signal, work) {
      await admit()
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        leave()
      }
    },
  }
}
