import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { cutCsv } from '../../../src/formats/csv/format.ts'
import { cutLines } from '../../../src/formats/json/format.ts'
import { never } from '../../support/never.ts'
import { splitPoints } from '../../../src/formats/slices.ts'

const SIZE = { bytes: 16, longestRecord: 64 }
const DIALECT = { delimiter: ',', quote: '"', escape: '"' }

function piecesOf(bytes: Buffer, points: readonly number[]): readonly Buffer[] {
  return [0, ...points].map((start, index) => bytes.subarray(start, points[index] ?? bytes.length))
}

describe('the points where a text is split', () => {
  it('lie behind line feeds, and the pieces are no larger than asked', async () => {
    const line = fc.integer({ min: 1, max: 12 }).map((length) => `{${'x'.repeat(length)}}\n`)
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 60 }), fc.boolean(), async (lines, isOpen) => {
        const bytes = Buffer.from(isOpen ? lines.join('').trimEnd() : lines.join(''))
        const points = await splitPoints(bytesContent(bytes), { cut: cutLines, mostBytes: 50, signal: never() }, SIZE)
        const pieces = piecesOf(bytes, points)
        expect(Buffer.concat(pieces).equals(bytes)).toBe(true)
        for (const piece of pieces.slice(0, -1)) expect(piece.at(-1)).toBe(0x0a)
        for (const piece of pieces) expect(piece.length).toBeGreaterThan(0)
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(50)
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
        expect(piecesOf(bytes, points).flatMap(records)).toEqual(records(bytes))
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
