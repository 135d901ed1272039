/** What rows are compared with: the files of a commit. */
export type DiffBase = {
  /** Its full SHA. */
  readonly commit: string
  /**
   * `published`: the commit of the active publish; `first-parent`: of the merge commit of a pull request; `merge-base`: where
   * the pull request left its base branch.
   */
  readonly kind: 'published' | 'first-parent' | 'merge-base'
  /** Proved by its fingerprint to be what the dataset holds, all of it. Guards use no other base. */
  readonly isProved: boolean
  /** Of its batches, some are in the dataset, and others are not. */
  readonly isPartial?: true
  /** Rows of it that the platform rejected, so that the dataset does not hold them; absent where it said of none. */
  readonly rejected?: number
}

/** What tells that a row of the base and one of today are the same row. */
export type RowKeyKind =
  /** The input `key`. */
  | 'input'
  /** The schema's primary identity. */
  | 'identity'
  /** The primary identity of `identityMap`. */
  | 'identity-map'
  /** The primary key of a relational schema. */
  | 'primary-key'
  /** `_id` of events. */
  | 'event-id'
  /** Nothing does: rows are compared as a whole, and a row that changes is one removed and one added. */
  | 'whole-row'

export type DiffKey = {
  readonly kind: RowKeyKind
  /** JSON pointers into the record, or names of source columns under a mapping; empty for whole rows. */
  readonly paths: readonly string[]
}

/** A field that differs in rows that changed. */
export type ChangedField = {
  /** JSON pointer; a list is one field. Names that may be data are hidden. */
  readonly path: string
  readonly rows: number
}

/** A place in a file; the number of the row, from 1, where a file has no lines (Parquet). */
export type FilePlace = { readonly file: string; readonly line: number }

/** A row to look at. It has no key, not even a hash of it: the values of a hash can be tried. */
export type RowSample = {
  readonly change: 'added' | 'changed' | 'removed'
  /** Of today's files; of the base for a row that was removed. */
  readonly file: string
  /** Of its first character, as {@link FilePlace} has it. */
  readonly line: number
}

/**
 * What becomes of the rows of the base: they are replaced, stay beside the new ones, or are overwritten by key in Profile.
 * `unknown`: the step validates, and does not say how another one publishes.
 */
export type PublishWay = 'replace' | 'append' | 'upsert' | 'unknown'

/** Rows of today's files beside those of the base. Of rows that share a key, equal ones are matched first. */
export type RowDiff = {
  readonly kind: 'compared'
  readonly base: DiffBase
  readonly key: DiffKey
  readonly way: PublishWay
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  /** Distinct keys of the base. A row without a value of the key counts by itself. */
  readonly baseKeys: number
  /** Those of them that no row of today's files has. */
  readonly removedKeys: number
  /** Rows of today's files whose key a row before them has; 0 for whole rows. */
  readonly duplicateKeys: number
  /** Rows of today's files without a value of the key, which are compared as a whole. */
  readonly keyless: number
  /** Rows of both sides that can't be read, and are left out. */
  readonly unreadable: number
  /** Those of the base among them, and the first of these; absent where there are none. */
  readonly unreadableBase?: FilePlace & { readonly rows: number }
  /** Most often changed first. */
  readonly fields: readonly ChangedField[]
  /** The first few of each kind, in the order of files and rows. */
  readonly samples: readonly RowSample[]
}

/** Why rows are not compared, in words that end a sentence: "Rows not compared: …". */
export type DiffAbsence = {
  readonly kind: 'absent'
  readonly reason: string
  /** What to do about it, in whole sentences, where that is known. */
  readonly remedy?: string
}
