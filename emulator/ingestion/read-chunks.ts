import type { StoredFile } from './stored-file.ts'

const CHUNK_BYTES = 1 << 20

/** The bytes of a file from start to end. The next chunk is read while the caller works on the current one. */
export async function* readChunks(file: StoredFile): AsyncGenerator<Buffer> {
  let ahead = readFrom(file, 0)
  try {
    for (let position = 0; position < file.size; position += CHUNK_BYTES) {
      const chunk = await ahead
      ahead = readFrom(file, position + CHUNK_BYTES)
      yield chunk
    }
  } finally {
    // If the caller leaves early, a failed read must not become an unhandled rejection.
    await ahead.catch(() => undefined)
  }
}

async function readFrom(file: StoredFile, start: number): Promise<Buffer> {
  if (start >= file.size) return Buffer.alloc(0)
  const bytes = await file.read(start, Math.min(start + CHUNK_BYTES, file.size))
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
