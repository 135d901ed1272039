import fc from 'fast-check'
import { caught } from '../support/caught.ts'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { cutCsv } from '../../src/formats/csv/format.ts'
import { CsvRecords } from '../../src/formats/csv/records.ts'
import { cutLines, cutObjects } from '../../src/formats/json/format.ts'
import { type Cut, type SliceSize, createBuffers, slices, splitPoints } from '../../src/formats/slices.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { never } from '../support/time/never.ts'
import { csvDialect, csvText } from './csv-text.ts'
import { inChunks } from './in-chunks.ts'

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
const sliceBytes = fc.integer({ min: 1, max: 40 })

async function cut(bytes: Buffer, how: Cut, { chunks, ...size }: SliceSize & { readonly chunks: readonly number[] }) {
  const all: Buffer[] = []
  // Copied at once: a slice that shared its buffer with the next would be seen to change.
  for await (const slice of slices(inChunks(bytes, chunks), { cut: how, size, buffers: createBuffers() }))
    all.push(Buffer.from(slice))
  expect(Buffer.concat(all).toString('latin1')).toBe(bytes.toString('latin1'))
  return all.map((slice) => slice.toString())
}

describe('the slices of a file', () => {
  it('are in as many buffers as there are slices, and a file of one slice in one', async () => {
    for (const [text, count] of [
      ['{}\n', 1],
      ['{}\n'.repeat(5), 2],
    ] as const) {
      let taken = 0
      const buffers = { take: (bytes: number) => (taken++, new Uint8Array(bytes)), give: () => undefined }
      const slicing = { cut: cutLines, size: { bytes: 12, longestRecord: 1000 }, buffers }
      for await (const slice of slices(inChunks(Buffer.from(text), [7]), slicing))
        expect(slice.length).toBeGreaterThan(0)
      expect(taken).toBe(count)
    }
  })

  it('end behind line ends', async () => {
    const lines = fc.array(fc.constantFrom('{}\n', '{"ü":1}\r\n', '\n', '{"long":"................"}\n'))
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom('', '{}'), sizes, sliceBytes, async (all, last, chunks, bytes) => {
        const parts = await cut(Buffer.from(all.join('') + last), cutLines, { chunks, bytes, longestRecord: 1000 })
        for (const part of parts.slice(0, -1)) expect(part.endsWith('\n')).toBe(true)
      }),
    )
  })

  it('of CSV hold, taken one by one, the records of the file', async () => {
    const subject = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect)))
    await fc.assert(
      fc.asyncProperty(subject, sizes, sliceBytes, async ([dialect, text], chunks, bytes) => {
        const parts = await cut(Buffer.from(text), cutCsv(dialect), { chunks, bytes, longestRecord: 1000 })
        expect(parts.flatMap((part) => recordsOf(part, dialect))).toEqual(recordsOf(text, dialect))
      }),
    )
  })

  it('of CSV end at the next line even where a quote stands inside a cell', async () => {
    const dialect = { delimiter: ',', quote: '"', escape: '"' }
    const text = 'a,5" pipe\n1,2\n3,4\n'
    const parts = await cut(Buffer.from(text), cutCsv(dialect), { chunks: [3], bytes: 11, longestRecord: 1000 })
    expect(parts).toEqual(['a,5" pipe\n', '1,2\n3,4\n'])
  })

  it('of objects end behind a brace', async () => {
    const record = fc.dictionary(fc.constantFrom('a', '}', '"{', 'ü\\'), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
    await fc.assert(
      fc.asyncProperty(fc.array(record), sizes, sliceBytes, async (all, chunks, bytes) => {
        const text = JSON.stringify(all, null, 1)
        const parts = await cut(Buffer.from(text), cutObjects, { chunks, bytes, longestRecord: 10_000 })
        const values = parts.map((part) => part.replace(/^[\s[,]+/, '').replace(/[\s\],]+$/, ''))
        expect(values.flatMap((value): unknown[] => JSON.parse(`[${value}]`))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('are cut nowhere in a record that is longer than any may be', async () => {
    const size = { chunks: [3], bytes: 4, longestRecord: 16 }
    const text = Buffer.from(`a\n${'x'.repeat(20)}\ny\n`)
    expect(await caught(cut(text, cutLines, size))).toMatchObject({ name: 'RecordTooLong', offset: 2 })
    expect(await cut(Buffer.from(`${'x'.repeat(14)}\n${'y'.repeat(13)}`), cutLines, size)).toHaveLength(2)
  })
})

function recordsOf(text: string, dialect: Parameters<typeof cutCsv>[0]): unknown[] {
  const reader = new CsvRecords(text, dialect)
  const all: unknown[] = []
  for (let record = reader.next(); record.kind !== 'end'; record = reader.next()) all.push(record)
  return all
}

const SIZE = { bytes: 16, longestRecord: 64 }
const DIALECT = { delimiter: ',', quote: '"', escape: '"' }

function chunksOf(bytes: Buffer, points: readonly number[]): readonly Buffer[] {
  return [0, ...points].map((start, index) => bytes.subarray(start, points[index] ?? bytes.length))
}

describe('the points where a text is split', () => {
  it('lie behind line feeds, and the chunks are no larger than asked', async () => {
    const line = fc.integer({ min: 1, max: 12 }).map((length) => `{${'x'.repeat(length)}}\n`)
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), fc.boolean(), async (lines, isOpen) => {
        const bytes = Buffer.from(isOpen ? lines.join('').trimEnd() : lines.join(''))
        const points = await splitPoints(bytesContent(bytes), { cut: cutLines, mostBytes: 50, signal: never() }, SIZE)
        const chunks = chunksOf(bytes, points)
        expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
        for (const chunk of chunks.slice(0, -1)) expect(chunk.at(-1)).toBe(0x0a)
        for (const chunk of chunks) expect(chunk.length).toBeGreaterThan(0)
        for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(50)
        if (bytes.length > 50) expect(points.length).toBeGreaterThan(0)
      }),
    )
  })

  it('never lie in a quoted line feed of CSV', async () => {
    const cell = fc.constantFrom('a', '', '"b\nc"', '"d,\n\n""e"', 'ü', '"\r\n"')
    const row = fc.tuple(cell, cell).map((cells) => cells.join(','))
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const bytes = Buffer.from(`${rows.join('\n')}\n`)
        const points = await splitPoints(
          bytesContent(bytes),
          { cut: cutCsv(DIALECT), mostBytes: 60, signal: never() },
          SIZE,
        )
        const records = (text: Buffer): readonly string[][] => parse(text, { relax_column_count: true })
        expect(chunksOf(bytes, points).flatMap(records)).toEqual(records(bytes))
      }),
    )
  })

  it('are none where a record is longer than any should be: cut blindly, it would be broken', async () => {
    const bytes = Buffer.from(`{}\n${'x'.repeat(100)}\n{}\n`)
    expect(await splitPoints(bytesContent(bytes), { cut: cutLines, mostBytes: 30, signal: never() }, SIZE)).toEqual([])
  })

  it('are not sought on after a cancel', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    const looking = splitPoints(
      bytesContent(Buffer.from('{}\n'.repeat(99))),
      { cut: cutLines, mostBytes: 30, signal: stop.signal },
      SIZE,
    )
    await expect(looking).rejects.toThrow('enough')
  })
})
