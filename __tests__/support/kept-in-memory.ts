import { bytesContent } from '../../src/lib/content.ts'
import type { ScratchFile } from '../../src/github/workspace.ts'

export function scratchInMemory(): ScratchFile {
  const chunks: Buffer[] = []
  return {
    async write(bytes) {
      // The bytes may be gone afterwards.
      chunks.push(Buffer.from(bytes))
    },
    content: async () => bytesContent(Buffer.concat(chunks)),
    [Symbol.asyncDispose]: async () => undefined,
  }
}
