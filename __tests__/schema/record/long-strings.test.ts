import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { type QuickCheck, checkFile } from '../../../src/formats/check.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'
import { LINES } from '../../support/files/shapes.ts'
import { schemaOf } from '../issues-of.ts'

const text = { type: 'string' }
const source = { schema: schemaOf({ a: text, b: text, tags: { type: 'array', items: text } }), descriptors: undefined }
const scanning = rowCheckOf({ source, showValues: true, isForProfile: false, isUntyped: false })
const reading: QuickCheck = { ...scanning, scan: undefined }

/** As much as a search for the end of a string sees at once. */
const WINDOW_BYTES = 0x1_0000 - 64

const lengths = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: WINDOW_BYTES - 200, max: WINDOW_BYTES + 200 }),
)

/** What is put into strings: in order, an escape that JSON has or has not, not allowed in a string, or no UTF-8. */
const ESCAPES = ['\\n', '\\"', '\\\\', '\\u00e9', '\\', '\\x', '\\u00g0']
const ALONE = ['a', 'é', '日', '👩', '\u007f', '"', '\t', '\n', '\u0000', '\u001f']
const BROKEN = [[0xff], [0xc3], [0x80], [0xe6, 0x97], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x91], [0xc0, 0xaf]]
const change = fc.oneof(
  fc.constantFrom(...ESCAPES, ...ALONE).map((characters) => Buffer.from(characters)),
  fc.constantFrom(...BROKEN).map((bytes) => Buffer.from(bytes)),
)

const filling = fc.constantFrom('a', 'ab ', 'é', '日b', 'a\\n', '\\"')

const longString = fc
  .tuple(lengths, filling, fc.array(fc.tuple(change, fc.nat(100_000)), { maxLength: 2 }))
  .map(([length, unit, changes]) => {
    let bytes = Buffer.from(unit.repeat(Math.ceil(length / unit.length)))
    for (const [inserted, place] of changes) {
      const at = place % (bytes.length + 1)
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)])
    }
    return bytes
  })

const row = fc.tuple(longString, longString, fc.constantFrom('{"a":"', '{"tags":["", "'), fc.constantFrom('\n', '\r\n'))

function rowOf([one, other, before, lineEnd]: readonly [Buffer, Buffer, string, string]): Buffer {
  const between = before.endsWith('"a":"') ? '","b":"' : '","'
  const behind = before.endsWith('"a":"') ? '"}' : '"]}'
  return Buffer.concat([before, one, between, other, `${behind}${lineEnd}`].map((part) => Buffer.from(part)))
}

async function check(bytes: Buffer, how: QuickCheck, sliceBytes: number) {
  const sliceSize = { bytes: sliceBytes, longestRecord: 1 << 20 }
  const checker = createLocalChecker(how)
  return await checkFile({ content: bytesContent(bytes), shape: LINES, sliceSize }, { checker, signal: never() })
}

describe('rows with long strings', () => {
  it('have the findings of rows that are read, at the same places, however they are sliced', async () => {
    const slices = fc.constantFrom(64, 1000, 70_000, 1 << 22)
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), slices, async (rows, sliceBytes) => {
        const bytes = Buffer.concat(rows.map(rowOf))
        expect(await check(bytes, scanning, sliceBytes)).toEqual(await check(bytes, reading, 1 << 22))
      }),
      { numRuns: 150 },
    )
  })

  it.each([0x00, 0x09, 0x1f, 0x22, 0x5c, 0x80, 0xff])(
    'have a finding for the byte %i, which may not stand in a string, wherever it stands',
    async (byte) => {
      const rows = Array.from({ length: 300 }, (_, place) => {
        const string = Buffer.alloc(300, 'x')
        string[place] = byte
        return rowOf([string, Buffer.alloc(300, 'y'), '{"a":"', '\n'])
      })
      expect(await check(Buffer.concat(rows), scanning, 1 << 22)).toMatchObject({ rows: 300, badRows: 300 })
    },
  )

  it('need not be read when they are in order', () => {
    const bytes = rowOf([Buffer.alloc(200_000, 'x'), Buffer.from('é\\n'.repeat(50_000)), '{"a":"', '\n'])
    expect(scanning.scan?.recognise(bytes, 0)).toBe(bytes.length - 1)
  })
})
