import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeUntrusted } from '../../../src/lib/text.ts'
import { tookMs } from '../../support/time/took.ts'

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::',
        ':',
        '##[',
        '#',
        '[',
        ' ',
        '\t',
        '\n',
        '\r',
        '\r\n',
        '\u2028',
        '\u0085',
        '\u00a0',
        '\u001b[2K',
      ),
      fc.constantFrom('::error::', '##[command]', '::set-output name=x::', '::add-mask::', '\u202e'),
      fc.string({ unit: 'binary' }),
    ),
  )
  .map((parts) => parts.join(''))

/** As the runner reads a line of a step's log. */
function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || line.includes('##[')
}

describe('text from files, servers and data', () => {
  it('commands the runner on no line, whatever ends a line', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(
          escapeUntrusted(text)
            .split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)
            .filter(isCommand),
        ).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('shows no control character, nor one that turns the direction of writing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = escapeUntrusted(text).split('\n')
        expect(lines.join(' ')).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it('is left as it is when it is harmless', () => {
    for (const text of ['a: b', 'std::string', '# heading', '## [link]', 'C:\\x', 'größe 😀\nsecond line'])
      expect(escapeUntrusted(text)).toBe(text)
  })

  it.each([
    ['::error::x', ': :error::x'],
    ['a\n  ::debug::x', 'a\n  : :debug::x'],
    ['x ##[error]y', 'x # #[error]y'],
    ['a\u001b[31mb', 'a\\u001b[31mb'],
    ['a\r::warning::b', 'a\n: :warning::b'],
  ])('%j becomes %j', (text, safe) => expect(escapeUntrusted(text)).toBe(safe))
})

it.each(['\n', '\r', '\r\n', ' ', '\t', ' \n', '\u2028', ':', '##'])(
  'a text of %j, 150,000 times, is read once',
  async (piece) => {
    expect(await tookMs(() => escapeUntrusted(`x${piece.repeat(150_000)}y`))).toBeLessThan(3_000)
  },
)
