import type { Transfer } from '../plan/loads.ts'
import type { CheckedFile } from '../preflight.ts'

/** What a batch brought. */
export type Cargo = {
  /** None where this run didn't read them. */
  readonly files: readonly CheckedFile[]
  /** How they travelled; none where this run doesn't know. */
  readonly transfers: readonly Transfer[]
}
