import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '../../src/base/printable.ts'
import { cell, table } from '../../src/report/markdown.ts'

const hostile = fc
  .array(fc.oneof(fc.constantFrom(...'|\\`*_{}[]<>()#!~@&$:-+=\n\r\t 1.w'.split('')), fc.string({ unit: 'grapheme' })))
  .map((parts) => parts.join(''))

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe('text in a table', () => {
  it('leaves the table as it is, whatever the text', () => {
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        const lines = table(['x', 'y'], [[cell(a), cell(b)]]).split(/\r\n?|\n/)
        expect(lines).toHaveLength(3)
        expect(lines[2]?.match(/\|/g)).toHaveLength(3)
      }),
    )
  })

  it('opens no markup: no tag, code, link, image, emphasis, entity of its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cell(text).replace(/&#\d+;/g, '')).not.toMatch(/[\\`*_{}[\]<>#!|~@&$]/)
      }),
    )
  })

  it('reads as it was, but for white space', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const plain = printable(text).replace(/\s+/g, ' ').replace(/&/g, '&#38;')
        return decoded(cell(text)) === decoded(plain)
      }),
    )
  })

  it.each(['https://evil.example', 'www.evil.example', 'javascript:alert(1)//', '[x](http://y)', '<a href=x>'])(
    'makes no link of %s',
    (text) => expect(cell(text).replace(/&#\d+;/g, '·')).not.toMatch(/:\/\/|www\.|\[|</),
  )
})
