import { TOKEN, Token } from './json-grammar.ts'

/** Says by its first byte what stands in a JSON text, by kind alone: the values of a file are nobody's to print. */
export function found(byte: number): string {
  if (byte === 0x0a || byte === 0x0d) return 'a line break'
  if (byte === 0x09) return 'a tab'
  if (byte < 0x20 || byte === 0x7f) return 'a control character'
  return WORDS.get(TOKEN[byte] ?? Token.alien) ?? 'text without quotes'
}

const WORDS: ReadonlyMap<number, string> = new Map([
  [Token.string, 'text'],
  [Token.scalar, 'a number, true, false or null'],
  [Token.openObject, 'an object'],
  [Token.openArray, 'an array'],
  [Token.closeObject, '"}"'],
  [Token.closeArray, '"]"'],
  [Token.colon, '":"'],
  [Token.comma, '","'],
])
