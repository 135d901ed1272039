import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HASH_WORDS, KeyList, hashOf } from '../../src/formats/keys.ts'

/** As it stands in a record, with others around it. */
function quoted(json: string) {
  const bytes = Buffer.from(`{"_id":${json}}\n`)
  const start = '{"_id":'.length
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return { bytes, view, start, end: start + Buffer.byteLength(json) }
}

/** What programs that escape too much make of it. */
function escapedJson(key: string): string {
  const unit = (at: number) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`
  return `"${Array.from({ length: key.length }, (_, at) => unit(at)).join('')}"`
}

const key = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 9 }),
  fc.string({ unit: fc.constantFrom('a', 'b', '\\', '"', '\u007f', '\u0080', 'é', '\0', '/'), maxLength: 9 }),
)

describe('the hash of a key', () => {
  it('is the same for its bytes as for its string, however it is written', () => {
    fc.assert(
      fc.property(key, fc.boolean(), (one, isEscaped) => {
        const [read, hashed] = [new KeyList(), new KeyList()]
        read.add(one, 7)
        hashed.addQuoted(quoted(isEscaped ? escapedJson(one) : JSON.stringify(one)), 7)
        expect(hashed.take()).toEqual(read.take())
      }),
      { numRuns: 3000 },
    )
  })

  it('is another one for a key with any other character, more or less', () => {
    const keys = [
      '',
      'a',
      'aa',
      'aaa',
      'aaaa',
      'aaaaa',
      'b',
      'ab',
      'ba',
      'é',
      'éa',
      'aaaaé',
      '\0',
      'a\0',
      'aaaa\0',
      '\\',
      '\ud800',
      '\ud801',
      '\ufffd',
      '"',
    ]
    expect(new Set(keys.map((one) => hashOf(one).join(' '))).size).toBe(keys.length)
  })

  it.each([
    ['numbers in a row', (at: number) => `event-${at}`],
    ['digits of four', (at: number) => String(at).padStart(8, '0')],
    ['hexadecimal digits', (at: number) => `e-${Math.imul(at, 0x9e3779b1).toString(16)}`],
    ['two numbers', (at: number) => `${at % 500}:${Math.floor(at / 500)}`],
    [
      'identifiers with little that differs',
      (at: number) => `5f1d7e3a-0000-4000-8000-${at.toString(16).padStart(12, '0')}`,
    ],
    ['letters beyond ASCII', (at: number) => `é${at}`],
  ])('tells %s apart as chance would, in each word of it', (_, keyAt) => {
    const count = 200_000
    const words = Array.from({ length: HASH_WORDS }, () => new Set<number>())
    for (let at = 0; at < count; at++) hashOf(keyAt(at)).forEach((word, place) => words[place]?.add(word))
    // Of so many, chance makes 4.7 meet another one in 32 bits; more than 20 do once in many millions of tries.
    for (const word of words) expect(count - word.size).toBeLessThan(20)
  })
})
