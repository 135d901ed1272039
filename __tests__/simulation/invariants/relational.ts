import type { Invariant } from './reading.ts'

/** Into a relational dataset nothing is published without an explicit yes, which no story gives. */
export const relationalIsAskedFor: Invariant = ({ story, truth }) =>
  story.themes.relational ? truth.map(({ id }) => `batch ${id} was made in a relational dataset`) : []
