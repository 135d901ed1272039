import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type IngestSettings,
  type SourceFile,
  earlierCuts,
  fingerprint,
  loadsOf,
  plan as cut,
  sizeWarnings,
} from '../../src/files/plan.ts'
import { type CheckedFile } from '../../src/files/read.ts'
import { type Content, bytesContent, readAll } from '../../src/lib/content.ts'
import { checkedFile } from '../support/check/checked-file.ts'
import {
  BATCH_ADVISED,
  BATCH_MOST,
  EARLIER_BATCH_MOST,
  PART_MOST_BYTES,
  WHOLE_FILE_MOST_BYTES,
} from '../../src/platform/limits.ts'

const SETTINGS: IngestSettings = { dataset: 'd', sandbox: 'dev', format: 'json', upsert: false, options: {} }

const plan = (files: readonly CheckedFile[], settings: IngestSettings) => cut(files, settings, BATCH_MOST)

/** Of any size, since nobody reads it. */
function unread(size: number): Content {
  const bytes = () => {
    throw new Error('A plan reads nothing')
  }
  return { size, slice: (start, end) => unread(end - start), bytes }
}

function fileOf(name: string, size: number, rows: number | undefined = 1): CheckedFile {
  const content = unread(size)
  return checkedFile(name, content, { rows })
}

const fileSizes = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 1000 }),
    fc.integer({ min: 1, max: BATCH_MOST.bytes }),
    fc.constant(BATCH_MOST.bytes),
  ),
  { minLength: 1, maxLength: 60 },
)

