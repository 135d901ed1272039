import { afterEach, describe, expect, it, vi } from 'vitest'
import { isDateTime } from '../../../src/schema/kinds/date.ts'
import { BYTES_BEHIND, type VectorSearch, createVectorSearch } from '../../../src/schema/scan/vector.ts'

afterEach(() => vi.unstubAllGlobals())

const PLAIN = 0x61

describe('the search for what is not plain', () => {
  it.each([
    ['with WebAssembly', () => createVectorSearch()],
    ['without it', createWithoutWebAssembly],
  ])('%s finds a quote, a backslash and each control character, and takes every other byte', (_, create) => {
    const { memory, find } = create()
    const bytes = memory.subarray(0, 200 + BYTES_BEHIND)
    bytes.fill(PLAIN)
    for (let byte = 0; byte < 256; byte++) {
      for (let place = 0; place < 150; place++) {
        bytes[place] = byte
        bytes[place + 1 + (byte % 40)] = 0
        const expected = isSpecial(byte) ? place : place + 1 + (byte % 40)
        const from = Math.max(0, place - (byte % 100))
        if (find(from) !== expected)
          expect({ byte, place, found: find(from) }).toEqual({ byte, place, found: expected })
        bytes.fill(PLAIN, place, place + 50)
      }
    }
  })

  it('is made of instructions that this machine has', () => {
    expect(String(createVectorSearch().find)).toContain('[native code]')
    expect(String(createWithoutWebAssembly().find)).not.toContain('[native code]')
  })

  it('reads as far behind the byte that it finds as it says, and never beyond its memory', () => {
    const { memory, find } = createVectorSearch()
    memory.fill(PLAIN)
    const last = memory.length - 1 - BYTES_BEHIND
    memory[last] = 0
    for (let from = 0; from <= last; from += 97) expect(find(from)).toBe(last)
    expect(() => find(last + 1)).toThrow('out of bounds')
  })
})

