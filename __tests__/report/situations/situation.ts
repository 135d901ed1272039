import type { Ending } from '../../../src/journeys/ending.ts'
import type { Facts } from '../../../src/journeys/logbook.ts'

/** How a run ended, and what was known by then. */
export type Situation = { readonly facts: Facts; readonly ending: Ending }
