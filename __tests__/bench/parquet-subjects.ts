import type { CompressionCodec, Encoding } from 'hyparquet'
import { open } from 'node:fs/promises'
import {
  group,
  leaf,
  list,
  type ParquetNode,
  parquetSchemaOf,
  shred,
  text,
} from '../support/parquet/parquet-records.ts'
import { dataPage, dictionaryPage, parquetLeaves, parquetParts } from '../support/parquet/parquet-writer.ts'
import type { PageSetup, ParquetChunk, ParquetLeaf, RepeatedPage } from '../support/parquet/parquet-writer.ts'

/** Typical Parquet exports of any size: one page for each leaf is created and written repeatedly. */
export type ParquetSubject = {
  readonly name: string
  readonly columns: readonly ParquetNode[]
  readonly rowAt: (row: number) => object
  readonly codec: CompressionCodec
  readonly version: 1 | 2
  readonly encodingOf: (leaf: ParquetLeaf) => Encoding
  /** The compressed size of a row group. pyarrow makes groups by number of rows, Spark of 128 MB. */
  readonly groupBytes: number
}

const ROWS_A_PAGE = 10_000

const SPARK_GROUP_BYTES = 128e6

/** Writes about `bytes` in whole pages, at least one. Returns the number of rows. */
export async function writeParquetSubject(path: string, subject: ParquetSubject, bytes: number): Promise<number> {
  const schema = parquetSchemaOf(subject.columns)
  const rows = Array.from({ length: ROWS_A_PAGE }, (_, row) => subject.rowAt(row))
  const pages = parquetLeaves(schema).map((one) => pageOf(one, rows, subject))
  const roundBytes = pages.reduce((sum, { bytes: pageBytes }) => sum + pageBytes, 0)
  const rounds = Math.max(1, Math.round(bytes / roundBytes))
  const mostRounds = Math.min(rounds, Math.max(1, Math.round(subject.groupBytes / roundBytes)))
  const groups = Array.from({ length: Math.ceil(rounds / mostRounds) }, (_, index) => {
    const times = Math.min(mostRounds, rounds - index * mostRounds)
    return { rows: times * ROWS_A_PAGE, chunks: pages.map(({ chunkOf }) => chunkOf(times)) }
  })
  await using file = await open(path, 'w')
  for (const part of gathered(parquetParts({ schema, groups }))) await file.write(part)
  return rounds * ROWS_A_PAGE
}

/** Gathers small pages into large writes. */
function* gathered(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  let [waiting, bytes]: [Uint8Array[], number] = [[], 0]
  for (const part of parts) {
    waiting.push(part)
    bytes += part.length
    if (bytes < 2 ** 22) continue
    yield Buffer.concat(waiting)
    ;[waiting, bytes] = [[], 0]
  }
  yield Buffer.concat(waiting)
}

type OnePage = { readonly bytes: number; readonly chunkOf: (times: number) => ParquetChunk }

function pageOf(column: ParquetLeaf, rows: readonly object[], subject: ParquetSubject): OnePage {
  const { codec, version, encodingOf } = subject
  const setup: PageSetup = { codec, version }
  const { repetition, ...shredded } = shred(column, rows)
  const levels = { ...(column.definition > 0 && shredded), ...(column.repetition > 0 && { repetition }) }
  const encoding = encodingOf(column)
  const distinct = [...new Set(shredded.values)]
  const isByIndex = encoding === 'RLE_DICTIONARY' && distinct.length > 0
  const indexes = new Map(distinct.map((value, index) => [value, index]))
  const values = isByIndex ? shredded.values.map((value) => indexes.get(value) ?? 0) : shredded.values
  const page = dataPage(
    column,
    { ...levels, values, encoding: isByIndex || distinct.length > 0 ? encoding : 'PLAIN' },
    setup,
  )
  const first: RepeatedPage[] = isByIndex
    ? [{ page: dictionaryPage(column, { values: distinct }, setup), times: 1 }]
    : []
  const chunkOf = (times: number) => ({ leaf: column, codec, pages: [...first, { page, times }] })
  return { bytes: page.bytes.length, chunkOf }
}

const MOMENT = { converted_type: 'TIMESTAMP_MILLIS' } as const
const PRICE = { converted_type: 'DECIMAL', precision: 15, scale: 2 } as const
const FIRST_MS = 1_700_000_000_000n

/** Numbers that do not compress well, the same in every run. */
function scattered(number: number): number {
  return (Math.imul(number + 1, 2_654_435_761) ^ Math.imul(number + 7, 40_503)) >>> 0
}

