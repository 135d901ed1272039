import { type Hash, createHash } from 'node:crypto'

/** A file as a commit records it. */
export type TreeFile = {
  /** From the root of the repository, `/` between segments. The author of the commit chose it. */
  readonly path: string
  /** Hash of its bytes, as Git computes it. */
  readonly sha: string
  readonly kind: 'file' | 'link' | 'submodule'
  /** In bytes; absent if the source does not give it. */
  readonly size?: number
}

/** `reason` is text for people that completes a sentence. */
export type Unreadable = { readonly kind: 'unreadable'; readonly reason: string }

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason }
}

/** Hashes a file of this many bytes as Git does. The length of `sha` selects SHA-1 or SHA-256. */
export function gitBlobHash(bytes: number, sha: string): Hash {
  return createHash(sha.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`)
}

/** SHA-1, or SHA-256 in a repository that was created with it. */
export function isFullSha(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text)
}

export type CommitTree = { readonly kind: 'tree'; readonly files: readonly TreeFile[] } | Unreadable

export type BlobSink = {
  /** Receives one chunk after another. The bytes may be overwritten after it returns. */
  readonly write: (bytes: Uint8Array) => Promise<void>
  /** Larger files are not read. */
  readonly mostBytes: number
}

export type BlobRead = { readonly kind: 'read'; readonly bytes: number } | Unreadable

export type MergeBase = { readonly kind: 'found'; readonly commit: string } | Unreadable

/** Files of commits, from any source. Throws nothing but the reason of the signal. */
export type CommitFiles = {
  /** Every file of a commit, by its full SHA. */
  tree(commit: string, signal: AbortSignal): Promise<CommitTree>
  read(file: TreeFile, sink: BlobSink, signal: AbortSignal): Promise<BlobRead>
  /** Where the histories of two commits meet. */
  mergeBase(one: string, other: string, signal: AbortSignal): Promise<MergeBase>
}
