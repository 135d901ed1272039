import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Scratch } from './scratch.ts'
import { ParquetDamage } from './thrift.ts'

/** `parquet.thrift`, `CompressionCodec`, by its number. No current writer uses LZO. */
export const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const

export type Codec = (typeof CODECS)[number]

export type PackedPage = { readonly codec: Codec; readonly packed: Uint8Array }

/** Unpacks a page to exactly `size` bytes, and never makes more than that. @throws ParquetDamage for damaged data */
export function unpack({ codec, packed }: PackedPage, size: number, scratch: Scratch): Uint8Array {
  const bytes = plainView(size === 0 ? NO_BYTES : attempt({ codec, packed }, size, scratch))
  if (bytes.length !== size) throw new ParquetDamage(`a page that does not unpack (${codec})`)
  return bytes
}

/** A plain view, because `slice` of a Buffer doesn't copy. */
function plainView({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

const NO_BYTES = new Uint8Array(0)

function attempt({ codec, packed }: PackedPage, size: number, scratch: Scratch): Uint8Array {
  try {
    return unpackWith({ codec, packed }, size, scratch)
  } catch (error) {
    if (error instanceof ParquetDamage) throw error
    throw new ParquetDamage(`a page that does not unpack (${codec})`, { cause: error })
  }
}

/** With chunks of its default size, zlib would make many buffers for a page and then join them. */
const SMALLEST_CHUNK_BYTES = 64

/** Copies zlib's output and frees its buffer at once; otherwise many MiB would wait for the garbage collector. */
function moved(made: Buffer<ArrayBuffer>, scratch: Scratch): Uint8Array {
  const bytes = scratch.unpacked(made.length)
  bytes.set(made)
  if (made.length === made.buffer.byteLength) made.buffer.transfer(0)
  return bytes
}

function unpackWith({ codec, packed }: PackedPage, size: number, scratch: Scratch): Uint8Array {
  const limit = { maxOutputLength: size, chunkSize: Math.max(SMALLEST_CHUNK_BYTES, size) }
  switch (codec) {
    case 'UNCOMPRESSED':
      return packed
    case 'SNAPPY':
      return unpackSnappy(packed, scratch.unpacked(size))
    case 'GZIP':
      return moved(gunzipSync(packed, limit), scratch)
    case 'BROTLI':
      return moved(brotliDecompressSync(packed, limit), scratch)
    case 'ZSTD':
      return moved(zstdDecompressSync(packed, limit), scratch)
    case 'LZ4_RAW':
      return unpackLz4Block(packed, scratch.unpacked(size))
    case 'LZ4':
      return unpackLz4(packed, scratch.unpacked(size))
    case 'LZO':
      throw new ParquetDamage('a page packed with LZO, which is not read here')
    default:
      return codec satisfies never
  }
}

/** Snappy's `format_description.txt`: the length, then literals and copies of bytes already written. */
function unpackSnappy(packed: Uint8Array, out: Uint8Array): Uint8Array {
  let at = 0
  while ((packed[at++] ?? 0) >= 128);
  let to = 0
  while (at < packed.length) {
    const tag = packed[at++] ?? 0
    const kind = tag & 3
    if (kind === 0) {
      let length = (tag >> 2) + 1
      if (length > 60) {
        const bytes = length - 60
        length = littleEndian(packed, at, bytes) + 1
        at += bytes
      }
      to = copyLiteral({ packed, at, length }, out, to)
      at += length
    } else {
      const wide = kind === 1 ? 1 : kind === 2 ? 2 : 4
      const low = littleEndian(packed, at, wide)
      at += wide
      const offset = kind === 1 ? ((tag >> 5) << 8) | low : low
      to = copyBack(out, to, { offset, length: kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1 })
    }
  }
  if (to !== out.length) throw new ParquetDamage('a page that does not unpack (SNAPPY)')
  return out
}

function littleEndian(bytes: Uint8Array, at: number, length: number): number {
  if (at + length > bytes.length) throw new ParquetDamage('a packed page without its end')
  let value = bytes[at] ?? 0
  if (length > 1) value |= (bytes[at + 1] ?? 0) << 8
  if (length > 2) value |= (bytes[at + 2] ?? 0) << 16
  if (length > 3) value |= (bytes[at + 3] ?? 0) << 24
  return value >>> 0
}

type Literal = { readonly packed: Uint8Array; readonly at: number; readonly length: number }

/** For a few bytes, a loop is faster than making and copying a view. */
const FEW_BYTES = 48

function copyLiteral({ packed, at, length }: Literal, out: Uint8Array, to: number): number {
  const end = to + length
  if (at + length > packed.length || end > out.length) throw new ParquetDamage('a packed page without its end')
  if (length > FEW_BYTES) out.set(packed.subarray(at, at + length), to)
  else for (let index = 0; index < length; index++) out[to + index] = packed[at + index] ?? 0
  return end
}

type Copy = { readonly offset: number; readonly length: number }

/** The source of the copy may overlap its target; it then repeats. */
function copyBack(out: Uint8Array, to: number, { offset, length }: Copy): number {
  const end = to + length
  if (offset === 0 || offset > to || end > out.length)
    throw new ParquetDamage('a packed page that points outside of it')
  if (offset >= length && length > FEW_BYTES) out.copyWithin(to, to - offset, to - offset + length)
  else if (offset === 1) out.fill(out[to - 1] ?? 0, to, end)
  else for (let at = to; at < end; at++) out[at] = out[at - offset] ?? 0
  return end
}

/** "LZ4 Block Format": a literal, then a copy; the last literal has no copy. */
function unpackLz4Block(packed: Uint8Array, out: Uint8Array): Uint8Array {
  let [at, to] = [0, 0]
  const extended = (length: number) => {
    let total = length
    if (length < 15) return total
    for (;;) {
      const byte = packed[at++]
      if (byte === undefined) throw new ParquetDamage('a packed page without its end')
      total += byte
      if (byte < 255) return total
    }
  }
  while (at < packed.length) {
    const token = packed[at++] ?? 0
    const length = extended(token >> 4)
    to = copyLiteral({ packed, at, length }, out, to)
    at += length
    if (at >= packed.length) break
    const offset = littleEndian(packed, at, 2)
    at += 2
    to = copyBack(out, to, { offset, length: extended(token & 15) + 4 })
  }
  return out.subarray(0, to)
}

/**
 * `LZ4` was only specified when it was deprecated (parquet-format, Compression.md): it is Hadoop's frames of two
 * lengths and a block, or a block alone, as older parquet-cpp wrote.
 */
function unpackLz4(packed: Uint8Array, out: Uint8Array): Uint8Array {
  return unpackHadoopLz4(packed, out) ?? unpackLz4Block(packed, out)
}

function unpackHadoopLz4(packed: Uint8Array, out: Uint8Array): Uint8Array | undefined {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  let [at, to] = [0, 0]
  while (at + 8 <= packed.length) {
    const [unpackedBytes, packedBytes] = [view.getUint32(at), view.getUint32(at + 4)]
    at += 8
    if (at + packedBytes > packed.length || to + unpackedBytes > out.length) return undefined
    try {
      const block = unpackLz4Block(packed.subarray(at, at + packedBytes), out.subarray(to, to + unpackedBytes))
      if (block.length !== unpackedBytes) return undefined
    } catch {
      // Not a Hadoop frame.
      return undefined
    }
    at += packedBytes
    to += unpackedBytes
  }
  return at === packed.length && to === out.length ? out : undefined
}
