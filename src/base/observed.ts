import type { Content } from './content.ts'

/** The same content, whose bytes are seen on their way, chunk by chunk; each is waited for. */
export function observed(content: Content, see: (chunk: Uint8Array) => Promise<void>): Content {
  return {
    size: content.size,
    slice: (start, end) => observed(content.slice(start, end), see),
    async *bytes() {
      for await (const chunk of content.bytes()) {
        await see(chunk)
        yield chunk
      }
    },
  }
}
