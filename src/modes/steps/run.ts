import type { CheckSetup } from '../../check/row-check.ts'
import type { Context } from '../../context.ts'
import type { SliceChecker } from '../../formats/check.ts'
import type { PhaseName, RunFactsRecorder } from '../../report/facts.ts'

/** What a mode works with: the ports, and where it writes down what people will read. */
export type RunContext = Context & {
  readonly recorder: RunFactsRecorder
  /** Checks rows, here or in threads. */
  readonly openChecker: (setup: CheckSetup) => SliceChecker
}

/** Does one part of a run. Phases don't lie within one another: the log knows no groups in groups. */
export async function runPhase<T>(name: PhaseName, context: RunContext, work: () => Promise<T>): Promise<T> {
  const startMs = context.clock.now()
  try {
    return await context.log.group(name, work)
  } finally {
    context.recorder.addSpan({ phase: name, startMs, endMs: context.clock.now() })
  }
}
