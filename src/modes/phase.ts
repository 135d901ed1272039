import type { Clock } from '../lib/time.ts'
import type { RunFactsRecorder, PhaseName } from '../report/facts.ts'

export type PhaseTools = {
  readonly clock: Clock
  readonly recorder: RunFactsRecorder
  /** What is said meanwhile is shown under this title. */
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>
}

/** Does one part of a run. Phases don't lie within one another: the log knows no groups in groups. */
export async function phase<T>(name: PhaseName, tools: PhaseTools, work: () => Promise<T>): Promise<T> {
  const startMs = tools.clock.now()
  try {
    return await tools.group(name, work)
  } finally {
    tools.recorder.addSpan({ phase: name, startMs, endMs: tools.clock.now() })
  }
}
