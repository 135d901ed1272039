import type { StoredFile } from './stored-file.ts'

/** An entry of `errors` in Catalog's record of a batch. */
export type BatchError = {
  readonly code: string
  readonly description: string
  readonly recordCount?: number
  readonly rows?: readonly string[]
}

/** A file that fails its whole batch, however few of its rows have errors. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly reason: BatchError

  constructor(reason: BatchError, cause?: unknown) {
    super(reason.description, { cause })
    this.reason = reason
  }
}

/** Batch ingestion troubleshooting guide: an empty file fails its batch with code 106. */
export function refuseEmpty(file: StoredFile): never {
  throw new FileRefused({ code: '106', description: `Dataset file is empty: ${file.name}` })
}
