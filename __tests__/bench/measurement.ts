/** One line of the results: what was measured, and its figures, each with its unit in its name. */
export type Measurement = {
  readonly benchmark: string
  readonly subject: string
  readonly figures: Readonly<Record<string, number>>
}
