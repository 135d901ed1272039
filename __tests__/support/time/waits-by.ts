import { type Clock, type WaitLimits, createWaitBudget } from '../../../src/lib/time.ts'

/** Waits by this clock, without end or within these limits. */
export function waitsBy(clock: Clock, { totalMs = Infinity, graceMs = 0 }: Partial<WaitLimits> = {}) {
  return { budget: createWaitBudget({ totalMs, graceMs }, clock) }
}
