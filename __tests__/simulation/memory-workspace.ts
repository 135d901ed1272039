import type { WorkspaceFile } from '../../src/github/file.ts'
import type { Workspace } from '../../src/github/workspace.ts'
import { scratchInMemory } from '../support/kept-in-memory.ts'

/** A checkout in memory in which every pattern finds every file. */
export function memoryWorkspace(files: readonly WorkspaceFile[]): Workspace {
  return {
    find: async (patterns) => patterns.map((pattern) => ({ pattern, files })),
    read: () => Promise.reject(new Error('Nothing is read here')),
    keep: scratchInMemory,
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}
