import { BACKSLASH, QUOTE } from '../../lib/text.ts'
import { DOUBT, type ScanState } from '../scan.ts'
import { ESCAPED as ESCAPED_BYTES } from './plain-code.ts'
import { PLAIN } from './vector.ts'

/** A string without escapes: two such strings are equal if and only if their bytes are. */
export function scanPlainString(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  const at = afterPlain(state, start + 1)
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** A string that may have escapes. Python escapes all characters beyond ASCII by default. */
export function scanString(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  const at = afterPlain(state, start + 1)
  return bytes[at] === QUOTE ? at + 1 : afterEscapes(state, at)
}

/** The end of a string, from its first byte on that is not plain. */
export function afterEscapes(state: ScanState, from: number): number {
  const { bytes } = state
  const far = from + MOST_SHORT_BYTES
  let at = from
  while (bytes[at] === BACKSLASH) {
    at = afterEscape(bytes, at + 1)
    if (at === DOUBT) return DOUBT
    // The next escape may follow directly.
    if (bytes[at] !== BACKSLASH) at = at < far ? afterPlain(state, at) : state.window.afterSimpleEscapes(at)
  }
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** A string with its quotes; undefined if JSON must escape it, or UTF-8 can't encode it. */
export function quotedBytes(string: string): Buffer | undefined {
  const quoted = JSON.stringify(string)
  return quoted === `"${string}"` ? Buffer.from(quoted) : undefined
}

/** The value of the string between these positions. */
export function stringAt(bytes: Buffer, start: number, end: number): string {
  const inner = bytes.toString('utf8', start + 1, end - 1)
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner
}

const U = 117

const ESCAPED = tableOf(ESCAPED_BYTES)
const HEX = tableOf('0123456789abcdefABCDEF')

function tableOf(bytes: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of Buffer.from(bytes)) table[byte] = 1
  return table
}

/** Many names and values end before reading more bytes at once pays off. */
const MOST_SHORT_BYTES = 16

/** The first byte from `from` on that is a quote, a backslash or a control character. */
export function afterPlain(state: ScanState, from: number): number {
  const { bytes } = state
  let at = from
  for (const end = from + MOST_SHORT_BYTES; at < end; at++) if (PLAIN[bytes[at] ?? 0] === 0) return at
  return afterLongPlain(state, at)
}

/** Most strings end before a search of the window pays off. */
const MOST_LONG_BYTES = 32

/** Eight bytes at a time: "Determine if a word has a byte less than n" (Bit Twiddling Hacks). */
function afterLongPlain(state: ScanState, from: number): number {
  const { bytes, view } = state
  let at = from
  const end = Math.min(from + MOST_LONG_BYTES, bytes.length)
  for (const last = end - 8; at <= last; at += 8) {
    const low = special(view.getInt32(at, true)) & 0x80808080
    const high = special(view.getInt32(at + 4, true)) & 0x80808080
    if ((low | high) !== 0) return low === 0 ? at + 4 + lowestByte(high) : at + lowestByte(low)
  }
  for (; at < end; at++) if (PLAIN[bytes[at] ?? 0] === 0) return at
  return end === bytes.length ? end : state.window.afterPlain(end)
}

/** Which byte of a word has its lowest bit that is set. */
function lowestByte(bits: number): number {
  return (31 - Math.clz32(bits & -bits)) >> 3
}

/**
 * Sets the highest bit of each byte that is a quote, a backslash or a control character, and perhaps of bytes after it.
 */
function special(word: number): number {
  const quotes = (word ^ 0x22222222) - 0x01010101
  const slashes = (word ^ 0x5c5c5c5c) - 0x01010101
  return ((word - 0x20202020) | quotes | slashes) & ~word
}

function afterEscape(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0
  if (byte !== U) return ESCAPED[byte] === 1 ? at + 1 : DOUBT
  const digits =
    (HEX[bytes[at + 1] ?? 0] ?? 0) &
    (HEX[bytes[at + 2] ?? 0] ?? 0) &
    (HEX[bytes[at + 3] ?? 0] ?? 0) &
    (HEX[bytes[at + 4] ?? 0] ?? 0)
  return digits === 1 ? at + 5 : DOUBT
}
