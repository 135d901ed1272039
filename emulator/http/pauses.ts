/** Waits that can all be ended at once, so that no timer outlives the server. */
export type Pauses = {
  /** `Infinity` waits until the end. */
  readonly wait: (ms: number) => Promise<void>
  end(): void
}

export function createPauses(): Pauses {
  const running = new Set<() => void>()
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer)
        running.delete(over)
        resolve()
      }
      const timer = ms === Infinity ? undefined : setTimeout(over, ms)
      running.add(over)
    })
  const end = () => {
    for (const over of running) over()
  }
  return { wait, end }
}
