import { vi } from 'vitest'

/** Below the deadline of a test, so that the failure says what was waited for; only what never comes true misses it. */
const LONGEST_MS = 540_000

/** Until it is true; what another process does takes as long as the machine lets it. */
export async function waitUntil(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitUntil(isTrue, { interval: 5, timeout: LONGEST_MS })
}
