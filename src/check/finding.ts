import type { Finding as RowFinding } from '../formats/check.ts'
import type { Issue, RowPlace } from '../formats/record.ts'

/** Where in a file something was found; `file` where it is the file as a whole, its columns for one. */
export type FindingPlace = RowPlace | { readonly kind: 'file' }

export type Placed = { readonly issue: Issue; readonly place: FindingPlace }

/** One distinct problem of a file, how often it was found, and where first. */
export type Finding = Omit<RowFinding, 'first'> & { readonly first: readonly Placed[] }
