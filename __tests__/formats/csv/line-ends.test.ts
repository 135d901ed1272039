import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CsvDialect } from '../../../src/formats/csv/grammar.ts'
import { LineEndGuard, UnevenLineEnd } from '../../../src/formats/csv/line-ends.ts'
import { csvDialect, csvText, markedText, recordsOf } from '../csv-text.ts'

const plain: CsvDialect = { delimiter: ',', quote: '"', escape: '"' }
const written = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), csvText(dialect)))
const typed = csvDialect.chain((dialect) => fc.tuple(fc.constant(dialect), markedText(dialect)))

function guarded(text: string, dialect: CsvDialect, chunkBytes: number): string {
  const guard = new LineEndGuard(dialect)
  const bytes = Buffer.from(text)
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) guard.write(bytes.subarray(at, at + chunkBytes))
    guard.end()
  } catch (error) {
    if (!(error instanceof UnevenLineEnd)) throw error
    return `${error.code} ${error.offset}`
  }
  return 'even'
}

describe('the line ends of a file that only readers of quotes will see', () => {
  it.each([
    ['a,"b\nc\r\nd\re"\n"f\n"\n', undefined],
    ['a,"b\n"\nc\rd\n', 'return-in-rows 8'],
    ['a,"b\n"\n"c\n', 'quote-left-open 7'],
  ])('may stand within quotes: %j', (text, refused) => {
    const guard = new LineEndGuard(plain, true)
    const write = () => {
      for (const byte of Buffer.from(text)) guard.write(Buffer.from([byte]))
      guard.end()
    }
    if (refused === undefined) expect(write).not.toThrow()
    else expect(write).toThrow(refused.replace(' ', ' at byte '))
  })
})

/** As a reader has it that knows nothing of quotes. */
function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '')
}

describe('the line ends of a file', () => {
  it('are refused unless a reader by lines sees as many records as one that knows quotes', () => {
    const seen = { even: 0, uneven: 0 }
    fc.assert(
      fc.property(fc.oneof(written, typed), ([dialect, text]) => {
        const says = guarded(text, dialect, 1000)
        if (says === 'even') seen.even++
        else seen.uneven++
        if (says === 'even') expect(recordsOf(Buffer.from(text), dialect)).toHaveLength(linesOf(text).length)
      }),
    )
    expect(Math.min(seen.even, seen.uneven)).toBeGreaterThan(10)
  })

  it('are judged alike in whatever chunks they arrive', () => {
    fc.assert(
      fc.property(fc.oneof(written, typed), fc.integer({ min: 1, max: 7 }), ([dialect, text], chunkBytes) => {
        expect(guarded(text, dialect, chunkBytes)).toBe(guarded(text, dialect, 1000))
      }),
    )
  })

  it.each([
    ['', 'even'],
    ['a,b\n1,2', 'even'],
    ['a,b\r\n"1","x ""y"""\r\n', 'even'],
    ['a,b\n5" pipe,6" pipe\n', 'even'],
    ['a\n1\r2\n', 'return-in-rows 3'],
    ['a\n1\r\r\n', 'return-in-rows 3'],
    ['a\n1\r', 'return-in-rows 3'],
    ['a\n"1\n2"\n', 'line-end-in-quotes 4'],
    ['a\n"1\r\n2"\n', 'line-end-in-quotes 4'],
    ['a\n"1""\r2"\n', 'line-end-in-quotes 6'],
    ['a,b\n1,"2\n3,4\n', 'quote-left-open 6'],
  ])('in %j are %s', (text, says) => {
    expect(guarded(text, plain, 1000)).toBe(says)
  })
})

it('looking at line ends takes memory for one chunk, however many come', () => {
  const chunk = Buffer.from('a,"b"\n'.repeat(175_000))
  const guard = new LineEndGuard(plain)
  // Looked at after each write: what others left behind can be collected meanwhile, and would hide what this one keeps.
  const grown = Array.from({ length: 24 }, () => {
    const before = process.memoryUsage().arrayBuffers
    guard.write(chunk)
    return process.memoryUsage().arrayBuffers > before
  })
  expect(grown.filter(Boolean).length).toBeLessThanOrEqual(2)
})
