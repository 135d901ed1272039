/** Bytes that are not valid Parquet. The message never quotes them. */
export class ParquetDamage extends Error {
  override readonly name = 'ParquetDamage'
}

/** Thrift compact protocol, "Struct encoding": the types of a field's value. */
export const THRIFT = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
  uuid: 13,
} as const

/** Reads the value of the field, or returns false to skip it. */
export type OnField = (id: number, type: number) => false | void

/** Parquet's deepest structure is a column's statistics in its row group. */
const DEEPEST = 32

/** The length of a 64-bit varint. */
const MOST_VARINT_BYTES = 10

/**
 * Reads Thrift's compact protocol, the format of footers and page headers, field by field. Fields that are not needed
 * are skipped and never built. Every read advances or throws, so the time is bounded by the number of bytes.
 *
 * @throws ParquetDamage for invalid bytes
 */
export class ThriftReader {
  at: number
  readonly #bytes: Uint8Array
  #depth = 0

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  struct(onField: OnField): void {
    if (++this.#depth > DEEPEST) throw new ParquetDamage('structures in structures without end')
    for (let id = 0, header = this.byte(); header !== 0; header = this.byte()) {
      const delta = header >> 4
      id = delta === 0 ? this.integer() : id + delta
      const type = header & 15
      if (onField(id, type) === false) this.skip(type)
    }
    this.#depth--
  }

  /** As {@link struct}, but other work gets a turn. */
  async longStruct(onField: (id: number, type: number) => Promise<void> | false | void): Promise<void> {
    for (let id = 0, header = this.byte(); header !== 0; header = this.byte()) {
      const delta = header >> 4
      id = delta === 0 ? this.integer() : id + delta
      const type = header & 15
      if ((await onField(id, type)) === false) this.skip(type)
    }
  }

  /** Calls `read` for each item. Throws when a list claims more items than there are bytes. */
  list(read: (type: number, index: number) => void): void {
    const { type, length } = this.#listHeader()
    for (let index = 0; index < length; index++) read(type, index)
  }

  /** As {@link list}, but other work gets a turn. */
  async longList(read: (type: number, index: number) => Promise<void> | void): Promise<void> {
    const { type, length } = this.#listHeader()
    for (let index = 0; index < length; index++) await read(type, index)
  }

  /** Rounded beyond 2^53, which no length reaches. */
  integer(): number {
    const zigzag = this.varint()
    return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2
  }

  varint(): number {
    let [value, factor] = [0, 1]
    for (let index = 0; index < MOST_VARINT_BYTES; index++) {
      const byte = this.byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
    throw new ParquetDamage('a number without end')
  }

  binary(): Uint8Array {
    const length = this.varint()
    const end = this.at + length
    if (end > this.#bytes.length) throw new ParquetDamage('a string that extends beyond the data')
    const bytes = this.#bytes.subarray(this.at, end)
    this.at = end
    return bytes
  }

  text(): string {
    return Buffer.from(this.binary()).toString('utf8')
  }

  byte(): number {
    const byte = this.#bytes[this.at++]
    if (byte === undefined) throw new ParquetDamage('a structure without its end')
    return byte
  }

  skip(type: number): void {
    if (type === THRIFT.true || type === THRIFT.false) return
    this.#skipItem(type)
  }

  #listHeader(): { readonly type: number; readonly length: number } {
    const header = this.byte()
    const length = header >> 4
    return { type: header & 15, length: length === 15 ? this.varint() : length }
  }

  #skipItem(type: number): void {
    switch (type) {
      case THRIFT.true:
      case THRIFT.false:
      case THRIFT.byte:
        this.byte()
        return
      case THRIFT.i16:
      case THRIFT.i32:
      case THRIFT.i64:
        this.varint()
        return
      case THRIFT.double:
        this.#pass(8)
        return
      case THRIFT.uuid:
        this.#pass(16)
        return
      case THRIFT.binary:
        this.binary()
        return
      case THRIFT.list:
      case THRIFT.set:
        this.#nested(() => this.list((item) => this.#skipItem(item)))
        return
      case THRIFT.struct:
        this.struct(() => false)
        return
      default:
        throw new ParquetDamage('a type of Thrift that Parquet does not use')
    }
  }

  #pass(bytes: number): void {
    this.at += bytes
    if (this.at > this.#bytes.length) throw new ParquetDamage('a structure without its end')
  }

  #nested(work: () => void): void {
    if (++this.#depth > DEEPEST) throw new ParquetDamage('lists in lists without end')
    work()
    this.#depth--
  }
}
