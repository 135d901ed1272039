import type { Invariant } from './reading.ts'

/** Into a relational dataset the action publishes nothing without an explicit yes, which no story gives; others may. */
export const relationalIsAskedFor: Invariant = ({ story, truth }) => {
  const ours = story.themes.relational ? truth.filter(({ provenance }) => provenance !== undefined) : []
  return ours.map(({ id }) => `batch ${id} was made in a relational dataset`)
}
