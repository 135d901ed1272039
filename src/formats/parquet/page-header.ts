import { ENCODINGS, type Encoding } from './encodings.ts'
import { ParquetDamage, THRIFT, type ThriftReader } from './thrift.ts'

/** `parquet.thrift`, `PageHeader`, with the header of its kind of page. */
export type PageHeader = {
  readonly kind: 'data' | 'data-v2' | 'dictionary' | 'other'
  readonly packedBytes: number
  /** Includes the levels of version 2, which are never packed. */
  readonly unpackedBytes: number
  /** CRC-32 of the bytes as they are in the file. */
  readonly checksum: number | undefined
  /** Includes nulls and empty lists. */
  readonly entries: number
  /** Known only for version 2. */
  readonly rows: number | undefined
  readonly encoding: Encoding
  readonly areLevelsBitPacked: { readonly def: boolean; readonly rep: boolean }
  /** For version 2 only. */
  readonly levelBytes: { readonly def: number; readonly rep: number }
  readonly isPacked: boolean
}

const KINDS = ['data', 'other', 'dictionary', 'data-v2'] as const

/** @throws ParquetDamage, also if only the end of the header is missing */
export function readPageHeader(reader: ThriftReader): PageHeader {
  let [type, unpackedBytes, packedBytes] = [-1, -1, -1]
  let checksum: number | undefined
  let details: PageDetails = NO_DETAILS
  reader.struct((id, fieldType) => {
    if (fieldType === THRIFT.i32 && id === 1) type = reader.integer()
    else if (fieldType === THRIFT.i32 && id === 2) unpackedBytes = reader.integer()
    else if (fieldType === THRIFT.i32 && id === 3) packedBytes = reader.integer()
    else if (fieldType === THRIFT.i32 && id === 4) checksum = reader.integer() >>> 0
    else if (fieldType === THRIFT.struct && id === 5) details = readDataPage(reader)
    else if (fieldType === THRIFT.struct && id === 7) details = readDictionaryPage(reader)
    else if (fieldType === THRIFT.struct && id === 8) details = readDataPageV2(reader)
    else return false
    return undefined
  })
  if (unpackedBytes < 0 || packedBytes < 0 || details.entries < 0) throw new ParquetDamage('a page header that is none')
  return { ...details, kind: KINDS[type] ?? 'other', unpackedBytes, packedBytes, checksum }
}

type PageDetails = Omit<PageHeader, 'kind' | 'packedBytes' | 'unpackedBytes' | 'checksum'>

const NO_DETAILS: PageDetails = {
  entries: 0,
  rows: undefined,
  encoding: 'PLAIN',
  areLevelsBitPacked: { def: false, rep: false },
  levelBytes: { def: 0, rep: 0 },
  isPacked: true,
}

function readDataPage(reader: ThriftReader): PageDetails {
  const [entries, encoding, def, rep] = readNumbers(reader, [1, 2, 3, 4])
  return {
    ...NO_DETAILS,
    entries: entries ?? -1,
    encoding: encodingOf(encoding),
    areLevelsBitPacked: { def: encodingOf(def) === 'BIT_PACKED', rep: encodingOf(rep) === 'BIT_PACKED' },
  }
}

function readDictionaryPage(reader: ThriftReader): PageDetails {
  const [entries] = readNumbers(reader, [1])
  return { ...NO_DETAILS, entries: entries ?? -1 }
}

function readDataPageV2(reader: ThriftReader): PageDetails {
  let isPacked = true
  // The number of nulls is not used: writers count empty lists differently, and the definition levels are reliable.
  const [entries, rows, encoding, def, rep] = readNumbers(reader, [1, 3, 4, 5, 6], (id, type) => {
    if (id === 7) isPacked = type === THRIFT.true
  })
  const levelBytes = { def: def ?? -1, rep: rep ?? -1 }
  if (levelBytes.def < 0 || levelBytes.rep < 0) throw new ParquetDamage('a page header that is none')
  return { ...NO_DETAILS, entries: entries ?? -1, rows, encoding: encodingOf(encoding), levelBytes, isPacked }
}

function readNumbers(
  reader: ThriftReader,
  ids: readonly number[],
  onFlag: (id: number, type: number) => void = () => undefined,
): readonly (number | undefined)[] {
  const found: (number | undefined)[] = ids.map(() => undefined)
  reader.struct((id, type) => {
    if (type === THRIFT.true || type === THRIFT.false) onFlag(id, type)
    const at = type === THRIFT.i32 ? ids.indexOf(id) : -1
    if (at < 0) return false
    found[at] = reader.integer()
    return undefined
  })
  return found
}

function encodingOf(number: number | undefined): Encoding {
  const encoding = ENCODINGS[number ?? -1]
  if (encoding === undefined) throw new ParquetDamage('a page with an encoding that Parquet does not have')
  return encoding
}
