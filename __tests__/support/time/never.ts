/** A signal that never fires. */
export function never(): AbortSignal {
  return new AbortController().signal
}

/** Work that ends only when its signal fires, as a request to a silent server does. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}
