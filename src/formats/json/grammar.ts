import type { BytePlace } from '../record.ts'
import { Problem } from '../../lib/errors.ts'
import { CARRIAGE_RETURN, LINE_FEED, SPACE, TAB } from '../../lib/text.ts'

/** The kind of token that a byte begins. Whitespace and bytes that begin no token are kinds, too. */
export const Token = {
  alien: 0,
  blank: 1,
  string: 2,
  scalar: 3,
  openObject: 4,
  closeObject: 5,
  openArray: 6,
  closeArray: 7,
  colon: 8,
  comma: 9,
} as const

type TokenName = keyof typeof Token
type StateName = keyof typeof GRAMMAR
type StateRule = { readonly expected: string; readonly next: { readonly [token in TokenName]?: string } }

const value = (after: string) => ({ string: after, scalar: after, openObject: after, openArray: after })

/**
 * RFC 8259, except that the outermost value is an array of objects, or objects one after another. An opening bracket
 * leads to the state after the value that it opens; inside that value, `firstName` or `firstItem` comes first.
 */
const GRAMMAR = {
  refused: { expected: 'nothing', next: {} },
  start: {
    expected: 'an array or an object',
    next: { openArray: 'firstElement', openObject: 'document' },
  },
  document: { expected: 'an object or the end of the file', next: { openObject: 'document' } },
  firstElement: { expected: 'an object or "]"', next: { openObject: 'afterElement', closeArray: 'done' } },
  element: { expected: 'an object', next: { openObject: 'afterElement' } },
  afterElement: { expected: '"," or "]"', next: { comma: 'element', closeArray: 'done' } },
  done: { expected: 'the end of the file', next: {} },
  firstName: { expected: 'a name in quotes or "}"', next: { string: 'colon', closeObject: 'closed' } },
  name: { expected: 'a name in quotes', next: { string: 'colon' } },
  colon: { expected: '":"', next: { colon: 'value' } },
  value: { expected: 'a value', next: value('afterMember') },
  afterMember: { expected: '"," or "}"', next: { comma: 'name', closeObject: 'closed' } },
  firstItem: { expected: 'a value or "]"', next: { ...value('afterItem'), closeArray: 'closed' } },
  item: { expected: 'a value', next: value('afterItem') },
  afterItem: { expected: '"," or "]"', next: { comma: 'item', closeArray: 'closed' } },
  /** Never the current state: the state after a closed value was stored when the value was opened. */
  closed: { expected: 'nothing', next: {} },
} as const satisfies Record<string, StateRule>

const NAMES = Object.keys(GRAMMAR) as readonly StateName[]
const RULES: readonly StateRule[] = Object.values(GRAMMAR)

/** States are numbers, so that the inner loop only looks up bytes. */
export const State = Object.fromEntries(NAMES.map((name, at) => [name, at])) as Readonly<Record<StateName, number>>

/** `NEXT[state * 16 + token]` is the state that follows; 0 (`refused`) if the token isn't allowed there. */
export const NEXT: Uint8Array = nextStates()

/** `TOKEN[byte]` is the {@link Token} that the byte begins. */
export const TOKEN: Uint8Array = tokensOfBytes()

/**
 * `IN_SCALAR[byte]` is 1 for bytes that continue a number or a word. Wide on purpose: invalid ones are kept as they
 * are.
 */
export const IN_SCALAR: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[0-9A-Za-z+.-]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

export function expectedIn(state: number): string {
  return RULES[state]?.expected ?? ''
}

function nextStates(): Uint8Array {
  const table = new Uint8Array(NAMES.length * 16)
  for (const [at, rule] of RULES.entries()) {
    for (const [token, next] of Object.entries(rule.next)) {
      table[at * 16 + Token[token as TokenName]] = State[next as StateName]
    }
  }
  return table
}

function tokensOfBytes(): Uint8Array {
  const table = new Uint8Array(256)
  const begin = (bytes: string, token: number) => {
    for (const byte of Buffer.from(bytes)) table[byte] = token
  }
  begin(' \t\r\n', Token.blank)
  begin('-0123456789tfn', Token.scalar)
  begin('"', Token.string)
  begin('{', Token.openObject)
  begin('}', Token.closeObject)
  begin('[', Token.openArray)
  begin(']', Token.closeArray)
  begin(':', Token.colon)
  begin(',', Token.comma)
  return table
}

/** Describes what begins with this byte in a JSON text, by kind only: values of a file must not be printed. */
export function describeToken(byte: number): string {
  if (byte === LINE_FEED || byte === CARRIAGE_RETURN) return 'a line break'
  if (byte === TAB) return 'a tab'
  if (byte < SPACE || byte === 0x7f) return 'a control character'
  return WORDS.get(TOKEN[byte] ?? Token.alien) ?? 'a string without quotes'
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [Token.string, 'a string'],
  [Token.scalar, 'a number, true, false or null'],
  [Token.openObject, 'an object'],
  [Token.openArray, 'an array'],
  [Token.closeObject, '"}"'],
  [Token.closeArray, '"]"'],
  [Token.colon, '":"'],
  [Token.comma, '","'],
])

/** JSON that is incomplete or wrong at `place`. The message names kinds of tokens, never values of the file. */
export class MalformedJson extends Problem {
  override readonly name = 'MalformedJson'
  readonly place: BytePlace
  readonly expected: string
  readonly found: string

  constructor(place: BytePlace, { expected, found: received }: { readonly expected: string; readonly found: string }) {
    super(`Malformed JSON at line ${place.line}, column ${place.column}: expected ${expected}, found ${received}`, {
      remedy: 'Fix the file at that place, or write it with a JSON tool such as jq.',
    })
    this.place = place
    this.expected = expected
    this.found = received
  }
}