function manyWords(row: number, length: number): string {
  return Array.from({ length }, (_, index) => scattered(row * 31 + index).toString(36)).join('-')
}

/** Hundreds of fields, of which each row fills a few. */
const sparse: ParquetSubject = {
  name: 'sparse events of 250 leaves in one row group',
  columns: [
    text('_id', 'REQUIRED'),
    leaf('timestamp', 'INT64', MOMENT),
    text('note'),
    group('_acme', [
      group(
        'eVars',
        Array.from({ length: 247 }, (_, index) => text(`eVar${index}`)),
      ),
    ]),
  ],
  rowAt: (row) => ({
    _id: manyWords(row, 4),
    timestamp: FIRST_MS + BigInt(row * 1000),
    note: manyWords(row, 20),
    _acme: { eVars: Object.fromEntries([0, 1, 2].map((turn) => [`eVar${(row + 4 * turn) % 12}`, `v${row % 9}`])) },
  }),
  codec: 'SNAPPY',
  version: 1,
  encodingOf: ({ path }) => (path.includes('eVars') ? 'RLE_DICTIONARY' : 'PLAIN'),
  groupBytes: Infinity,
}

const nested: ParquetSubject = {
  name: 'nested lists of structs',
  columns: [
    text('_id', 'REQUIRED'),
    list(
      group('element', [
        text('sku'),
        leaf('quantity', 'INT32'),
        leaf('price', 'INT64', PRICE),
        leaf('addedAt', 'INT64', MOMENT),
        list(text('element'), 'tags'),
      ]),
      'items',
    ),
  ],
  rowAt: (row) => ({
    _id: manyWords(row, 3),
    items: Array.from({ length: row % 5 }, (_, index) => itemAt(row, index)),
  }),
  codec: 'ZSTD',
  version: 2,
  encodingOf: ({ path, type }) =>
    path.includes('tags') ? 'RLE_DICTIONARY' : type === 'BYTE_ARRAY' ? 'PLAIN' : 'DELTA_BINARY_PACKED',
  groupBytes: SPARK_GROUP_BYTES,
}

function itemAt(row: number, index: number) {
  const seed = scattered(row * 5 + index)
  return {
    sku: index === 3 ? null : `S${seed % 100_000}`,
    quantity: seed % 9,
    price: BigInt(seed % 1_000_000),
    addedAt: FIRST_MS + BigInt(seed),
    tags: ['north', 'early bird', 'new'].slice(0, seed % 4),
  }
}

const TEXTS: Pick<ParquetSubject, 'columns' | 'rowAt'> = {
  columns: [
    text('_id', 'REQUIRED'),
    text('email'),
    text('note'),
    leaf('spent', 'INT64', PRICE),
    leaf('memberSince', 'INT64', MOMENT),
  ],
  rowAt: (row) => ({
    _id: manyWords(row, 3),
    email: `member.${scattered(row).toString(36)}@example.com`,
    note: manyWords(row, 6),
    spent: BigInt(scattered(row)),
    memberSince: FIRST_MS + BigInt(scattered(row)),
  }),
}

const plain: ParquetSubject = {
  ...TEXTS,
  name: 'PLAIN strings of high cardinality, ZSTD',
  codec: 'ZSTD',
  version: 1,
  encodingOf: () => 'PLAIN',
  groupBytes: SPARK_GROUP_BYTES,
}

const delta: ParquetSubject = {
  ...TEXTS,
  name: 'DELTA strings of high cardinality, SNAPPY',
  codec: 'SNAPPY',
  version: 2,
  encodingOf: ({ type }) => (type === 'BYTE_ARRAY' ? 'DELTA_BYTE_ARRAY' : 'DELTA_BINARY_PACKED'),
  groupBytes: SPARK_GROUP_BYTES,
}

const WORDS = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel']

const dictionary: ParquetSubject = {
  name: '50 dictionary columns',
  columns: [text('_id'), ...Array.from({ length: 50 }, (_, index) => text(`field${index}`))],
  rowAt: (row) => ({
    _id: manyWords(row, 3),
    ...Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`field${index}`, WORDS[scattered(row * 50 + index) % 8]]),
    ),
  }),
  codec: 'SNAPPY',
  version: 1,
  encodingOf: ({ path }) => (path[0] === '_id' ? 'PLAIN' : 'RLE_DICTIONARY'),
  groupBytes: SPARK_GROUP_BYTES,
}

/** Keyed by the name that the programs of this folder receive. */
export const PARQUET_SUBJECTS: Readonly<Record<string, ParquetSubject>> = { sparse, nested, plain, delta, dictionary }
