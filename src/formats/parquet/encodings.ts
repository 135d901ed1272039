import { DeltaReader } from './delta.ts'
import { HybridLevels, type Levels, type PageSpan, endedEarly } from './levels.ts'
import type { Scratch } from './scratch.ts'
import { ParquetDamage } from './thrift.ts'

/** `parquet.thrift`, `Encoding`, by its number. */
export const ENCODINGS = [
  'PLAIN',
  'GROUP_VAR_INT',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
] as const

export type Encoding = (typeof ENCODINGS)[number]

/** `parquet.thrift`, `Type`, by its number. */
export const PHYSICAL_TYPES = [
  'BOOLEAN',
  'INT32',
  'INT64',
  'INT96',
  'FLOAT',
  'DOUBLE',
  'BYTE_ARRAY',
  'FIXED_LEN_BYTE_ARRAY',
] as const

export type PhysicalType = (typeof PHYSICAL_TYPES)[number]

/** Consecutive values as they are stored. Valid until the next ones are requested. */
export type RawValues =
  | { readonly kind: 'boolean'; readonly data: Uint8Array }
  | { readonly kind: 'int32'; readonly data: Int32Array }
  /** Two words per value, the low one first. */
  | { readonly kind: 'int64'; readonly words: Int32Array }
  | { readonly kind: 'float'; readonly data: Float32Array }
  | { readonly kind: 'double'; readonly data: Float64Array }
  | RawBytes

export type RawBytes = {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Decodes the values of one page, some at a time. */
export type Decoder = {
  /** @throws ParquetDamage if fewer values are left */
  next(count: number): RawValues
}

/** How the values of a leaf are stored; `width` is that of FIXED_LEN_BYTE_ARRAY, in bytes. */
export type Storage = { readonly physical: PhysicalType; readonly width: number }

/** A part of a page, and the scratch buffers for decoding it. */
export type EncodedValues = PageSpan & { readonly scratch: Scratch }

/** For all encodings but the dictionary's. @throws ParquetDamage for an encoding that such values can't have */
export function decoderOf(encoding: Encoding, storage: Storage, values: EncodedValues): Decoder {
  const types = TYPES_OF[encoding]
  if (types !== undefined && !types.includes(storage.physical)) throw unfit()
  switch (encoding) {
    case 'PLAIN':
      return plainDecoder(storage, values)
    case 'RLE':
      return rleBooleans(values)
    case 'DELTA_BINARY_PACKED':
      return deltaIntegers(storage, values)
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return deltaLengths(values)
    case 'DELTA_BYTE_ARRAY':
      return deltaBytes(storage, values)
    case 'BYTE_STREAM_SPLIT':
      return splitStreams(storage, values)
    default:
      throw unfit()
  }
}

/** Encodings.md, "Supported Encodings". An encoding that is not listed can have any type. */
const TYPES_OF: Readonly<Partial<Record<Encoding, readonly PhysicalType[]>>> = {
  RLE: ['BOOLEAN'],
  DELTA_BINARY_PACKED: ['INT32', 'INT64'],
  DELTA_LENGTH_BYTE_ARRAY: ['BYTE_ARRAY'],
  DELTA_BYTE_ARRAY: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  BYTE_STREAM_SPLIT: ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY'],
}

function unfit(): ParquetDamage {
  return new ParquetDamage('an encoding that no such column has')
}

export function plainDecoder(storage: Storage, values: EncodedValues): Decoder {
  const { physical } = storage
  if (physical === 'BOOLEAN') return plainBooleans(values)
  if (physical === 'BYTE_ARRAY') return plainBytes(values)
  const width = bytesEach(storage)
  const { bytes, end, scratch } = values
  let at = values.start
  return {
    next(count) {
      const stop = at + count * width
      if (stop > end) throw endedEarly()
      const copy = scratch.aligned(count * width)
      copy.set(bytes.subarray(at, stop))
      at = stop
      return viewOf(storage, copy, { count, scratch })
    },
  }
}

/** For all types except BOOLEAN and BYTE_ARRAY. */
function bytesEach({ physical, width }: Storage): number {
  if (physical === 'FIXED_LEN_BYTE_ARRAY') return width
  return physical === 'INT96' ? 12 : physical === 'INT64' || physical === 'DOUBLE' ? 8 : 4
}

type Made = { readonly count: number; readonly scratch: Scratch }

/** `bytes` must begin at the start of their buffer. */
function viewOf(storage: Storage, bytes: Uint8Array<ArrayBuffer>, { count, scratch }: Made): RawValues {
  const { buffer } = bytes
  switch (storage.physical) {
    case 'INT32':
      return { kind: 'int32', data: new Int32Array(buffer, 0, count) }
    case 'INT64':
      return { kind: 'int64', words: new Int32Array(buffer, 0, count * 2) }
    case 'FLOAT':
      return { kind: 'float', data: new Float32Array(buffer, 0, count) }
    case 'DOUBLE':
      return { kind: 'double', data: new Float64Array(buffer, 0, count) }
    default: {
      const width = bytesEach(storage)
      const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)]
      for (let index = 0; index < count; index++) {
        starts[index] = index * width
        ends[index] = (index + 1) * width
      }
      return { kind: 'bytes', bytes, starts, ends }
    }
  }
}

