import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeControls } from '../../src/lib/text.ts'
import { block, cell, code, cutToSize, table } from '../../src/report/markdown.ts'
import { hostileText } from '../support/report/hostile-text.ts'
import { expectClosed } from '../support/report/markdown-shape.ts'

/** What a reader sees of a cell. */
function decoded(text: string): string {
  const plain = text.replace(/<\/?(?:span|code)>/g, '')
  return plain.replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
}

/** What the log would show of it, in one line. */
function likened(text: string): string {
  const line = escapeControls(text).replace(/\s+/g, ' ').trim()
  return line.replace(/##(?=\[)/g, '# #').replace(/^(\s*):(?=:)/, '$1: ')
}

describe('text in a table', () => {
  it('leaves the table as it is, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (a, b) => {
        const lines = table(['x', 'y'], [[cell(a), `b${cell(b)}`]]).split(/\r\n?|\n/)
        expect(lines).toHaveLength(3)
        expect(lines[2]?.match(/\|/g)).toHaveLength(3)
      }),
    )
  })

  it('opens no markup: no tag, code, link, image, emphasis, entity of its own', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const plain = cell(text).replace(/&#\d+;|<span>(?:[@#:.-]|[0-9a-f]{1,6})<\/span>/gi, '')
        expect(plain).not.toMatch(/[\\`*_{}[\]<>#!|~@&$]/)
      }),
    )
  })

  it('reads as it was, but for white space and what would command a runner', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(decoded(cell(text))).toBe(likened(text))
      }),
    )
  })

  it('is cut where it would never end', () => {
    expect(cell('x'.repeat(5_000))).toHaveLength(1_001)
    expect(cell(`${'x'.repeat(999)}😀y`)).toBe(`${'x'.repeat(999)}…`)
  })

  it.each([
    'https://evil.example',
    'www.evil.example',
    'javascript:alert(1)//',
    '[x](http://y)',
    '<a href=x>',
    'jane@evil.example',
  ])('makes no link of %s', (text) => expect(cell(text).replace(/&#\d+;/g, '·')).not.toMatch(/:\/\/|www\.|\[|<a|\w@\w/))

  it.each([
    '@octocat',
    '#1',
    'acme/data#7',
    'GH-12',
    'acme/data@0a1b2c3d',
    '0a1b2c3d',
    'f'.repeat(40),
    '1234567',
    ':tada:',
  ])('leaves GitHub no piece of %s that it would make a reference of', (text) => {
    // GitHub reads entities first, and looks at the text between two tags.
    const pieces = cell(text).replace(/&#(\d+);/g, (_, number: string) => String.fromCharCode(Number(number)))
    for (const piece of pieces.split(/<\/?span>/)) {
      expect(piece).not.toMatch(/[@#]\w|gh-\d|\b[0-9a-f]{7,40}\b|:\w+:/i)
    }
    expect(pieces.replace(/<\/?span>/g, '')).toBe(text)
  })
})

describe('text in the type of code', () => {
  it('reads as it was, and ends where it ends', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [, inside] = /^`([^`|]*)`$/.exec(code(text)) ?? []
        if (likened(text) === '') expect(code(text)).toBe('')
        else if (inside === undefined) expect(decoded(code(text))).toBe(likened(text))
        else expect(inside).toBe(likened(text))
      }),
    )
  })
})

describe('a table', () => {
  it('leaves out what nobody knows, and has numbers to the right', () => {
    const rows = [
      ['a', '?', '1', ''],
      ['b', '?', '?', ''],
    ]
    expect(table(['Name', 'Unknown:', 'Rows:', 'Empty'], rows)).toBe(
      ['| Name | Rows |', '| --- | ---: |', '| a | 1 |', '| b | ? |'].join('\n'),
    )
  })
})

describe('a block', () => {
  it('ends at its own fence, whatever it holds', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const [first = '', ...lines] = block(text).split('\n')
        const fence = first.replace(/text$/, '')
        expect(lines.findIndex((line) => line.trim().startsWith(fence))).toBe(lines.length - 1)
      }),
    )
  })
})

describe('a cut', () => {
  const whole = [
    '### x',
    '',
    '```text',
    'é'.repeat(40),
    '```',
    '',
    '<details><summary>y</summary>',
    '',
    '````yaml',
    '```',
    'z',
    '````',
    '',
    '</details>',
    '',
  ]

  it('closes what it would leave open, wherever it falls', () => {
    for (let bytes = 1_010; bytes < 1_240; bytes++) {
      const text = cutToSize(whole.join('\n'), bytes)
      expectClosed(text)
      expect(text).toMatch(/\n… truncated: .*\n$/)
      expect(text).not.toContain('\ufffd')
    }
  })
})
