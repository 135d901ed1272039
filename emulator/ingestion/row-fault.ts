/** What is wrong with a row: the step of promotion that refused it, and an entry of its `_errors`. */
export type RowFault = {
  readonly step: 'parsing' | 'conversion' | 'validation'
  readonly code: string
  readonly message: string
  readonly column?: string
}
