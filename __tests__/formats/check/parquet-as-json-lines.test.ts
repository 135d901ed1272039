import fc from 'fast-check'
import type { CompressionCodec, Encoding, ParquetType } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { checkFile } from '../../../src/formats/check.ts'
import type { RecordShape } from '../../../src/formats/format.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'
import {
  type ParquetNode,
  byDictionary,
  list,
  leaf as leafNode,
  pagesOf,
  parquetSchemaOf,
  text,
} from '../../support/parquet/parquet-records.ts'
import { dataPage, dictionaryPage, parquetBytes, parquetLeaves } from '../../support/parquet/parquet-writer.ts'
import type { ParquetLeaf, RepeatedPage } from '../../support/parquet/parquet-writer.ts'
import { LINES, PARQUET } from '../../support/files/shapes.ts'
import { comparable } from './comparable.ts'
import {
  EVENT_COLUMNS,
  IDENTITY_MAP,
  type RandomColumn,
  changeLeaves,
  objectField,
  randomColumns,
  recordOf,
} from './random-parquet.ts'

type Records = readonly Readonly<Record<string, unknown>>[]

type Column = Omit<RandomColumn, 'value'>

type Drawn = { readonly columns: readonly Column[]; readonly records: Records; readonly isOfEvents: boolean }

const drawn: fc.Arbitrary<Drawn> = fc
  .record({ some: randomColumns(2), hasIdentities: fc.boolean(), isOfEvents: fc.boolean() })
  .map(({ some, hasIdentities, isOfEvents }) => ({
    columns: [...(isOfEvents ? EVENT_COLUMNS : []), ...(hasIdentities ? [IDENTITY_MAP] : []), ...some],
    isOfEvents,
  }))
  .chain(({ columns, isOfEvents }) =>
    fc.record({
      columns: fc.constant(columns.map(({ node, field }) => ({ node, field }))),
      isOfEvents: fc.constant(isOfEvents),
      records: fc.array(recordOf(columns) as fc.Arbitrary<Readonly<Record<string, unknown>>>, {
        minLength: 1,
        maxLength: 40,
      }),
    }),
  )

const sizes = fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1, maxLength: 3 })

const ways = fc.record({
  codec: fc.constantFrom<CompressionCodec>('SNAPPY', 'UNCOMPRESSED', 'GZIP', 'LZ4'),
  version: fc.constantFrom<1 | 2>(1, 2),
  encoding: fc.constantFrom('plain', 'dictionary', 'deltas'),
  pages: sizes,
  groups: sizes,
})

type Way = typeof ways extends fc.Arbitrary<infer T> ? T : never

