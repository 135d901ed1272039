import type { Issue, RowPlace } from '../../rows/row.ts'
import type { Finding as RowFinding } from '../../rows/tally.ts'

/** Where in a file something was found; `file` where it is the file as a whole, its columns for one. */
export type Place = RowPlace | { readonly kind: 'file' }

export type Placed = { readonly issue: Issue; readonly place: Place }

/** One distinct problem of a file, how often it was found, and where first. */
export type Finding = Omit<RowFinding, 'first'> & { readonly first: readonly Placed[] }
