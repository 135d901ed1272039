import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Compressors } from 'hyparquet'

/** Node brings what hyparquet lacks (it has SNAPPY itself). LZ4 has no writer that is told to write for this platform. */
export const PARQUET_CODECS: Compressors = {
  GZIP: (bytes, maxOutputLength) => gunzipSync(bytes, limit(maxOutputLength)),
  BROTLI: (bytes, maxOutputLength) => brotliDecompressSync(bytes, limit(maxOutputLength)),
  ZSTD: (bytes, maxOutputLength) => zstdDecompressSync(bytes, limit(maxOutputLength)),
}

/** A page of nothing but nulls unpacks to no byte, and zlib takes no limit of 0. */
function limit(maxOutputLength: number) {
  return { maxOutputLength: Math.max(1, maxOutputLength) }
}
