import type { BatchId } from '../../platform/ids.ts'

/** What this run wants to be in the dataset. */
export type Wanted = {
  readonly publication: string
  /** Fingerprint of the whole content. */
  readonly publish: string
  /** Hash of the file names. */
  readonly names: string
  /** Hash of the names and sizes of all files that were found, those of other shares too. */
  readonly files: string
  /** Fingerprints of the batches that it would be sent as. */
  readonly parts: readonly string[]
  readonly runId: number
  readonly attempt: number
  readonly ref: string
  readonly asked: Asked
  readonly ifUnchanged: 'skip' | 'publish'
  /** Of the whole content; undefined where nobody counted them. */
  readonly rows: number | undefined
  /** `previous` may shrink by so much, in per cent. */
  readonly maxShrinkPercent: number
}

/** What the content is to take the place of. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'ids'; readonly ids: readonly NamedBatch[] }

/** A batch that the workflow names, looked up. */
export type NamedBatch = {
  readonly id: BatchId
  readonly isActive: boolean
  /** Who holds its rows. */
  readonly holder: BatchId
  /** Everything that the holder was made of, where that is another batch. */
  readonly holdings: readonly string[]
}
