import { watchOf } from '../../check/mapped-rows.ts'
import { type CheckSetup, rowCheckOf } from '../../check/row-check.ts'
import type { Context } from '../../context.ts'
import { type DigestSetup, digestCheckOf } from '../../diff/digest.ts'
import type { QuickCheck, SliceChecker } from '../../formats/check.ts'
import type { PoolSetup } from '../../formats/pool.ts'
import { type SearchSetup, searchCheckOf } from '../../publish/rejected/search.ts'
import type { PhaseName, RunFactsRecorder } from '../../report/facts.ts'

/** What a mode works with: the ports, and the recorder of the facts that the report shows. */
export type RunContext = Context & {
  readonly recorder: RunFactsRecorder
  /** Checks rows or searches for some, on this thread or in worker threads. */
  readonly openChecker: (setup: ThreadSetup) => SliceChecker
  /**
   * Starts worker threads for this many bytes of data; the next checker takes them. Disposing ends those that were not
   * taken.
   */
  readonly startThreads: (bytes: number) => AsyncDisposable
}

/** The task of a thread: check rows, search for some, or make their digests. */
export type ThreadSetup = CheckSetup | SearchSetup | DigestSetup

/** @throws Problem if the schema is not one */
export function quickCheckOf(setup: ThreadSetup, progress?: Int32Array): QuickCheck {
  if ('sought' in setup) return searchCheckOf(setup, progress)
  return 'key' in setup ? digestCheckOf(setup, progress) : rowCheckOf(setup, progress)
}

/** What a pool is opened with: a thread is watched if its rows can take any amount of time. */
export function checkingOf(setup: ThreadSetup): Pick<PoolSetup, 'check' | 'watch'> {
  const check = quickCheckOf(setup)
  const plan = 'source' in setup ? setup.mapping?.plan : setup.plan
  return { check, watch: check.conversion?.isSlow ? watchOf(plan) : undefined }
}

/** Runs one part of a run, and measures its time. Phases are not nested. */
export async function runPhase<T>(name: PhaseName, context: RunContext, work: () => Promise<T>): Promise<T> {
  const startMs = context.clock.now()
  try {
    return await work()
  } finally {
    context.recorder.addSpan({ phase: name, startMs, endMs: context.clock.now() })
  }
}