describe('the items of a list that are passed at once', () => {
  const { memory, afterTexts, afterLimitedTexts, afterPointers, afterMoments, afterUriCharacters, findEnd } =
    createVectorSearch()
  const put = (text: string) => {
    memory.fill(0, 0, 1000)
    memory.set(Buffer.from(text, 'latin1'))
  }

  it('are date-times, with any one byte changed, missing or more', () => {
    const misjudged: string[] = []
    for (const moment of MOMENTS) {
      for (let at = 0; at <= moment.length; at++) {
        for (const byte of ['', ...BYTES]) {
          for (const behind of [moment.slice(at), moment.slice(at + 1)]) {
            const text = moment.slice(0, at) + byte + behind
            put(`"${text}","2024-03-05T12:34:56Z", "x`)
            const expected = isDateTime(text) && !text.slice(4).startsWith('-02-29') ? text.length + 27 : 0
            if (afterMoments(0) !== expected) misjudged.push(text)
          }
        }
      }
    }
    expect(misjudged).toEqual([])
  })

  it('are date-times of each day that the calendar has, but the last of leap years', () => {
    const misjudged: string[] = []
    const padded = (number: number) => String(number).padStart(2, '0')
    for (const year of ['1900', '2000', '2023', '2024']) {
      for (let month = 0; month < 20; month++) {
        for (let day = 0; day < 40; day++) {
          const text = `${year}-${padded(month)}-${padded(day)}T00:00:00Z`
          put(`"${text}",`)
          const isLeapDay = month === 2 && day === 29
          if (afterMoments(0) !== (isDateTime(text) && !isLeapDay ? text.length + 3 : 0)) misjudged.push(text)
        }
      }
    }
    expect(misjudged).toEqual([])
  })

  it('are strings of any length, with a comma and at most one space behind', () => {
    const misjudged: string[] = []
    for (let length = 0; length < 40; length++) {
      for (const byte of BYTES) {
        const string = `${'a'.repeat(length)}${byte}${'x'.repeat((length * 7) % 20)}`
        put(`"${string}", "ä",  "c"`)
        const expected = isSpecial(byte.charCodeAt(0)) ? 0 : string.length + 9
        // A quote within ends the string early, and no comma follows.
        if (afterTexts(0) !== expected) misjudged.push(string)
      }
    }
    expect(misjudged).toEqual([])
  })

  it('are strings with escapes of two bytes, and if limited, of so many ASCII characters', () => {
    const misjudged: string[] = []
    for (const string of stringsWithEscapes()) {
      const text = `"${string}", "x`
      put(text)
      const [begun = ''] = /^"(?:[^\p{Cc}"\\]|\\["\\/bfnrt])*/u.exec(text) ?? []
      const length = begun.replaceAll(/\\./g, '-').length - 1
      const end = text.startsWith('",', begun.length) ? begun.length + 3 : 0
      const limited = begun.includes('é') ? 0 : end
      const found = [findEnd(1), afterTexts(0), afterLimitedTexts(0, length, 0), afterLimitedTexts(0, 0, length + 1)]
      const outside = [afterLimitedTexts(0, length + 1, 9), length === 0 ? 0 : afterLimitedTexts(0, 0, length - 1)]
      const expected = [begun.length, end, limited, limited, 0, 0]
      if ([...found, ...outside].join() !== expected.join()) misjudged.push(text)
    }
    expect(misjudged).toEqual([])
  })

  it('are JSON pointers, but neither an empty one nor those with a tilde', () => {
    const misjudged: string[] = []
    for (const string of stringsWithEscapes()) {
      put(`"/${string}", "/x`)
      const end = string.includes('~') ? 0 : afterTexts(0)
      if (afterPointers(0) !== end) misjudged.push(string)
      put(`"${string}", "/x`)
      if (afterPointers(0) !== 0) misjudged.push(string)
    }
    expect(misjudged).toEqual([])
  })

  it.each(['', '"', '"a', '"a"', '"a";', '1,', ' "a",', "'a',"])('are none in %s', (text) => {
    put(text)
    expect([afterTexts(0), afterLimitedTexts(0, 0, 99), afterPointers(0), afterMoments(0)]).toEqual([0, 0, 0, 0])
  })

  it('of an address go on to the first byte that no URI has, or to a percent sign', () => {
    for (const byte of BYTES) {
      put(`${'~/a?'.repeat(9)}${byte}%`)
      const isPlain = /[!#$&-;=?-Z[\]_a-z~]/.test(byte)
      expect([byte, afterUriCharacters(0), afterUriCharacters(20)]).toEqual([byte, ...(isPlain ? [37, 37] : [36, 36])])
    }
  })

  it('are none without WebAssembly', () => {
    const { memory: other, ...searches } = createWithoutWebAssembly()
    other.set(Buffer.from('"2024-03-05T12:34:56Z","a",'))
    const { afterTexts: texts, afterLimitedTexts: limited, afterMoments: moments } = searches
    expect([texts(0), limited(0, 0, 99), moments(0), searches.afterUriCharacters(1)]).toEqual([0, 0, 0, 1])
    expect([searches.afterPointers(0), searches.findEnd(0), searches.findEnd(1)]).toEqual([0, 0, 21])
  })
})

const BYTES = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte))

/** Two pieces at each place of strings of several lengths. */
function stringsWithEscapes(): readonly string[] {
  const pieces = ['', '\\n', '\\"', '\\\\', '\\/', '\\b', '\\u0041', '\\x', '\\', 'é', '\t', '~', 'a']
  return Array.from({ length: 36 }, (_, place) =>
    pieces.flatMap((one) =>
      pieces.map((other) => ['a'.repeat(place), one, 'b'.repeat(place % 3), other, 'c'.repeat(place % 17)].join('')),
    ),
  ).flat()
}

const MOMENTS = [
  '2024-02-28T10:11:12Z',
  '2024-12-01T19:59:59.123456789+01:30',
  '1999-01-31T23:00:00.1-23:59',
  '2023-09-30T00:00:00.000Z',
]

function createWithoutWebAssembly(): VectorSearch {
  vi.stubGlobal('WebAssembly', undefined)
  return createVectorSearch()
}

/** RFC 8259, section 7. */
function isSpecial(byte: number): boolean {
  return byte < 0x20 || byte === 0x22 || byte === 0x5c
}
