/**
 * Bytes that can be read repeatedly: every attempt to send them opens them again, so that a retry never sends the rest
 * of a used-up stream. `bytes()` yields chunks that are valid only until the next one is requested.
 */
export type Content = {
  /** In bytes. */
  readonly size: number
  /** The bytes from `start` up to, not including, `end`. */
  slice(start: number, end: number): Content
  /** @throws Problem when the file has changed since it was found, or can't be read. */
  bytes(): AsyncIterable<Uint8Array>
  /**
   * Fills all of `into` with the bytes from `start` on, synchronously and without other memory. Throws as `bytes` does.
   */
  readonly fill?: (into: Uint8Array, start: number) => void
}

export function bytesContent(bytes: Uint8Array): Content {
  return {
    size: bytes.length,
    slice: (start, end) => bytesContent(bytes.subarray(start, end)),
    async *bytes() {
      if (bytes.length > 0) yield bytes
    },
  }
}

/**
 * Smaller chunks are gathered up to this many bytes, so that a thousand small files don't need a thousand socket
 * writes.
 */
const GATHERED_BYTES = 1 << 18

/** Several contents, one after the other, as one content. */
export function joinedContent(parts: readonly Content[]): Content {
  return {
    size: parts.reduce((total, { size }) => total + size, 0),
    slice: (start, end) => joinedContent(cutOut(parts, start, end)),
    bytes: () => readJoined(parts),
  }
}

function cutOut(parts: readonly Content[], start: number, end: number): readonly Content[] {
  let position = 0
  return parts.flatMap((one) => {
    const from = Math.max(start - position, 0)
    const to = Math.min(end - position, one.size)
    position += one.size
    if (from >= to) return []
    return [from === 0 && to === one.size ? one : one.slice(from, to)]
  })
}

async function* readJoined(parts: readonly Content[]): AsyncGenerator<Uint8Array> {
  const total = parts.reduce((bytes, { size }) => bytes + size, 0)
  const buffer = Buffer.allocUnsafeSlow(Math.min(GATHERED_BYTES, total))
  let used = 0
  for (const one of parts) {
    for await (const chunk of one.bytes()) {
      if (used + chunk.length > buffer.length && used > 0) {
        yield buffer.subarray(0, used)
        used = 0
      }
      if (chunk.length >= buffer.length) yield chunk
      else {
        buffer.set(chunk, used)
        used += chunk.length
      }
    }
  }
  if (used > 0) yield buffer.subarray(0, used)
}

/** The same content, but each chunk is passed to `see`, and awaited, before it is yielded. */
export function observe(content: Content, see: (chunk: Uint8Array) => Promise<void>): Content {
  return {
    size: content.size,
    slice: (start, end) => observe(content.slice(start, end), see),
    async *bytes() {
      for await (const chunk of content.bytes()) {
        await see(chunk)
        yield chunk
      }
    },
  }
}

/** All bytes of the content at once. Only for content that is known to be small. */
export async function readAll(content: Content): Promise<Uint8Array<ArrayBuffer>> {
  const all = new Uint8Array(content.size)
  let at = 0
  for await (const chunk of content.bytes()) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
