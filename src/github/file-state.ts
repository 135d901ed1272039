import { statSync } from 'node:fs'
import type { FileState } from '../base/read-file.ts'

export type FoundState = FileState & { readonly isFile: boolean }

/** What a file is now. */
export function stateOf(path: string): FoundState {
  const found = statSync(path)
  return { path, size: found.size, modifiedMs: found.mtimeMs, isFile: found.isFile() }
}
