/** Waits that can all be ended at once, so that no timer outlives the server. */
export type Pauses = {
  /** `Infinity` waits until the process, or the connection, ends. */
  readonly wait: (ms: number) => Promise<void>
  end(): void
}

export function createPauses(): Pauses {
  const running = new Set<{ readonly timer: NodeJS.Timeout; readonly resolve: () => void }>()
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (ms === Infinity) return
      const pause = {
        resolve,
        timer: setTimeout(() => {
          running.delete(pause)
          resolve()
        }, ms),
      }
      running.add(pause)
    })
  const end = () => {
    for (const { timer, resolve } of running) {
      clearTimeout(timer)
      resolve()
    }
    running.clear()
  }
  return { wait, end }
}
