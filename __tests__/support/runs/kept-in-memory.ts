import { bytesContent } from '../../../src/lib/content.ts'
import type { ScratchFile, ScratchTree } from '../../../src/github/workspace.ts'

export function scratchInMemory(): ScratchFile {
  const chunks: Buffer[] = []
  return {
    async write(bytes) {
      // Copy: the caller can reuse the buffer afterwards.
      chunks.push(Buffer.from(bytes))
    },
    content: async () => bytesContent(Buffer.concat(chunks)),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** For runs that compare nothing. */
export function noScratchTree(): ScratchTree {
  const nothing = () => Promise.reject(new Error('Nothing is kept here'))
  return { find: nothing, read: nothing, add: scratchInMemory }
}
