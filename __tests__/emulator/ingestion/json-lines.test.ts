import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { promote, rowCodes, stored } from './promote.ts'

describe('JSON Lines', () => {
  test.each([
    ['one object a line', '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['a last line without an end', '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
    ['carriage returns between objects', '{"a":1}\r{"a":2}\r', [{ a: 1 }, { a: 2 }]],
    ['line ends of Windows', '{"a":1}\r\n{"a":2}\r\n', [{ a: 1 }, { a: 2 }]],
    ['blank lines between rows', '\n{"a":1}\n \n\t\n{"a":2}\n\n', [{ a: 1 }, { a: 2 }]],
    ['letters beyond ASCII', '{"a":"żółć 🐝"}\n', [{ a: 'żółć 🐝' }]],
  ])('%s are read in both modes', async (_, text, rows) => {
    for (const mode of ['strict', 'lenient'] as const) {
      const promotion = await promote(text, { mode })
      expect(promotion.accepted).toEqual(rows)
      expect(promotion.errors).toEqual([])
    }
  })

  test.each([
    ['no JSON', '{missingQuotes: "v1"}'],
    ['a number', '17'],
    ['null', 'null'],
    ['half an object', '{"a":'],
    ['two objects', '{"a":1} {"a":2}'],
  ])('a line of %s is corrupt in both modes', async (_, line) => {
    for (const mode of ['strict', 'lenient'] as const) {
      const promotion = await promote(`{"good":1}\n${line}\n`, { mode })
      expect(promotion.accepted).toEqual([{ good: 1 }])
      expect(promotion.rowErrors).toEqual([
        {
          name: 'parsing_errors_0.json',
          records: [
            {
              _corrupt_record: line,
              _errors: [{ code: '1401', message: 'Row is corrupted and cannot be read, please fix and resend.' }],
              _filename: 'parsing_errors_0.json',
            },
          ],
        },
      ])
    }
  })

  test.each([
    ['an array over several lines', '[\n{"a":1},\n{"a":2},\n]\n', 4],
    ['an array with brackets beside its rows', '[{"a":1},\n{"a":2}]\n', 2],
    ['an array on a line', '[{"a":1},{"a":2}]\n', 1],
    ['rows that end with commas', '{"a":1},\n{"a":2},\n', 2],
  ])('%s is corrupt in strict mode and read in lenient mode', async (_, text, corruptLines) => {
    const strict = await promote(text)
    expect(strict.accepted).toEqual([])
    expect(rowCodes(strict)).toEqual(Array.from({ length: corruptLines }, () => '1401'))
    const lenient = await promote(text, { mode: 'lenient' })
    expect(lenient.accepted).toEqual([{ a: 1 }, { a: 2 }])
    expect(lenient.errors).toEqual([])
  })

  test('a byte order mark spoils the first row in strict mode only', async () => {
    expect((await promote('\uFEFF{"a":1}\n{"a":2}')).accepted).toEqual([{ a: 2 }])
    expect((await promote('\uFEFF{"a":1}\n{"a":2}', { mode: 'lenient' })).accepted).toEqual([{ a: 1 }, { a: 2 }])
  })

  test.each(['', '\n', ' \r\n\n'])('a file that holds nothing (%j) fails its batch', async (text) => {
    const promotion = await promote([stored('{"a":1}', 'full.json'), stored(text, 'empty.json')])
    expect(promotion).toMatchObject({ verdict: 'failed', errors: [{ code: '106' }], metrics: undefined })
  })

  test('lines that go over the seams of reading come through whole', async () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => ({ index, text: 'ęß🐝'.repeat(index % 40) }))
    const promotion = await promote(rows.map((row) => JSON.stringify(row)).join('\n'))
    expect(promotion.metrics).toMatchObject({ inputRecordCount: 30_000 })
    expect(promotion.accepted).toEqual(rows)
  })

  test('a line longer than any record is one corrupt row, and the rows after it are read', async () => {
    const endless = JSON.stringify({ text: 'x'.repeat(20 << 20) })
    const promotion = await promote(`{"a":1}\n${endless}\n{"a":2}\n{"a":3}`)
    expect(promotion.accepted).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }])
    expect(rowCodes(promotion)).toEqual(['1401'])
  })

  test('any objects written a line each are read as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }), async (rows) => {
        const lines = rows.map((row) => JSON.stringify(row))
        expect((await promote(lines.join('\n'))).accepted).toEqual(lines.map((line): unknown => JSON.parse(line)))
      }),
    )
  })
})
