/** An entry of `errors` in the Catalog's record of a batch. */
export type BatchError = {
  readonly code: string
  readonly description: string
  readonly recordCount?: number
  readonly rows?: readonly string[]
}
