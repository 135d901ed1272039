import type { Content } from './content.ts'

/** Smaller chunks are gathered to this many bytes: a thousand small files are no thousand writes to a socket. */
const GATHERED_BYTES = 1 << 18

/** Contents one behind the other, as one. */
export function joinedContent(parts: readonly Content[]): Content {
  return {
    size: parts.reduce((total, { size }) => total + size, 0),
    slice: (start, end) => joinedContent(cutOut(parts, start, end)),
    bytes: () => gathered(parts),
  }
}

function cutOut(parts: readonly Content[], start: number, end: number): readonly Content[] {
  let position = 0
  return parts.flatMap((part) => {
    const from = Math.max(start - position, 0)
    const to = Math.min(end - position, part.size)
    position += part.size
    if (from >= to) return []
    return [from === 0 && to === part.size ? part : part.slice(from, to)]
  })
}

async function* gathered(parts: readonly Content[]): AsyncGenerator<Uint8Array> {
  const total = parts.reduce((bytes, { size }) => bytes + size, 0)
  const buffer = Buffer.allocUnsafeSlow(Math.min(GATHERED_BYTES, total))
  let filled = 0
  for (const part of parts) {
    for await (const chunk of part.bytes()) {
      if (filled + chunk.length > buffer.length && filled > 0) {
        yield buffer.subarray(0, filled)
        filled = 0
      }
      if (chunk.length >= buffer.length) yield chunk
      else {
        buffer.set(chunk, filled)
        filled += chunk.length
      }
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled)
}
