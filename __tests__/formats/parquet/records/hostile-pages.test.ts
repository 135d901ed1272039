import type { CompressionCodec, PageHeader } from 'hyparquet'
import { constants, brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { leaf, list, type ParquetNode, parquetSchemaOf, text } from '../../../support/parquet/parquet-records.ts'
import { dataPage, dictionaryPage, parquetBytes, parquetLeaves } from '../../../support/parquet/parquet-writer.ts'
import type { PageContent, PageSetup, ParquetLeaf, ParquetPage } from '../../../support/parquet/parquet-writer.ts'
import { readRows, verdictOf } from '../verdict.ts'

const UNPACKED = { codec: 'UNCOMPRESSED' } as const

type Subject = { readonly file: Buffer; readonly columns: readonly ParquetNode[] }

/** A file of one column with these pages, which its group gives so many rows. */
function fileOf(
  column: ParquetNode,
  rows: number,
  pagesOf: (leaf: ParquetLeaf) => readonly ParquetPage[],
  codec: CompressionCodec = 'UNCOMPRESSED',
): Subject {
  const schema = parquetSchemaOf([column])
  const [first] = parquetLeaves(schema)
  if (first === undefined) throw new Error('There is no leaf')
  const chunk = { leaf: first, codec, pages: pagesOf(first).map((page) => ({ page, times: 1 })) }
  return { file: parquetBytes({ schema, groups: [{ rows, chunks: [chunk] }] }), columns: [column] }
}

const words = text('word')
const count = leaf('count', 'INT32')
const total = leaf('total', 'INT64')
const present = text('word', 'REQUIRED')
const tags = list(text('element'), 'tags')
const lists = list(list(text('element'), 'element'), 'lists')

function onePage(column: ParquetNode, content: PageContent, setup: PageSetup = UNPACKED) {
  const rows =
    content.repetition?.filter((level) => level === 0).length ?? content.definition?.length ?? content.values.length
  return fileOf(column, rows, (one) => [dataPage(one, content, setup)], setup.codec)
}

/** Says so much in the first version's header. */
function lie(more: Partial<PageHeader>): (header: PageHeader) => PageHeader {
  return (header) => ({ ...header, ...more })
}

function lieInside(more: Readonly<Record<string, unknown>>): (header: PageHeader) => PageHeader {
  return (header) => ({
    ...header,
    ...(header.data_page_header && { data_page_header: { ...header.data_page_header, ...more } }),
    ...(header.data_page_header_v2 && { data_page_header_v2: { ...header.data_page_header_v2, ...more } }),
    ...(header.dictionary_page_header && { dictionary_page_header: { ...header.dictionary_page_header, ...more } }),
  })
}

const three = { values: ['a', 'b', 'c'] }
const V2: PageSetup = { codec: 'UNCOMPRESSED', version: 2 }

/** A number of 7 bits a byte, the lowest first. */
function varint(number: number): Buffer {
  const bytes: number[] = []
  for (let left = BigInt(number); ; left >>= 7n) {
    const low = Number(left & 127n)
    if (left < 128n) return Buffer.from([...bytes, low])
    bytes.push(low | 128)
  }
}

function run(value: number, times: number): Buffer {
  return Buffer.concat([varint(times * 2), Buffer.of(value)])
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** A text of PLAIN, whose length is what it says. */
function plainText(length: number, bytes: string): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(length)
  return Buffer.concat([head, Buffer.from(bytes)])
}

const DAMAGED: readonly (readonly [what: string, subject: Subject])[] = [
  ['a text longer than its page', onePage(present, { values: ['a'], raw: plainText(1000, 'a') })],
  ['a text of 4 GiB', onePage(present, { values: ['a'], raw: plainText(2 ** 32 - 1, 'a') })],
  ['fewer values than levels', onePage(words, { ...three, raw: plainText(1, 'a') })],
  ['no values at all', onePage(words, { ...three, raw: Buffer.of() })],
  [
    'definition levels above the highest',
    fileOf(words, 3, (one) => [
      dataPage(
        { ...one, definition: 0 },
        { values: [], raw: Buffer.concat([withLength(run(3, 3)), plainText(1, 'a')]), slots: 3 },
        UNPACKED,
      ),
    ]),
  ],
  [
    'definition levels that end before the values',
    fileOf(words, 3, (one) => [
      dataPage(
        { ...one, definition: 0 },
        {
          values: [],
          raw: Buffer.concat([withLength(run(1, 2)), plainText(1, 'a'), plainText(1, 'b')]),
          slots: 3,
        },
        UNPACKED,
      ),
    ]),
  ],
  [
    'a length of levels beyond the page',
    fileOf(words, 3, (one) => [
      dataPage({ ...one, definition: 0 }, { values: [], raw: plainText(5000, 'abc'), slots: 3 }, UNPACKED),
    ]),
  ],
  ['a first value that continues a row', onePage(tags, { values: ['a', 'b'], definition: [3, 3], repetition: [1, 0] })],
  [
    'repetition levels above the highest',
    onePage(lists, { values: ['a', 'b'], definition: [5, 5], repetition: [0, 3] }),
  ],
  ['more rows than its group', fileOf(words, 2, (one) => [dataPage(one, three, UNPACKED)])],
  ['fewer rows than its group', fileOf(words, 4, (one) => [dataPage(one, three, UNPACKED)])],
  ['fewer values than its header says', onePage(words, { ...three, lie: lieInside({ num_values: 4 }) })],
  ['a number of values below 0', onePage(words, { ...three, lie: lieInside({ num_values: -3 }) })],
  [
    'differences in blocks of no size',
    onePage(count, { values: [1, 2, 3], encoding: 'DELTA_BINARY_PACKED', raw: Buffer.of(0, 1, 3, 0, 0, 8, 1, 1, 1) }),
  ],
  ['2^31 - 1 values', onePage(words, { ...three, lie: lieInside({ num_values: 2 ** 31 - 1 }) })],
  ['a packed size below 0', onePage(words, { ...three, lie: lie({ compressed_page_size: -1 }) })],
  ['a packed size beyond its chunk', onePage(words, { ...three, lie: lie({ compressed_page_size: 10_000 }) })],
  ['an unpacked size below 0', onePage(words, { ...three, lie: lie({ uncompressed_page_size: -1 }) })],
  [
    'an unpacked size of 2 GiB',
    onePage(words, { ...three, lie: lie({ uncompressed_page_size: 2 ** 31 - 1 }) }, { codec: 'ZSTD' }),
  ],
  [
    'levels longer than the page',
    onePage(words, { ...three, lie: lieInside({ definition_levels_byte_length: 500 }) }, V2),
  ],
  [
    'levels of a length below 0',
    onePage(words, { ...three, lie: lieInside({ definition_levels_byte_length: -2 }) }, V2),
  ],
  ['fewer rows than its header says', onePage(words, { ...three, lie: lieInside({ num_rows: 5 }) }, V2)],
  ['indexes without a dictionary', onePage(words, { values: [0, 0, 0], encoding: 'RLE_DICTIONARY' })],
  [
    'an index beyond the dictionary',
    fileOf(words, 3, (one) => [
      dictionaryPage(one, { values: ['a'] }, UNPACKED),
      dataPage(one, { values: [0, 1, 0], encoding: 'RLE_DICTIONARY' }, UNPACKED),
    ]),
  ],
  [
    'indexes of 200 bits',
    fileOf(words, 3, (one) => [
      dictionaryPage(one, { values: ['a'] }, UNPACKED),
      dataPage(one, { values: [0, 0, 0], encoding: 'RLE_DICTIONARY', raw: Buffer.of(200, 6, 0) }, UNPACKED),
    ]),
  ],
  [
    'a dictionary that ends before its last value',
    fileOf(words, 3, (one) => [
      dictionaryPage(one, { values: ['a'], lie: lieInside({ num_values: 100 }) }, UNPACKED),
      dataPage(one, { values: [0, 0, 0], encoding: 'RLE_DICTIONARY' }, UNPACKED),
    ]),
  ],
  [
    'a dictionary of less than nothing',
    fileOf(words, 3, (one) => [
      dictionaryPage(one, { values: ['a'], lie: lieInside({ num_values: -1 }) }, UNPACKED),
      dataPage(one, { values: [0, 0, 0], encoding: 'RLE_DICTIONARY' }, UNPACKED),
    ]),
  ],
  [
    'a second dictionary',
    fileOf(words, 3, (one) => [
      dictionaryPage(one, { values: ['a'] }, UNPACKED),
      dictionaryPage(one, { values: ['b'] }, UNPACKED),
      dataPage(one, { values: [0, 0, 0], encoding: 'RLE_DICTIONARY' }, UNPACKED),
    ]),
  ],
  [
    'a wrong checksum',
    onePage(
      words,
      { ...three, lie: (header) => ({ ...header, crc: (header.crc ?? 0) ^ 1 }) },
      { ...UNPACKED, hasCrc: true },
    ),
  ],
  [
    'deltas of a block of 0 values',
    onePage(count, {
      values: [1, 2, 3],
      encoding: 'DELTA_BINARY_PACKED',
      raw: Buffer.concat([varint(0), varint(4), varint(3), varint(2)]),
    }),
  ],
  [
    'deltas of no miniblock',
    onePage(count, {
      values: [1, 2, 3],
      encoding: 'DELTA_BINARY_PACKED',
      raw: Buffer.concat([varint(128), varint(0), varint(3), varint(2)]),
    }),
  ],
  [
    'deltas of 2^60 values',
    onePage(total, {
      values: [1n, 2n, 3n],
      encoding: 'DELTA_BINARY_PACKED',
      raw: Buffer.concat([varint(128), varint(4), varint(2 ** 60), varint(2)]),
    }),
  ],
  [
    'deltas of a block of 2^40 values',
    onePage(total, {
      values: [1n, 2n, 3n],
      encoding: 'DELTA_BINARY_PACKED',
      raw: Buffer.concat([varint(2 ** 40), varint(2 ** 35), varint(3), varint(2)]),
    }),
  ],
  [
    'deltas of 255 bits',
    onePage(count, {
      values: [1, 2, 3],
      encoding: 'DELTA_BINARY_PACKED',
      raw: Buffer.concat([
        varint(128),
        varint(4),
        varint(3),
        varint(2),
        varint(0),
        Buffer.of(255, 255, 255, 255),
        Buffer.alloc(64),
      ]),
    }),
  ],
  [
    'a number that never ends',
    onePage(count, { values: [1, 2, 3], encoding: 'DELTA_BINARY_PACKED', raw: Buffer.alloc(500, 255) }),
  ],
  [
    'a prefix longer than the text before',
    onePage(present, {
      values: ['a'],
      encoding: 'DELTA_BYTE_ARRAY',
      raw: Buffer.concat([deltas(5), deltas(1), Buffer.from('x')]),
    }),
  ],
  [
    'a prefix below 0',
    onePage(present, {
      values: ['a'],
      encoding: 'DELTA_BYTE_ARRAY',
      raw: Buffer.concat([deltas(-5), deltas(1), Buffer.from('x')]),
    }),
  ],
  [
    'a length of a text below 0',
    onePage(present, {
      values: ['a'],
      encoding: 'DELTA_LENGTH_BYTE_ARRAY',
      raw: Buffer.concat([deltas(-5), Buffer.from('x')]),
    }),
  ],
  [
    'streams of uneven length',
    onePage(leaf('amount', 'DOUBLE', { repetition_type: 'REQUIRED' }), {
      values: [1],
      encoding: 'BYTE_STREAM_SPLIT',
      raw: Buffer.of(1, 2, 3),
    }),
  ],
  [
    'deltas for numbers with a fraction',
    onePage(leaf('amount', 'DOUBLE', { repetition_type: 'REQUIRED' }), {
      values: [1],
      encoding: 'DELTA_BINARY_PACKED',
      raw: deltas(1),
    }),
  ],
  [
    'deltas of texts for numbers',
    onePage(count, {
      values: [1],
      encoding: 'DELTA_BYTE_ARRAY',
      raw: Buffer.concat([deltas(0), deltas(1), Buffer.from('x')]),
    }),
  ],
  ['an encoding that there is not', onePage(words, { ...three, lie: lieInside({ encoding: 'GROUP_VAR_INT' }) })],
]

/** One value, as DELTA_BINARY_PACKED has it. */
function deltas(value: number): Buffer {
  return Buffer.concat([varint(128), varint(4), varint(1), varint(value < 0 ? -value * 2 - 1 : value * 2)])
}

describe('a page of a Parquet file', () => {
  it.each(DAMAGED)('with %s is damage, and never a value', async (_, { file, columns }) => {
    const verdict = await verdictOf(file, columns)
    if (verdict.kind === 'checked') expect(verdict.codes).toContain('corrupt-record')
    const { corrupt } = await readRows(file)
    expect(corrupt).toBe(verdict.kind === 'checked' ? verdict.badRows : 0)
  })
})

describe('a damaged byte', () => {
  const columns = [words, count]
  const schema = parquetSchemaOf(columns)

  it.each([1, 2] as const)('anywhere in a file with pages of version %i ends with a verdict', async (version) => {
    const setup = { codec: 'SNAPPY', version } as const
    const chunks = parquetLeaves(schema).map((one, index) => {
      const content = index === 0 ? three : { values: [1, 2, 3], encoding: 'DELTA_BINARY_PACKED' as const }
      return { leaf: one, pages: [{ page: dataPage(one, content, setup), times: 1 }] }
    })
    const file = parquetBytes({ schema, groups: [{ rows: 3, chunks }] })
    expect(await verdictOf(file, columns)).toEqual({ kind: 'checked', rows: 3, badRows: 0, codes: [] })
    for (let at = 0; at < file.length; at++) {
      for (const byte of damaged(file[at] ?? 0)) {
        const copy = Buffer.from(file)
        copy[at] = byte
        const verdict = await verdictOf(copy, columns)
        const { rows } = await readRows(copy)
        if (verdict.kind === 'checked') expect(verdict.badRows).toBeLessThanOrEqual(verdict.rows)
        expect(rows.length).toBeLessThanOrEqual(verdict.kind === 'checked' ? verdict.rows : 0)
      }
    }
  })
})

function damaged(byte: number): readonly number[] {
  return [...new Set([0, 0x7f, 0xff, byte ^ 1, byte ^ 0x80])].filter((other) => other !== byte)
}

describe('two pages', () => {
  it.each([
    ['values', words, {}],
    ['lists', tags, { definition: [3, 3, 3], repetition: [0, 0, 0] }],
  ])(
    'of %s whose headers are wrong in their rows, one too few and one too many, are damage',
    async (_, column, levels) => {
      const { file, columns } = fileOf(column, 6, (one) =>
        [2, 4].map((rows) => dataPage(one, { ...three, ...levels, lie: lieInside({ num_rows: rows }) }, V2)),
      )
      expect(await verdictOf(file, columns)).toMatchObject({ rows: 6, codes: ['corrupt-record'] })
      expect((await readRows(file)).corrupt).toBeGreaterThan(0)
    },
  )
})

describe('text that is not UTF-8', () => {
  const broken = [
    Buffer.of(0xc3),
    Buffer.of(0xa9),
    Buffer.from('é'),
    Buffer.concat([Buffer.of(0xc3), Buffer.alloc(3, 97)]),
  ]

  // Each of these is UTF-8 together with what stands behind it: the next text, or in PLAIN its length.
  it.each(['PLAIN', 'DELTA_LENGTH_BYTE_ARRAY', 'DELTA_BYTE_ARRAY'] as const)(
    'is found in %s, value by value',
    async (encoding) => {
      const values = [...broken, Buffer.alloc(0xa9, 97), Buffer.of(0xc3)]
      const { file, columns } = onePage(present, { values, encoding })
      expect(await verdictOf(file, columns)).toEqual({
        kind: 'checked',
        rows: 6,
        badRows: 4,
        codes: ['corrupt-record'],
      })
    },
  )

  it('is found in every row of its place in a dictionary', async () => {
    const { file, columns } = fileOf(present, 5, (one) => [
      dictionaryPage(one, { values: broken }, UNPACKED),
      dataPage(one, { values: [2, 0, 2, 0, 1], encoding: 'RLE_DICTIONARY' }, UNPACKED),
    ])
    expect(await verdictOf(file, columns)).toEqual({ kind: 'checked', rows: 5, badRows: 3, codes: ['corrupt-record'] })
  })
})

describe('a small file of very much', () => {
  const millions = 60_000_000

  it.each([
    [
      'indexes',
      fileOf(present, millions, (one) => [
        dictionaryPage(one, { values: ['a'] }, UNPACKED),
        dataPage(
          one,
          {
            values: [],
            encoding: 'RLE_DICTIONARY',
            raw: Buffer.concat([Buffer.of(1), run(0, millions)]),
            slots: millions,
          },
          UNPACKED,
        ),
      ]),
    ],
    [
      'nulls',
      fileOf(words, millions, (one) => [
        dataPage(
          { ...one, definition: 0 },
          { values: [], raw: withLength(run(0, millions)), slots: millions },
          UNPACKED,
        ),
      ]),
    ],
  ])('of 60,000,000 equal %s in one run has all its rows counted', async (_, { file, columns }) => {
    expect(file.length).toBeLessThan(10_000)
    expect(await verdictOf(file, columns)).toEqual({ kind: 'checked', rows: millions, badRows: 0, codes: [] })
  })

  const gold = { type: 'string', enum: ['gold'], 'meta:xdmType': 'string' }
  const indexes = Buffer.concat([Buffer.of(1), run(0, millions)])

  it('of 60,000,000 rows that are wrong in the same way has all of them counted', async () => {
    const { file, columns } = ofOneWord(present, millions, indexes)
    const schema = { ...NAMED, properties: { word: gold } }
    expect(await verdictOf(file, columns, schema)).toEqual({
      kind: 'checked',
      rows: millions,
      badRows: millions,
      codes: ['enum'],
    })
  })

  it('of one row with 60,000,000 items has them checked, and is no row that can be held', async () => {
    const levels = [withLength(Buffer.concat([run(0, 1), run(1, millions - 1)])), withLength(run(3, millions))]
    const { file, columns } = ofOneWord(tags, 1, Buffer.concat([...levels, indexes]))
    expect(await verdictOf(file, columns)).toEqual({ kind: 'checked', rows: 1, badRows: 0, codes: [] })
    expect(await readRows(file)).toEqual({ rows: [], corrupt: 1 })
  })

  it('says what it unpacks to, and is not unpacked beyond it', async () => {
    const zeros = Buffer.alloc(128 * 2 ** 20)
    const packed = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 2 } })
    const honest = { uncompressed_page_size: zeros.length, compressed_page_size: packed.length }
    for (const header of [honest, { ...honest, uncompressed_page_size: 1000 }]) {
      const { file } = fileOf(
        present,
        1,
        (one) => [inPlaceOf(dataPage(one, { values: ['a'], lie: lie(header) }, UNPACKED), packed)],
        'BROTLI',
      )
      expect(file.length).toBeLessThan(10_000)
      const verdict = await verdictOf(file, [present])
      expect(verdict).toMatchObject({ kind: 'checked', rows: 1, badRows: 1 })
    }
  })
})

const NAMED = {
  $id: 'https://ns.adobe.com/acme/schemas/words',
  title: 'Words',
  type: 'object',
  'meta:class': 'https://ns.adobe.com/xdm/context/profile',
}

/** A page of 60,000,000 values, which are one word of a dictionary; `raw` has the levels, too. */
function ofOneWord(column: ParquetNode, rows: number, raw: Uint8Array): Subject {
  return fileOf(column, rows, (one) => [
    dictionaryPage(one, { values: ['a'] }, UNPACKED),
    dataPage(
      { ...one, definition: 0, repetition: 0 },
      { values: [], encoding: 'RLE_DICTIONARY', raw, slots: 60_000_000 },
      UNPACKED,
    ),
  ])
}

/** The header of a page of five bytes, and other bytes behind it. */
function inPlaceOf(page: ParquetPage, packed: Uint8Array): ParquetPage {
  return { ...page, bytes: Buffer.concat([page.bytes.subarray(0, page.bytes.length - 5), packed]) }
}
