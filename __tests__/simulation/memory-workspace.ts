import { bytesContent } from '../../src/base/content.ts'
import type { Workspace, WorkspaceFile } from '../../src/github/workspace.ts'

/** A checkout in memory in which every pattern finds every file. */
export function memoryWorkspace(files: readonly WorkspaceFile[]): Workspace {
  return {
    find: async (patterns) => patterns.map((pattern) => ({ pattern, files })),
    read: () => Promise.reject(new Error('Nothing is read here')),
    async keep(_, bytes) {
      const chunks: Buffer[] = []
      for await (const chunk of bytes) chunks.push(Buffer.from(chunk))
      return bytesContent(Buffer.concat(chunks))
    },
    write: () => Promise.reject(new Error('Nothing is written here')),
    [Symbol.asyncDispose]: async () => undefined,
  }
}
