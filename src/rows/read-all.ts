import type { Content } from '../base/content.ts'

/** All bytes of a content at once. Only for what is known to be small. */
export async function readAll(content: Content): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(content.size)
  let at = 0
  for await (const chunk of content.bytes()) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
