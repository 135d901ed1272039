import type { Ending } from '../../../../src/report/facts.ts'
import type { Facts } from '../../../../src/report/facts.ts'

/** How a run ended, and what was known by then. */
export type Situation = { readonly facts: Facts; readonly ending: Ending }
