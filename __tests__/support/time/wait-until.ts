import { vi } from 'vitest'

/** Below the time limit of a test, so that the failure names the condition. Only a condition that never holds exceeds it. */
const LONGEST_MS = 540_000

/** Waits until the condition is true. Other processes take as long as the machine needs. */
export async function waitUntil(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitUntil(isTrue, { interval: 5, timeout: LONGEST_MS })
}