function plainBooleans({ bytes, start, end, scratch }: EncodedValues): Decoder {
  let bit = start * 8
  return {
    next(count) {
      if (bit + count > end * 8) throw endedEarly()
      const data = scratch.aligned(count)
      for (let at = 0; at < count; at++, bit++) data[at] = ((bytes[bit >>> 3] ?? 0) >>> (bit & 7)) & 1
      return { kind: 'boolean', data }
    },
  }
}

function rleBooleans({ bytes, start, end, scratch }: EncodedValues): Decoder {
  if (start + 4 > end) throw endedEarly()
  const levels = new HybridLevels({ bytes, start: start + 4, end }, 1)
  return {
    next(count) {
      const data = scratch.aligned(count)
      levels.read(data, count)
      return { kind: 'boolean', data }
    },
  }
}

/** Each value is preceded by its length. */
function plainBytes({ bytes, start, end, scratch }: EncodedValues): Decoder {
  let at = start
  return {
    next(count) {
      if (count > (end - at) / 4) throw endedEarly()
      const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)]
      for (let index = 0; index < count; index++) {
        if (at + 4 > end) throw endedEarly()
        const length =
          (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
        at += 4
        if (length < 0 || length > end - at) throw endedEarly()
        starts[index] = at
        at += length
        ends[index] = at
      }
      return { kind: 'bytes', bytes, starts, ends }
    },
  }
}

function deltaIntegers({ physical }: Storage, values: EncodedValues): Decoder {
  const reader = new DeltaReader(values)
  const { scratch } = values
  if (physical === 'INT32') {
    return {
      next(count) {
        const data = new Int32Array(scratch.aligned(count * 4).buffer, 0, count)
        reader.read32(data, count)
        return { kind: 'int32', data }
      },
    }
  }
  return {
    next(count) {
      const words = new Int32Array(scratch.aligned(count * 8).buffer, 0, count * 2)
      reader.read64(words, count)
      return { kind: 'int64', words }
    },
  }
}

/** All lengths, then all bytes. */
function deltaLengths(values: EncodedValues): { next(count: number): RawBytes } {
  const { bytes, end, scratch } = values
  const lengths = new DeltaReader(values)
  let at = lengths.end()
  return {
    next(count) {
      const [starts, ends] = [scratch.integers('starts', count), scratch.integers('ends', count)]
      lengths.read32(ends, count)
      for (let index = 0; index < count; index++) {
        const length = ends[index] ?? 0
        if (length < 0 || length > end - at) throw endedEarly()
        starts[index] = at
        at += length
        ends[index] = at
      }
      return { kind: 'bytes', bytes, starts, ends }
    },
  }
}

/** A limit, because a value may repeat much of the previous one, so that a few bytes can unpack to any number. */
const MOST_REPEATED_BYTES = 256 * 1024 * 1024

/** How many bytes each value shares with the previous one, then the rest of each value as lengths and bytes. */
function deltaBytes(storage: Storage, values: EncodedValues): Decoder {
  const { scratch } = values
  const prefixes = new DeltaReader(values)
  const suffixes = deltaLengths({ ...values, start: prefixes.end() })
  const width = storage.physical === 'FIXED_LEN_BYTE_ARRAY' ? storage.width : undefined
  let last: Uint8Array = new Uint8Array(0)
  return {
    next(count) {
      const shared = scratch.integers('shared', count)
      prefixes.read32(shared, count)
      const own = suffixes.next(count)
      const bytes = scratch.aligned(last.length + repeatedBytes(shared, own, width))
      bytes.set(last)
      let [before, at] = [0, last.length]
      for (let index = 0; index < count; index++) {
        const prefix = shared[index] ?? 0
        if (prefix > at - before) throw endedEarly()
        const start = at
        for (let from = before; from < before + prefix; from++) bytes[at++] = bytes[from] ?? 0
        const end = own.ends[index] ?? 0
        for (let from = own.starts[index] ?? 0; from < end; from++) bytes[at++] = own.bytes[from] ?? 0
        own.starts[index] = before = start
        own.ends[index] = at
      }
      last = bytes.slice(before, at)
      return { kind: 'bytes', bytes, starts: own.starts, ends: own.ends }
    },
  }
}

function repeatedBytes(shared: Int32Array, { starts, ends }: RawBytes, width: number | undefined): number {
  let size = 0
  for (let index = 0; index < shared.length; index++) {
    const prefix = shared[index] ?? 0
    const length = prefix + (ends[index] ?? 0) - (starts[index] ?? 0)
    size += length
    if (prefix < 0 || size > MOST_REPEATED_BYTES) throw new ParquetDamage('strings without end')
    if (width !== undefined && length !== width)
      throw new ParquetDamage('values of another length than their column has')
  }
  return size
}

/** The first bytes of all values, then their second bytes, and so on. */
function splitStreams(storage: Storage, { bytes, start, end, scratch }: EncodedValues): Decoder {
  const width = bytesEach(storage)
  const length = Math.floor((end - start) / width)
  let done = 0
  return {
    next(count) {
      if (done + count > length) throw endedEarly()
      const joined = scratch.aligned(count * width)
      for (let stream = 0; stream < width; stream++) {
        const from = start + stream * length + done
        for (let index = 0; index < count; index++) joined[index * width + stream] = bytes[from + index] ?? 0
      }
      done += count
      return viewOf(storage, joined, { count, scratch })
    },
  }
}

/** The width of the indices, then the indices. */
export function dictionaryIndices({ bytes, start, end }: PageSpan): Levels {
  if (start >= end) throw endedEarly()
  return new HybridLevels({ bytes, start: start + 1, end }, bytes[start] ?? 0)
}