describe('random records in random columns', () => {
  it('have the findings of the same records as JSON Lines, whoever wrote them, by columns and row by row', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, ways, async (what, way) => {
        const expected = await check(jsonLines(what), LINES, what)
        for (const file of [writtenByPages(what, way), writtenByLibrary(what, way)]) {
          expect(await check(file, PARQUET, what)).toEqual(expected)
          expect(await check(file, PARQUET, what, 'row by row')).toEqual(expected)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('have them, too, where the same comes again a hundred thousand times', async () => {
    const run = fc.record({ times: fc.integer({ min: 1, max: 20_000 }), record: fc.constantFrom(...REPEATED_RECORDS) })
    const runs = fc.array(run, { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(runs, ways, fc.integer({ min: 10_000, max: 90_000 }), async (drawnRuns, way, rows) => {
        const records = drawnRuns.flatMap(({ times, record }) => Array.from({ length: times }, () => record))
        const what = { columns: REPEATED_COLUMNS, records, isOfEvents: false }
        const file = writtenByPages(what, { ...way, pages: [rows, 1], groups: [rows * 2] })
        const expected = await check(jsonLines(what), LINES, what)
        expect(await check(file, PARQUET, what)).toEqual(expected)
      }),
      { numRuns: 3 },
    )
  })

  it('have their places, whichever item of a list is wrong, and wherever the reader cuts a page', async () => {
    const way: Way = { codec: 'UNCOMPRESSED', version: 2, encoding: 'dictionary', pages: [7_000], groups: [7_000] }
    // Batches of the reader have 16,384 values, or any number that a later one may have: the third begins here.
    for (let bad = 32_763; bad < 32_773; bad++) {
      const [row, item] = [Math.floor(bad / 5), bad % 5]
      const tiers = (wrong: number) => Array.from({ length: 5 }, (_, index) => (index === wrong ? 'bad' : 'gold'))
      const recordAt = (index: number) => ({ tier: 'gold', points: 1, tiers: tiers(index === row ? item : -1) })
      const records = Array.from({ length: 7_000 }, (_, index) => recordAt(index))
      const what = { columns: REPEATED_COLUMNS, records, isOfEvents: false }
      const { findings } = await check(writtenByPages(what, way), PARQUET, what)
      const places = findings.filter(({ path }) => path === '/tiers/*').flatMap(({ first }) => first)
      expect(places.map(({ row: at, path }) => `${path} of row ${at}`)).toEqual([`/tiers/${item} of row ${row + 1}`])
    }
  })
})

const TIER = { type: 'string', enum: ['gold', 'silver'], 'meta:xdmType': 'string' }

const REPEATED_COLUMNS: readonly Column[] = [
  { node: text('tier'), field: TIER },
  { node: leafNode('points', 'INT32'), field: { type: 'integer', minimum: 0, maximum: 9, 'meta:xdmType': 'int' } },
  { node: list(text('element'), 'tiers'), field: { type: 'array', items: TIER, 'meta:xdmType': 'array' } },
]

const REPEATED_RECORDS: Records = [
  { tier: 'gold', points: 5, tiers: ['gold'] },
  { tier: 'bad', points: 5, tiers: null },
  { tier: null, points: null, tiers: [] },
  { tier: 'silver', points: -1, tiers: ['gold', null, 'bad'] },
  { tier: 'worse', points: 10, tiers: ['silver', 'silver'] },
]

async function check(bytes: Uint8Array, shape: RecordShape, { columns, isOfEvents }: Drawn, how = 'by columns') {
  const kind = isOfEvents ? 'experienceevent' : 'profile'
  const schema = {
    $id: 'https://ns.adobe.com/acme/schemas/random',
    title: 'Random',
    'meta:class': `https://ns.adobe.com/xdm/context/${kind}`,
    ...objectField(columns),
  }
  const source = { schema, descriptors: [] }
  const rowCheck = rowCheckOf({ source, showValues: false, isForProfile: true, isUntyped: false })
  const checker = createLocalChecker(how === 'by columns' ? rowCheck : { ...rowCheck, columns: undefined })
  return comparable(await checkFile({ content: bytesContent(bytes), shape }, { checker, signal: never() }))
}

function jsonLines({ columns, records }: Drawn): Uint8Array {
  const spelled = records.map((record) => spell(converted(columns, record, asJson)))
  return Buffer.from(`${spelled.join('\n')}\n`)
}

/** What is absent is left out, but from a list; an integer stands as its digits. */
function spell(value: unknown): string {
  if (Number.isInteger(value)) return String(BigInt(value as number))
  if (typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `[${value.map(spell).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, inner]) => inner !== null)
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${spell(inner)}`).join()}}`
}

function converted(columns: readonly Column[], record: Readonly<Record<string, unknown>>, how: typeof asJson) {
  return Object.fromEntries(
    columns.map(({ node }) => [node.element.name, changeLeaves(node, record[node.element.name], how)]),
  )
}

const DAY_MS = 86_400_000

function asJson({ element }: ParquetNode, value: unknown): unknown {
  if (element.converted_type === 'DATE') return new Date(Number(value) * DAY_MS).toISOString().slice(0, 10)
  if (element.converted_type === 'TIMESTAMP_MILLIS') return new Date(Number(value)).toISOString()
  return element.converted_type === 'DECIMAL' ? Number(value) / 100 : value
}

function asDates({ element }: ParquetNode, value: unknown): unknown {
  if (element.converted_type === 'DATE') return new Date(Number(value) * DAY_MS)
  if (element.converted_type === 'TIMESTAMP_MILLIS') return new Date(Number(value))
  return element.converted_type === 'DECIMAL' ? Number(value) / 100 : value
}

function writtenByPages({ columns, records }: Drawn, way: Way): Uint8Array {
  const schema = parquetSchemaOf(columns.map(({ node }) => node))
  const leaves = parquetLeaves(schema)
  const groups = chunksOf(records, way.groups).map((rows) => {
    const chunks = leaves.map((leaf) => ({ leaf, codec: way.codec, pages: pagesBy(way, leaf, rows) }))
    return { rows: rows.length, chunks }
  })
  return parquetBytes({ schema, groups })
}

function pagesBy({ codec, version, encoding, pages }: Way, leaf: ParquetLeaf, rows: Records): readonly RepeatedPage[] {
  const setup = { codec, version, hasCrc: true }
  const contents = pagesOf(leaf, rows, pages)
  const [dictionary, ...indexed] = byDictionary(contents)
  // No writer makes one of booleans.
  const isIndexed = encoding === 'dictionary' && leaf.type !== 'BOOLEAN'
  const deltas = encoding === 'deltas' ? DELTAS[leaf.type] : undefined
  const plain = contents.map((content) => ({ ...content, ...(deltas && { encoding: deltas }) }))
  const written = (isIndexed ? indexed : plain).map((content) => dataPage(leaf, content, setup))
  return [...(isIndexed ? [dictionaryPage(leaf, dictionary, setup)] : []), ...written].map((page) => ({
    page,
    times: 1,
  }))
}

const DELTAS: Partial<Record<ParquetType, Encoding>> = {
  INT32: 'DELTA_BINARY_PACKED',
  INT64: 'DELTA_BINARY_PACKED',
  BYTE_ARRAY: 'DELTA_BYTE_ARRAY',
  DOUBLE: 'BYTE_STREAM_SPLIT',
}

function chunksOf(records: Records, rows: readonly number[]): readonly Records[] {
  const chunks: Records[] = []
  for (let at = 0, turn = 0; at < records.length; turn++) {
    const end = at + (rows[turn % rows.length] ?? 1)
    chunks.push(records.slice(at, end))
    at = end
  }
  return chunks
}

function writtenByLibrary({ columns, records }: Drawn, { codec, pages, groups }: Way): Uint8Array {
  const rows = records.map((record) => converted(columns, record, asDates))
  const schema = [...parquetSchemaOf(columns.map(({ node }) => node))]
  const columnData = columns.map(({ node }) => ({
    name: node.element.name,
    data: rows.map((row) => row[node.element.name]),
  }))
  const compressors = { GZIP: (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes)) }
  const [pageSize, rowGroupSize] = [(pages[0] ?? 1) * 4, groups[0] ?? 1]
  const written = codec === 'LZ4' ? 'SNAPPY' : codec
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, codec: written, compressors, pageSize, rowGroupSize }))
}
