import { DOUBT, type Reading } from './clean-scan.ts'

/** A string without escapes: two of them are the same when their bytes are. */
export function plainString({ bytes }: Reading, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  const at = afterPlain(bytes, start + 1)
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** Python escapes whatever is not ASCII, unless it is told not to. */
export function anyString({ bytes }: Reading, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  let at = afterPlain(bytes, start + 1)
  while (bytes[at] === BACKSLASH) {
    const end = afterEscape(bytes, at + 1)
    if (end === DOUBT) return DOUBT
    at = afterPlain(bytes, end)
  }
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** What a string says that was found between these bytes. */
export function textOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start + 1, end - 1)
  return text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text
}

const QUOTE = 34
const BACKSLASH = 92
const U = 117

/** RFC 8259, section 7: what a string holds as it is. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => Number(byte >= 32 && byte !== QUOTE && byte !== BACKSLASH))
const ESCAPED: ReadonlySet<number | undefined> = new Set(Buffer.from('"\\/bfnrt'))
const HEX: ReadonlySet<number | undefined> = new Set(Buffer.from('0123456789abcdefABCDEF'))
const HEX_DIGITS = 4

function afterPlain(bytes: Uint8Array, from: number): number {
  let at = from
  while (PLAIN[bytes[at] ?? 0] === 1) at++
  return at
}

function afterEscape(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== U) return ESCAPED.has(bytes[at]) ? at + 1 : DOUBT
  for (let digit = 1; digit <= HEX_DIGITS; digit++) if (!HEX.has(bytes[at + digit])) return DOUBT
  return at + 1 + HEX_DIGITS
}
