import { PlacedFault } from '../fault.ts'
import { unescapeName } from '../path.ts'
import { type Value, decimalOf, wholeOf } from '../value.ts'

/** `name`: a bare word, which may be reserved. `wrapped`: the text inside `${…}`. */
export type Token =
  | {
      readonly kind: 'literal'
      readonly value: Value
      readonly text: string
      /** The first escape in a string for a control character. */
      readonly escape?: string | undefined
      readonly at: number
    }
  | { readonly kind: 'name' | 'wrapped' | 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number }

/** Longer signs come before their own prefixes. */
const SIGNS = (
  '&& || ?? ?: ?. == != =~ !~ =^ !^ =$ !$ <= >= -> => .. += -= *= /= %= &= |= ^= ' +
  '( ) [ ] { } , . : ? ; + - * / % < > & | ^ ~ ! = ` # @'
).split(' ')

const SPACES = /(?:\s+|\/\/[^\r\n]*|##[^\r\n]*|\/\*[\s\S]*?\*\/)+/y
const NAME = /[\p{L}$_](?:[\p{L}\p{Nd}$_]|\\\.)*/uy
const NUMBER = /0[xX][0-9a-fA-F]+[lLhH]?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[lLhHfFdDbB]?/y

/** All tokens of an expression; the last one is its end. @throws PlacedFault */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (let at = afterSpaces(text, 0); at < text.length;) {
    const token = tokenAt(text, at, tokens.at(-1))
    tokens.push(token)
    at = afterSpaces(text, at + token.text.length)
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

function afterSpaces(text: string, at: number): number {
  return at + (matchAt(SPACES, text, at)?.length ?? 0)
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at
  return expression.exec(text)?.[0]
}

function tokenAt(text: string, at: number, last: Token | undefined): Token {
  const first = text[at] ?? ''
  if (first === '"' || first === "'") return stringAt(text, at)
  if (text.startsWith('${', at)) return wrappedAt(text, at)
  if (/\d/.test(first)) return numberAt(text, at)
  const name = matchAt(NAME, text, at)
  if (name !== undefined) return { kind: 'name', text: name, at }
  return signAt(text, at, last)
}

/** `!` and `=` form one sign with a following `$`, `^` or `~` only where an operator is expected: `!$paid` negates a name. */
function signAt(text: string, at: number, last: Token | undefined): Token {
  const followsOperand = last !== undefined && (last.kind !== 'sign' || /^[)\]}]$/.test(last.text))
  const isNegation = text[at] === '!' && !followsOperand
  const isAssignment = text.startsWith('=${', at)
  const sign = isNegation || isAssignment ? text[at] : SIGNS.find((one) => text.startsWith(one, at))
  if (sign === undefined) {
    if (text.startsWith('/*', at)) throw new PlacedFault('syntax', at, 'the comment is not closed by "*/"')
    throw new PlacedFault('syntax', at, `unexpected ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}`)
  }
  return { kind: 'sign', text: sign, at }
}

function wrappedAt(text: string, at: number): Token {
  const end = text.indexOf('}', at)
  if (end === -1) throw new PlacedFault('syntax', at, '"${" is not closed by "}"')
  return { kind: 'wrapped', text: text.slice(at, end + 1), at }
}

/** Resolves the escapes of JEXL. Any other escape keeps its backslash, so that `"\d+"` is a regular expression. */
function stringAt(text: string, at: number): Token {
  const quote = text[at] ?? ''
  let end = at + 1
  while (end < text.length && text[end] !== quote && !isLineEnd(text[end])) end += text[end] === '\\' ? 2 : 1
  if (text[end] !== quote) throw new PlacedFault('syntax', at, 'the string is not closed')
  const inner = text.slice(at + 1, end)
  const value = inner.replace(ESCAPE, (escape, sign: string) => unescapeSign(escape, sign, quote))
  const escape = inner.match(ESCAPE)?.find((one) => /^\\[ntrbf]$/.test(one))
  return { kind: 'literal', value, text: text.slice(at, end + 1), escape, at }
}

const ESCAPE = /\\(u[0-9a-fA-F]{4}|[\s\S])/g

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['\\', '\\'],
])

function unescapeSign(escape: string, sign: string, quote: string): string {
  if (sign.length > 1) return String.fromCharCode(parseInt(sign.slice(1), 16))
  return sign === quote ? quote : (CONTROLS.get(sign) ?? escape)
}

function isLineEnd(sign: string | undefined): boolean {
  return sign === '\n' || sign === '\r'
}

function numberAt(text: string, at: number): Token {
  const number = matchAt(NUMBER, text, at) ?? ''
  const next = matchAt(NAME, text, at + number.length)
  if (next !== undefined)
    throw new PlacedFault('syntax', at, `a name cannot begin with a digit: write \${${number}${next}}`)
  return { kind: 'literal', value: numberValue(number, at), text: number, at }
}

function numberValue(text: string, at: number): Value {
  if (/^0x/i.test(text)) return wholeOf(BigInt(text.replace(/[lh]$/i, '')))
  const digits = text.replace(/[lhfdb]$/i, '')
  if (/[.eE]/.test(digits) || /[fdb]$/i.test(text)) return decimalOf(Number(digits))
  if (!/^0\d/.test(digits)) return wholeOf(BigInt(digits))
  if (/[89]/.test(digits))
    throw new PlacedFault('syntax', at, 'a number that begins with 0 is octal, and has no 8 or 9')
  return wholeOf(BigInt(`0o${digits.slice(1)}`))
}

/** A bare name, in which `\.` stands for a dot. */
export function nameText(token: Token): string {
  return unescapeName(token.text)
}
