import { stat } from 'node:fs/promises'
import type { FileState } from '../base/content.ts'

export type FoundState = FileState & { readonly isFile: boolean }

/** What a file is now. */
export async function stateOf(path: string): Promise<FoundState> {
  const found = await stat(path)
  return { path, size: found.size, modifiedMs: found.mtimeMs, isFile: found.isFile() }
}