describe('a plan', () => {
  it('loses no file, repeats none, and keeps their order', () => {
    fc.assert(
      fc.property(fileSizes, (all) => {
        const files = all.map((size, index) => fileOf(`f${index}`, size))
        const sent = plan(files, SETTINGS).flatMap(({ transfers }) => transfers.map(({ remoteName }) => remoteName))
        expect(sent).toEqual(files.map(({ name }) => name))
      }),
    )
  })

  it('keeps to the limit of bytes in every batch, and needs as few as that allows', () => {
    fc.assert(
      fc.property(fileSizes, (all) => {
        const plans = plan(
          all.map((size, index) => fileOf(`f${index}`, size)),
          SETTINGS,
        )
        for (const { bytes } of plans) expect(bytes).toBeLessThanOrEqual(BATCH_MOST.bytes)
        for (const [index, { bytes }] of plans.slice(0, -1).entries())
          expect(bytes + (plans[index + 1]?.transfers[0]?.content.size ?? 0)).toBeGreaterThan(BATCH_MOST.bytes)
        expect(plans.map(({ part }) => part)).toEqual(plans.map((_, i) => ({ number: i + 1, of: plans.length })))
      }),
    )
  })

  it('keeps to the limit of files in every batch', () => {
    const files = Array.from({ length: 2 * BATCH_MOST.files + 1 }, (_, index) => fileOf(`f${index}`, 1))
    expect(plan(files, SETTINGS).map(({ transfers }) => transfers.length)).toEqual([
      BATCH_MOST.files,
      BATCH_MOST.files,
      1,
    ])
  })

  it('cuts at what Adobe refuses since August 2026, and nowhere else', () => {
    const files = Array.from({ length: 25_001 }, (_, index) => fileOf(`f${index}`, 1))
    expect(plan(files.slice(1), SETTINGS)).toHaveLength(1)
    expect(plan(files, SETTINGS).map(({ part }) => part)).toEqual([
      { number: 1, of: 2 },
      { number: 2, of: 2 },
    ])
    const [full, over] = [fileOf('a', 1_000_000_000_000), fileOf('b', 1)]
    expect([plan([full], SETTINGS).length, plan([full, over], SETTINGS).length]).toEqual([1, 2])
  })

  it('also tells how an earlier version cut the same files, where that were more batches', () => {
    const files = Array.from({ length: 1_501 }, (_, index) => fileOf(`f${index}`, 1))
    expect(earlierCuts(files.slice(1), SETTINGS, BATCH_MOST)).toEqual([])
    const [earlier, ...more] = earlierCuts(files, SETTINGS, BATCH_MOST)
    expect(more).toEqual([])
    expect(earlier?.map(({ part, transfers }) => [part.number, part.of, transfers.length])).toEqual([
      [1, 2, 1_500],
      [2, 2, 1],
    ])
    expect(earlier?.map((batch) => batch.fingerprint)).toEqual([
      fingerprint(SETTINGS, files.slice(0, 1_500)),
      fingerprint(SETTINGS, files.slice(1_500)),
    ])
    expect(EARLIER_BATCH_MOST).toEqual([{ files: 1_500, bytes: 100_000_000_000 }])
  })

  it.each([
    ['one file less than is advised', BATCH_ADVISED.files - 1, 1, []],
    [
      'as many files as are advised against',
      BATCH_ADVISED.files,
      1,
      [/^The batch has 10,000 files and 10\.0 kB\. Adobe/],
    ],
    ['as many bytes as are advised against', 1, BATCH_ADVISED.bytes, [/^The batch has 1 file and 100\.0 GB\. Adobe/]],
    ['several batches, all of them large', 50_001, 1, [/^2 of 3 batches are large \(part 1: 25,000 files/]],
  ])('warns once of %s', (_name, count, size, expected) => {
    const files = Array.from({ length: count }, (_, index) => fileOf(`f${index}`, size))
    expect(sizeWarnings(plan(files, SETTINGS))).toEqual(expected.map((pattern) => expect.stringMatching(pattern)))
  })

  it('counts rows where all are counted', () => {
    expect(plan([fileOf('a', 1, 2), fileOf('b', 1, 3)], SETTINGS)[0]?.rows).toBe(5)
    const uncounted = { ...fileOf('b', 1), rows: undefined }
    expect(plan([fileOf('a', 1, 2), uncounted], SETTINGS)[0]?.rows).toBeUndefined()
  })

  it('sends a file whole up to the limit of the gateway, and in chunks above', () => {
    const files = [fileOf('a', WHOLE_FILE_MOST_BYTES), fileOf('b', WHOLE_FILE_MOST_BYTES + 1)]
    expect(plan(files, SETTINGS)[0]?.transfers.map(({ how }) => how)).toEqual(['whole', 'chunked'])
  })
})

function linesOf(name: string, text: string): CheckedFile {
  const packing = text.endsWith('\n') ? 'as it is' : 'with a line end'
  return checkedFile(name, bytesContent(Buffer.from(text)), { packing })
}

function numbered(count: number, text = (index: number) => `{"n":${index}}`): readonly CheckedFile[] {
  return Array.from({ length: count }, (_, index) =>
    linesOf(`data/${String(index).padStart(5, '0')}.json`, text(index)),
  )
}

const names = (files: readonly CheckedFile[]) =>
  loadsOf(files).flatMap((load) => load.map(({ remoteName }) => remoteName))

describe('more than 100 JSON files', () => {
  it('travel as one, each record in a line of its own, in the order of the files', async () => {
    const file = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean())
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 101, maxLength: 130 }), async (shapes) => {
        const texts = shapes.map(([rows, ends], index) => {
          const lines = Array.from({ length: rows }, (_, row) => `{"file":${index},"row":${row}}`).join('\n')
          return ends ? `${lines}\n` : lines
        })
        const files = numbered(texts.length, (index) => texts[index] ?? '')
        const [[pack, ...others] = [], ...more] = loadsOf(files)
        expect([others, more]).toEqual([[], []])
        expect(pack?.sources).toEqual(files)
        const sent = Buffer.from(await readAll(pack?.content ?? unread(0))).toString()
        expect(sent.trimEnd().split('\n')).toEqual(texts.flatMap((text) => text.trimEnd().split('\n')))
      }),
      { numRuns: 20 },
    )
  })

  it('travel in parts of at most 128 MB, each file in one of them', () => {
    const sizes = [PART_MOST_BYTES - 1, ...Array.from({ length: 150 }, (_, index) => 1_000_000 + index)]
    const files = sizes.map((size, index) => checkedFile(`${index}.json`, unread(size), { packing: 'with a line end' }))
    const parts = loadsOf(files).flat()
    expect(parts.map(({ remoteName }) => remoteName)).toEqual([
      'packed-00001.json',
      'packed-00002.json',
      'packed-00003.json',
    ])
    for (const { content } of parts) expect(content.size).toBeLessThanOrEqual(PART_MOST_BYTES)
    expect(parts.flatMap(({ sources }) => sources)).toEqual(files)
  })

  it('are named like no file of the publish', () => {
    const own = numbered(101)
    const taken = checkedFile('packed-00001.json', unread(1))
    expect(names([...own, taken])).toEqual(['packed--00001.json', 'packed-00001.json'])
  })

  it('leave alone what must be a file of its own, and do not count it', () => {
    const partition = checkedFile('day=1/a.json', unread(5))
    expect(names([...numbered(101), partition])).toEqual(['packed-00001.json', 'day=1/a.json'])
    expect(names([...numbered(100), partition])).toHaveLength(101)
    const large = checkedFile('z.json', unread(PART_MOST_BYTES), { packing: 'as it is' })
    expect(names([...numbered(101), large])).toEqual(['packed-00001.json', 'z.json'])
  })
})

