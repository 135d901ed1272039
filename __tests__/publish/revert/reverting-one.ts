import { createWaitBudget } from '../../../src/lib/time.ts'
import { Problem } from '../../../src/lib/errors.ts'
import type { ActionResult } from '../../../src/platform/batches.ts'
import { revertBatch } from '../../../src/publish/revert.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { batchId } from '../../support/make.ts'
import { plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'
import { apisOf } from '../../support/platform/platform-client.ts'

export const LOST = new Problem('The answer got lost', { remedy: '', isPassing: true, mayHaveActed: true })
export const FORBIDDEN = new Problem('Not allowed', { remedy: 'Ask' })

type Setting = {
  /** What the catalogue says of `B`. */
  readonly reads: Reads
  readonly others?: Readonly<Record<string, Reads>>
  /** What each REVERT is answered; the last one again and again. */
  readonly answers?: readonly (ActionResult | Problem)[]
  /** What goes wrong with the first look after the REVERT. */
  readonly secondLook?: Problem
  /** How many looks after the REVERT go wrong so; absent: one. */
  readonly oddLooks?: number
  readonly waits?: boolean
  readonly timeoutMs?: number
}

const { batches: real } = await apisOf(inMemoryPlatform())

/** Reverts `B`. */
export async function reverting({
  reads,
  others = {},
  answers = ['done'],
  secondLook,
  oddLooks = 1,
  waits = true,
  timeoutMs = 3_600_000,
}: Setting) {
  const clock = leapingClock()
  const catalog = plainCatalog({ ...others, B: reads })
  const say = heard()
  const problems = secondLook === undefined ? [] : Array.from({ length: oddLooks }, () => secondLook)
  const startMs = clock.now()
  let sent = 0
  const revert = async () => {
    const answer = answers[Math.min(sent++, answers.length - 1)] ?? 'done'
    if (answer instanceof Problem) throw answer
    return answer
  }
  const batch = async (...args: Parameters<typeof catalog.batch>) => {
    if (catalog.reads.length === 1 && problems.length > 0) throw problems.pop()
    return catalog.batch(...args)
  }
  const work = revertBatch(
    batchId('B'),
    { waits },
    contextOf({
      batches: { ...real, revert },
      catalog: { ...catalog, batch },
      clock,
      log: say,
      budget: createWaitBudget({ totalMs: timeoutMs, graceMs: 0 }, clock),
      longestPauseMs: 120_000,
    }),
  )
  const ended = await work.catch((error: unknown) => error)
  return { ended, sent, say, looks: catalog.reads.length, tookMs: clock.now() - startMs }
}
