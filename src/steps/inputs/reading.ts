/** One thing that is wrong with the text of one input. */
export type Fault = {
  /** The text, or the line of it, that is wrong; empty when nothing was given. */
  readonly value: string
  /** What would be right, as a phrase that follows "allowed:". */
  readonly allowed: string
  /** What was most likely meant. */
  readonly meant?: string | undefined
}

export type Reading<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'refused'; readonly faults: readonly Fault[] }

/** Makes the value of an input from its text; the text is empty when there is neither a value nor a default. */
export type Reader<T> = (text: string) => Reading<T>

export function read<T>(value: T): Reading<T> {
  return { kind: 'read', value }
}

export function refuse(...faults: readonly Fault[]): Reading<never> {
  return { kind: 'refused', faults }
}