describe('up to 100 files', () => {
  it('travel as they are', () => {
    const files = numbered(100)
    expect(names(files)).toEqual(files.map(({ name }) => name))
  })
})

describe('a file in chunks', () => {
  const chunks = [unread(5), unread(4)]

  it('has chunks that are named for it, in their order, and like no other file', () => {
    const split = checkedFile('a/day=1/big.csv', unread(9), { chunks: chunks })
    expect(names([split])).toEqual(['a/day=1/big-part-00001.csv', 'a/day=1/big-part-00002.csv'])
    const plain = checkedFile('big', unread(9), { chunks: chunks })
    const beside = checkedFile('big-part-00001', unread(1))
    expect(names([plain, beside])).toEqual(['big-part--00001', 'big-part--00002', 'big-part-00001'])
  })

  it('is brought by one batch, and each chunk says whose it is', () => {
    const split = checkedFile('big.json', unread(9), { chunks: chunks })
    const [load = []] = loadsOf([split])
    expect(load.map(({ sources }) => sources)).toEqual([[split], [split]])
  })

  it('goes by the large-file calls where a chunk is still too large', () => {
    const [load = []] = loadsOf([
      checkedFile('a.json', unread(1), { chunks: [unread(WHOLE_FILE_MOST_BYTES + 1), unread(1)] }),
    ])
    expect(load.map(({ how }) => how)).toEqual(['chunked', 'whole'])
  })
})

const CSV_SETTINGS: IngestSettings = {
  dataset: 'd',
  sandbox: 'dev',
  format: 'csv',
  upsert: false,
  options: { delimiter: ',', quote: '"' },
}
const SOURCES: readonly SourceFile[] = [
  { name: 'a', sha256: '1' },
  { name: 'b', sha256: '2' },
]

const OTHERS: readonly (readonly [string, Partial<IngestSettings>, readonly SourceFile[]])[] = [
  ['the dataset', { dataset: 'e' }, SOURCES],
  ['the sandbox', { sandbox: 'prod' }, SOURCES],
  ['the format', { format: 'json' }, SOURCES],
  ['upsert', { upsert: true }, SOURCES],
  ['the value of an option', { options: { delimiter: ';', quote: '"' } }, SOURCES],
  ['an option more', { options: { delimiter: ',', quote: '"', escape: '"' } }, SOURCES],
  [
    'the content of a file',
    {},
    [
      { name: 'a', sha256: '9' },
      { name: 'b', sha256: '2' },
    ],
  ],
  [
    'the name of a file',
    {},
    [
      { name: 'a', sha256: '1' },
      { name: 'c', sha256: '2' },
    ],
  ],
  ['a file less', {}, SOURCES.slice(0, 1)],
  [
    'the contents of two files exchanged',
    {},
    [
      { name: 'a', sha256: '2' },
      { name: 'b', sha256: '1' },
    ],
  ],
]

describe('a fingerprint', () => {
  it.each(OTHERS)('is changed by %s', (_, reading, sources) => {
    expect(fingerprint({ ...CSV_SETTINGS, ...reading }, sources)).not.toBe(fingerprint(CSV_SETTINGS, SOURCES))
  })

  it('is 64 hexadecimal digits, the same tomorrow as today', () => {
    expect(fingerprint(CSV_SETTINGS, SOURCES)).toMatch(/^[0-9a-f]{64}$/)
    expect(fingerprint(CSV_SETTINGS, SOURCES)).toBe(
      fingerprint(structuredClone(CSV_SETTINGS), structuredClone(SOURCES)),
    )
  })

  it('does not depend on the order of options', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()), {
      selector: ([key]) => key,
    })
    fc.assert(
      fc.property(entries, (options) => {
        const of = (list: typeof options) =>
          fingerprint({ ...CSV_SETTINGS, options: Object.fromEntries(list) }, SOURCES)
        expect(of(options.toReversed())).toBe(of(options))
      }),
    )
  })

  it('can not be made the same by moving text from one ingredient into the next', () => {
    const one = fingerprint({ ...CSV_SETTINGS, dataset: 'ab', sandbox: 'c' }, SOURCES)
    expect(fingerprint({ ...CSV_SETTINGS, dataset: 'a', sandbox: 'bc' }, SOURCES)).not.toBe(one)
  })
})
