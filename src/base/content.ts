import { readFile, type FileState } from './read-file.ts'

/**
 * Bytes that can be read again and again: every attempt to send them opens them anew, so that a retry can never send
 * what is left of a used-up stream. `bytes()` yields chunks that are valid only until the next one is asked for.
 */
export type Content = {
  /** In bytes. */
  readonly size: number
  /** The bytes from `start` up to, not including, `end`. */
  slice(start: number, end: number): Content
  /** Throws a {@link Problem} when the file has changed since it was found, or can't be read. */
  bytes(): AsyncIterable<Uint8Array>
}

export function fileContent(file: FileState): Content {
  return part(file, 0, file.size)
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

function part(file: FileState, start: number, end: number): Content {
  return {
    size: end - start,
    slice: (from, to) => part(file, start + from, start + to),
    bytes: () => readFile(file, { start, end }),
  }
}
