import { PHYSICAL_TYPES, type PhysicalType } from './encodings.ts'
import { ParquetDamage, THRIFT, type ThriftReader } from './thrift.ts'

/** One element of a footer's schema. The schema lists the tree depth first, each group with its number of children. */
export type ParquetElement = {
  readonly name: string
  /** Only for leaves. */
  readonly physical: PhysicalType | undefined
  /** For FIXED_LEN_BYTE_ARRAY, in bytes. */
  readonly width: number
  readonly repetition: Repetition
  readonly children: number
  readonly annotation: TypeAnnotation | undefined
}

export type Repetition = 'required' | 'optional' | 'repeated'

type TimeUnit = 'milliseconds' | 'microseconds' | 'nanoseconds'

/** The meaning of an element, from its logical type, or in older files from its converted type (LogicalTypes.md). */
export type TypeAnnotation =
  | {
      readonly kind:
        'text' | 'enum' | 'json' | 'bson' | 'list' | 'map' | 'date' | 'uuid' | 'float16' | 'interval' | 'other'
    }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'integer'; readonly bits: number; readonly isSigned: boolean }
  | { readonly kind: 'time' | 'timestamp'; readonly unit: TimeUnit }

const REPETITIONS = ['required', 'optional', 'repeated'] as const

export function readElement(reader: ThriftReader): ParquetElement {
  let [name, width, children, scale] = ['', 0, 0, 0]
  let physical: PhysicalType | undefined
  let repetition: Repetition = 'required'
  let converted: number | undefined
  let logical: TypeAnnotation | undefined
  reader.struct((id, type) => {
    if (id === 4 && type === THRIFT.binary) name = reader.text()
    else if (id === 10 && type === THRIFT.struct) logical = readLogicalType(reader)
    else if (type !== THRIFT.i32 || id > 8) return false
    else if (id === 1) physical = known(PHYSICAL_TYPES, reader.integer())
    else if (id === 2) width = reader.integer()
    else if (id === 3) repetition = known(REPETITIONS, reader.integer())
    else if (id === 5) children = reader.integer()
    else if (id === 6) converted = reader.integer()
    else if (id === 7) scale = reader.integer()
    else return false
    return undefined
  })
  if (width < 0 || children < 0 || !isScale(scale)) throw new ParquetDamage('a column of no size')
  if (physical === 'FIXED_LEN_BYTE_ARRAY' && width === 0) throw new ParquetDamage('a column of no size')
  const annotation = logical ?? convertedType(converted, scale)
  if (annotation?.kind === 'decimal' && !isScale(annotation.scale)) throw new ParquetDamage('a decimal of no scale')
  return { name, physical, width, repetition, children, annotation }
}

const MOST_SCALE = 1_000

function isScale(scale: number): boolean {
  return scale >= 0 && scale <= MOST_SCALE
}

function known<T>(names: readonly T[], at: number): T {
  const name = names[at]
  if (name === undefined) throw new ParquetDamage('a type that Parquet does not have')
  return name
}

/** `parquet.thrift`, `LogicalType`: a union whose members are structs. */
function readLogicalType(reader: ThriftReader): TypeAnnotation | undefined {
  let found: TypeAnnotation | undefined
  reader.struct((id, type) => {
    if (type !== THRIFT.struct) return false
    const plain = PLAIN_TYPES[id]
    if (id === 5) found = { kind: 'decimal', scale: readMember(reader, 1) }
    else if (id === 7) found = { kind: 'time', unit: readUnit(reader) }
    else if (id === 8) found = { kind: 'timestamp', unit: readUnit(reader) }
    else if (id === 10) found = readInteger(reader)
    else {
      reader.skip(type)
      found = { kind: plain ?? 'other' }
    }
    return undefined
  })
  // NULL does not tell what is stored.
  return found
}

const PLAIN_TYPES = {
  1: 'text',
  2: 'map',
  3: 'list',
  4: 'enum',
  6: 'date',
  12: 'json',
  13: 'bson',
  14: 'uuid',
  15: 'float16',
} as Readonly<Record<number, 'text' | 'map' | 'list' | 'enum' | 'date' | 'json' | 'bson' | 'uuid' | 'float16'>>

function readMember(reader: ThriftReader, member: number): number {
  let value = 0
  reader.struct((id, type) => {
    if (id !== member || type !== THRIFT.i32) return false
    value = reader.integer()
    return undefined
  })
  return value
}

const UNITS = ['milliseconds', 'microseconds', 'nanoseconds'] as const

function readUnit(reader: ThriftReader): TimeUnit {
  let unit: TimeUnit = 'milliseconds'
  reader.struct((id, type) => {
    if (id !== 2 || type !== THRIFT.struct) return false
    reader.struct((member) => {
      unit = known(UNITS, member - 1)
      return false
    })
    return undefined
  })
  return unit
}

function readInteger(reader: ThriftReader): TypeAnnotation {
  let [bits, isSigned] = [64, true]
  reader.struct((id, type) => {
    if (id === 1 && type === THRIFT.byte) bits = reader.byte()
    else if (id === 2) isSigned = type === THRIFT.true
    else return false
    return undefined
  })
  return { kind: 'integer', bits, isSigned }
}

/**
 * `parquet.thrift`, `ConvertedType`, by its number. Many writers used MAP_KEY_VALUE for MAP (LogicalTypes.md, "Maps").
 */
function convertedType(converted: number | undefined, scale: number): TypeAnnotation | undefined {
  if (converted === undefined) return undefined
  if (converted === 5) return { kind: 'decimal', scale }
  return CONVERTED_TYPES[converted] ?? { kind: 'other' }
}

const CONVERTED_TYPES = {
  0: { kind: 'text' },
  1: { kind: 'map' },
  2: { kind: 'map' },
  3: { kind: 'list' },
  4: { kind: 'enum' },
  6: { kind: 'date' },
  7: { kind: 'time', unit: 'milliseconds' },
  8: { kind: 'time', unit: 'microseconds' },
  9: { kind: 'timestamp', unit: 'milliseconds' },
  10: { kind: 'timestamp', unit: 'microseconds' },
  11: { kind: 'integer', bits: 8, isSigned: false },
  12: { kind: 'integer', bits: 16, isSigned: false },
  13: { kind: 'integer', bits: 32, isSigned: false },
  14: { kind: 'integer', bits: 64, isSigned: false },
  15: { kind: 'integer', bits: 8, isSigned: true },
  16: { kind: 'integer', bits: 16, isSigned: true },
  17: { kind: 'integer', bits: 32, isSigned: true },
  18: { kind: 'integer', bits: 64, isSigned: true },
  19: { kind: 'json' },
  20: { kind: 'bson' },
  21: { kind: 'interval' },
} as Readonly<Record<number, TypeAnnotation>>
