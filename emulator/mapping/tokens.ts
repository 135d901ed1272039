import { MappingFault } from './fault.ts'

export type Token = {
  readonly kind: 'name' | 'wrapped' | 'text' | 'number' | 'sign' | 'end'
  /** A string without its quotes, a wrapped path without its braces, a name with its dots unescaped. */
  readonly text: string
  /** Offset in the expression. */
  readonly at: number
}

const SPACE = /\s*/y
const KINDS: readonly (readonly [kind: Token['kind'], pattern: RegExp])[] = [
  ['wrapped', /\$\{((?:\\.|[^\\{}])+)\}/y],
  ['name', /([\p{L}$_](?:\\\.|[\p{L}\p{N}$_])*)/uy],
  ['number', /((?:0|[1-9]\d*)(?:\.\d+)?)(?![\p{L}\p{N}$_.])/uy],
  ['text', /"((?:\\.|[^"\\\r\n])*)"|'((?:\\.|[^'\\\r\n])*)'/y],
  ['sign', /(==|!=|<=|>=|&&|\|\||=~|!~|=\^|=\$|!\^|!\$|\?\?|\?:|\?\.|\.\.|->|[-+*<>!?:(),.[\]/%&|^~=;{}])/y],
]

/** Operators of the language whose behavior is undocumented or complex. */
const REFUSED = new Set('=~ !~ =^ =$ !^ !$ ?? ?: ?. .. -> / % & | ^ ~ = ; { }'.split(' '))

/** The tokens of an expression ("Data Prep functions", field names and reserved words). Throws a {@link MappingFault}. */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = []
  let at = endOf(SPACE, expression, 0)
  while (at < expression.length) {
    const token = tokenAt(expression, at)
    tokens.push(token.read)
    at = endOf(SPACE, expression, token.end)
  }
  return [...tokens, { kind: 'end', text: 'the end', at }]
}

function tokenAt(expression: string, at: number): { readonly read: Token; readonly end: number } {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at
    const [whole, one, other] = pattern.exec(expression) ?? []
    if (whole === undefined) continue
    const text = plain(kind, one ?? other ?? '', at)
    if (kind === 'sign' && REFUSED.has(text)) throw faultAt(`The emulator reads no "${text}"`, at)
    return { read: { kind, text, at }, end: at + whole.length }
  }
  throw faultAt(`The emulator reads no "${expression.slice(at, at + 10)}"`, at)
}

function plain(kind: Token['kind'], text: string, at: number): string {
  if (kind === 'name') return text.replaceAll('\\.', '.')
  return kind === 'text' ? unescaped(text, at) : text
}

/** Supports only the escapes on which all releases of the language agree: a backslash before a backslash or a quote. */
function unescaped(text: string, at: number): string {
  return text.replace(/\\(.)/gs, (whole, escaped: string) => {
    if (!['\\', '"', "'"].includes(escaped)) throw faultAt(`The emulator reads no "${whole}" in a text`, at)
    return escaped
  })
}

export function faultAt(reason: string, at: number): MappingFault {
  return new MappingFault(`${reason} (character ${at + 1})`)
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return at + (pattern.exec(text)?.[0].length ?? 0)
}
