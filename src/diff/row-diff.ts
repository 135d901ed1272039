/** What rows are compared with: the files of a commit. */
export type DiffBase = {
  /** Its full SHA. */
  readonly commit: string
  /**
   * `published`: the commit of the active publish run; `first-parent`: the first parent of the merge commit of a pull
   * request; `merge-base`: where the pull request left its base branch.
   */
  readonly kind: 'published' | 'first-parent' | 'merge-base'
  /** Its fingerprint proves that the dataset holds all of it, and nothing else. Guards use no other base. */
  readonly isProved: boolean
  /** Some of its batches are in the dataset, and others are not. */
  readonly isPartial?: true
  /**
   * Its rows that the platform rejected, so that the dataset does not hold them; absent if no rejection was reported.
   */
  readonly rejected?: number
}

/** What shows that a row of the base and a current row are the same row. */
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
  /** No key: rows are compared as a whole, and a row that changes is one removed and one added. */
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

/** A place in a file; `line` is the number of the row, from 1, if a file has no lines (Parquet). */
export type FilePlace = { readonly file: string; readonly line: number }

/** A row to look at. It shows no key, not even a hash of one: values can be tried until the hash fits. */
export type RowSample = {
  readonly change: 'added' | 'changed' | 'removed'
  /** A current file, or a file of the base for a row that was removed. */
  readonly file: string
  /** The line of its first character, as in {@link FilePlace}. */
  readonly line: number
}

/**
 * What happens to the rows of the base: they are replaced, stay beside the new ones, or are overwritten by key in
 * Profile. `unknown`: the step validates, and does not show how another one publishes.
 */
export type PublishWay = 'replace' | 'append' | 'upsert' | 'unknown'

/**
 * The rows of the current files compared with those of the base. Among rows that share a key, equal rows are matched
 * first.
 */
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
  /** The keys among them that no current row has. */
  readonly removedKeys: number
  /** Current rows that have the key of an earlier row; 0 for whole rows. */
  readonly duplicateKeys: number
  /** Current rows without a value of the key, which are compared as a whole. */
  readonly keyless: number
  /** Rows of both sides that cannot be read, and are left out. */
  readonly unreadable: number
  /** The unreadable rows of the base, and the first of them; absent if there are none. */
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
