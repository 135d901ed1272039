import type { BatchError } from './batch-error.ts'

/** A file that fails its whole batch, whatever share of its rows has errors. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly reason: BatchError

  constructor(reason: BatchError, cause?: unknown) {
    super(reason.description, { cause })
    this.reason = reason
  }
}
