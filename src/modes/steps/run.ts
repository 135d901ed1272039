import { watchOf } from '../../check/mapped-rows.ts'
import { type CheckSetup, rowCheckOf } from '../../check/row-check.ts'
import type { Context } from '../../context.ts'
import { type DigestSetup, digestCheckOf } from '../../diff/digest.ts'
import type { QuickCheck, SliceChecker } from '../../formats/check.ts'
import type { PoolSetup } from '../../formats/pool.ts'
import { type SearchSetup, searchCheckOf } from '../../publish/rejected/search.ts'
import type { PhaseName, RunFactsRecorder } from '../../report/facts.ts'

/** What a mode works with: the ports, and where it writes down what people will read. */
export type RunContext = Context & {
  readonly recorder: RunFactsRecorder
  /** Checks rows, or looks for some, here or in threads. */
  readonly openChecker: (setup: ThreadSetup) => SliceChecker
  /** Starts threads for data of so many bytes, which the next checker takes. Disposing ends those that none has taken. */
  readonly startThreads: (bytes: number) => AsyncDisposable
}

/** What a thread is started for: to check rows, to look for some, or to make digests of them. */
export type ThreadSetup = CheckSetup | SearchSetup | DigestSetup

/** @throws Problem for what is no schema. */
export function quickCheckOf(setup: ThreadSetup, progress?: Int32Array): QuickCheck {
  if ('sought' in setup) return searchCheckOf(setup, progress)
  return 'key' in setup ? digestCheckOf(setup, progress) : rowCheckOf(setup, progress)
}

/** What a pool is opened with: a thread whose rows may take any time is watched. */
export function checkingOf(setup: ThreadSetup): Pick<PoolSetup, 'check' | 'watch'> {
  const check = quickCheckOf(setup)
  const plan = 'source' in setup ? setup.mapping?.plan : setup.plan
  return { check, watch: check.conversion?.isSlow ? watchOf(plan) : undefined }
}

/** Does one part of a run, and measures its time. Phases do not lie within one another. */
export async function runPhase<T>(name: PhaseName, context: RunContext, work: () => Promise<T>): Promise<T> {
  const startMs = context.clock.now()
  try {
    return await work()
  } finally {
    context.recorder.addSpan({ phase: name, startMs, endMs: context.clock.now() })
  }
}
