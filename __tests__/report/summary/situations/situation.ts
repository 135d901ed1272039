import type { RunEnd, RunFacts } from '../../../../src/report/facts.ts'

/** How a run ended, and what was known by then. */
export type Situation = { readonly facts: RunFacts; readonly end: RunEnd }
