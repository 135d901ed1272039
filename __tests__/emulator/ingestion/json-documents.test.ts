import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createJsonScanner } from '../../../emulator/ingestion/json-scanner.ts'
import { promote, rowCodes } from './promote.ts'

const multiLine = { isMultiLineJson: true }
const lenient = { isMultiLineJson: true, mode: 'lenient' } as const

describe('multi-line JSON', () => {
  test.each([
    ['an array over several lines', '[\n  {\n    "a": 1\n  },\n  { "a": 2 }\n]\n', [{ a: 1 }, { a: 2 }]],
    ['an array on one line', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['one object over several lines', '{\n  "a": 1\n}\n', [{ a: 1 }]],
    ['an array with nothing in it', '[ ]', []],
    [
      'brackets, quotes and commas inside of texts',
      '[{"a":"]}\\",{["},{"b":["\\\\"]}]',
      [{ a: ']}",{[' }, { b: ['\\'] }],
    ],
  ])('%s is read in both modes', async (_, text, rows) => {
    for (const order of [multiLine, lenient]) {
      const promotion = await promote(text, order)
      expect(promotion.accepted).toEqual(rows)
      expect(promotion).toMatchObject({ verdict: 'success', errors: [] })
    }
  })

  test.each([
    ['one object a line', '{"a":1}\n{"a":2}', [{ a: 1 }], 1],
    ['a comma after the last object', '[{"a":1},{"a":2},]', [{ a: 1 }, { a: 2 }], 1],
    ['no comma between objects', '[{"a":1} {"a":2}]', [{ a: 1 }], 1],
    ['no bracket at the end', '[{"a":1},{"a":2}', [{ a: 1 }, { a: 2 }], 1],
    ['text behind the array', '[{"a":1}],{"a":2}', [{ a: 1 }], 1],
  ])('%s is refused in strict mode and taken in lenient mode', async (_, text, rows, corrupt) => {
    const strict = await promote(text, multiLine)
    expect(strict.accepted).toEqual(rows)
    expect(rowCodes(strict)).toEqual(Array.from({ length: corrupt }, () => '1401'))
    const forgiven = await promote(text, lenient)
    expect(forgiven.accepted).toEqual([{ a: 1 }, { a: 2 }])
    expect(forgiven.errors).toEqual([])
  })

  test.each([
    ['a number', '[{"a":1},17]', '17'],
    ['an array', '[{"a":1},[{"a":2}]]', '[{"a":2}]'],
    ['a bare word', '[{"a":1},oops]', 'oops'],
    ['an object cut short', '[{"a":1},{"b":[1', '{"b":[1'],
    ['an object that is no JSON', '[{"a":1},{b:2}]', '{b:2}'],
  ])('%s where an object should be is corrupt', async (_, text, corrupt) => {
    const promotion = await promote(text, lenient)
    expect(promotion.accepted).toEqual([{ a: 1 }])
    expect(promotion.rowErrors).toMatchObject([{ records: [{ _corrupt_record: corrupt }] }])
  })

  test('a file of blanks fails its batch', async () => {
    expect(await promote(' \n ', multiLine)).toMatchObject({ verdict: 'failed', errors: [{ code: '106' }] })
  })

  test('objects that go over the seams of reading come through whole', async () => {
    const rows = Array.from({ length: 8_000 }, (_, index) => ({ index, text: '\\"ę🐝{'.repeat(index % 50) }))
    expect((await promote(JSON.stringify(rows, undefined, 1), multiLine)).accepted).toEqual(rows)
  })

  test('an object longer than any record is one corrupt row', async () => {
    const promotion = await promote(`[{"a":"${'x'.repeat(20 << 20)}"},{"a":1}]`, multiLine)
    expect(promotion.accepted).toEqual([{ a: 1 }])
    expect(rowCodes(promotion)).toEqual(['1401'])
  })

  test('the end of an object is found wherever its bytes are cut', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (row, cut) => {
        const value = Buffer.from(JSON.stringify(row))
        const bytes = Buffer.concat([value, Buffer.from(',{}]')])
        const at = cut % value.length
        const scanner = createJsonScanner()
        expect(scanner.follow(bytes.subarray(0, at), 0)).toBe(at)
        expect(scanner.follow(bytes, at)).toBe(value.length)
        expect(scanner.isOver()).toBe(true)
      }),
    )
  })
})
