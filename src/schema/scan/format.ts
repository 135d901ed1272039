import { BACKSLASH, COLON, MINUS, POINT, QUOTE, SLASH, TILDE, ZERO } from '../../lib/text.ts'
import { DOUBT, WORD_LENGTH, type Scan, type ScanState, wordAt } from '../scan.ts'
import { ZEROS, leadingDigits } from './number.ts'
import { IN_URI as URI_CHARACTER } from './uri-code.ts'
import { PLAIN } from './vector.ts'

/** By format: recognises strings that are certain to have it. Other strings may have it, too. */
export const FORMAT_SCANS: Readonly<Record<string, Scan>> = {
  email: scanEmail,
  hostname: scanHostname,
  ipv4: scanIPv4,
  ipv6: scanIPv6,
  uri: scanUri,
  url: scanUri,
  'uri-reference': scanUriReference,
  'json-pointer': scanPointer,
}

/** UTF-8 of characters that are whitespace or control characters begins with one of these bytes. */
const MAY_BEGIN_SPACE = [0xc2, 0xe1, 0xe2, 0xe3, 0xef]

/** The characters before and after the only `@`. */
const IN_EMAIL = andOthers(tableOf(/[!-?A-~]/, /["\\]/))

/** Without the percent sign, which two digits must follow: it is checked separately. */
const IN_URI = andOthers(tableOf(URI_CHARACTER, /[^]{2}/))
const URI_PAIRS = pairsOf(IN_URI)
const LETTER = tableOf(/[A-Za-z]/, /[^]{2}/)
const IN_LABEL = tableOf(/[A-Za-z0-9-]/, /[^]{2}/)
const IN_SCHEME = tableOf(/[A-Za-z0-9+.-]/, /[^]{2}/)
const HEX = tableOf(/[0-9A-Fa-f]/, /[^]{2}/)

function tableOf(wanted: RegExp, but: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte)
    return byte < 128 && wanted.test(character) && !but.test(character) ? 1 : 0
  })
}

/** The table, with all characters beyond ASCII but those. */
function andOthers(table: Uint8Array): Uint8Array {
  return table.map((isIn, byte) => (byte < 128 ? isIn : Number(!MAY_BEGIN_SPACE.includes(byte))))
}

/** Looks up two bytes at once; the first byte is the lower one. */
function pairsOf(table: Uint8Array): Uint8Array {
  const pairs = new Uint8Array(0x10000)
  for (const [second, isIn] of table.entries()) if (isIn === 1) pairs.set(table, second << 8)
  return pairs
}

function after(table: Uint8Array, bytes: Uint8Array, from: number): number {
  let at = from
  while (table[bytes[at] ?? 0] === 1) at++
  return at
}

const AT = 0x40

function scanEmail({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  const name = after(IN_EMAIL, bytes, start + 1)
  if (name === start + 1 || bytes[name] !== AT) return DOUBT
  const end = after(IN_EMAIL, bytes, name + 1)
  return end > name + 1 && bytes[end] === QUOTE ? end + 1 : DOUBT
}

const LONGEST_HOSTNAME = 253
const LONGEST_LABEL = 63

function scanHostname({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  for (let first = start + 1; ;) {
    const end = after(IN_LABEL, bytes, first)
    if (end === first || end - first > LONGEST_LABEL || bytes[first] === MINUS || bytes[end - 1] === MINUS) return DOUBT
    if (bytes[end] === QUOTE) return end - start - 1 <= LONGEST_HOSTNAME ? end + 1 : DOUBT
    if (bytes[end] !== POINT) return DOUBT
    first = end + 1
  }
}

/** Four numbers of at most 255, without leading zeros. */
function scanIPv4(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  let at = start + 1
  for (let left = 4; left > 0; left--) {
    const end = afterOctet(state, at)
    if (end === DOUBT || bytes[end] !== (left === 1 ? QUOTE : POINT)) return DOUBT
    at = end + 1
  }
  return at
}

/** By number of digits: the smallest number without leading zeros. */
const LEAST_NUMBERS = [Infinity, 0, 10, 100]

function afterOctet(state: ScanState, at: number): number {
  const values = wordAt(state, at) ^ ZEROS
  const digits = leadingDigits(values)
  // Makes the last digit the highest byte, whatever their number.
  const aligned = values << (8 * (WORD_LENGTH - digits))
  const number = (aligned >>> 24) + ((aligned >>> 16) & 0xff) * 10 + ((aligned >>> 8) & 0xff) * 100
  return digits < WORD_LENGTH && number >= (LEAST_NUMBERS[digits] ?? 0) && number <= 255 ? at + digits : DOUBT
}

function scanUri(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  const colon = afterScheme(state, start + 1)
  return colon !== DOUBT && bytes[colon] === COLON ? afterUri(state, colon) : DOUBT
}

/** Nearly all are `http` or `https`. */
function afterScheme(state: ScanState, start: number): number {
  const { bytes } = state
  if (wordAt(state, start) === HTTP) {
    const at = start + WORD_LENGTH
    if (bytes[at] === COLON) return at
    if (bytes[at] === S && bytes[at + 1] === COLON) return at + 1
  }
  return LETTER[bytes[start] ?? 0] === 1 ? after(IN_SCHEME, bytes, start + 1) : DOUBT
}

function scanUriReference(state: ScanState, start: number): number {
  return state.bytes[start] === QUOTE ? afterUri(state, start + 1) : DOUBT
}

/** The position after the closing quote. */
function afterUri(state: ScanState, from: number): number {
  const { bytes } = state
  for (let at = from; ;) {
    at = afterPlainUri(state, at)
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte === PERCENT && HEX[bytes[at + 1] ?? 0] === 1 && HEX[bytes[at + 2] ?? 0] === 1) at += 3
    // PHP escapes every slash by default.
    else if (byte === BACKSLASH && bytes[at + 1] === SLASH) at += 2
    else return DOUBT
  }
}

/** Most addresses end before a search of the window pays off. */
const MOST_SHORT_BYTES = 48

function afterPlainUri({ bytes, view, lastWord, window }: ScanState, from: number): number {
  let at = from
  for (let end = from + MOST_SHORT_BYTES; at <= lastWord; at += WORD_LENGTH) {
    const word = view.getInt32(at, true)
    if (URI_PAIRS[word & 0xffff] === 0) break
    if (URI_PAIRS[word >>> 16] === 0) {
      at += 2
      break
    }
    if (at >= end) {
      at = window.afterUriCharacters(at) - WORD_LENGTH
      end = bytes.length
    }
  }
  return IN_URI[bytes[at] ?? 0] === 1 ? at + 1 : at
}

/** Eight groups of at most four hexadecimal digits, or fewer with `::` in one place. */
function scanIPv6({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  let groups = 0
  let isShort = bytes[start + 1] === COLON && bytes[start + 2] === COLON
  for (let first = start + (isShort ? 3 : 1); ;) {
    const end = after(HEX, bytes, first)
    // Nothing is behind the `::` before.
    if (end === first && isShort && bytes[first - 2] === COLON && bytes[end] === QUOTE) return end + 1
    if (end === first || end - first > MOST_GROUP_DIGITS || ++groups > GROUPS) return DOUBT
    if (bytes[end] === QUOTE) return (isShort ? groups < GROUPS - 1 : groups === GROUPS) ? end + 1 : DOUBT
    if (bytes[end] !== COLON) return DOUBT
    const isGap = bytes[end + 1] === COLON
    if (isGap && isShort) return DOUBT
    isShort ||= isGap
    first = end + (isGap ? 2 : 1)
  }
}

const GROUPS = 8
const MOST_GROUP_DIGITS = 4

/** RFC 6901: begins with a slash, and has no tilde but in `~0` and `~1`. */
function scanPointer({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  let at = after(IN_POINTER, bytes, start + 1)
  for (; bytes[at] === TILDE; at = after(IN_POINTER, bytes, at + 2)) {
    if (bytes[at + 1] !== ZERO && bytes[at + 1] !== ZERO + 1) return DOUBT
  }
  return bytes[at] === QUOTE && (bytes[start + 1] === SLASH || at === start + 1) ? at + 1 : DOUBT
}

const IN_POINTER = PLAIN.map((isPlain, byte) => (byte === TILDE ? 0 : isPlain))

const HTTP = Buffer.from('http').readInt32LE()
const S = 0x73
const PERCENT = 0x25
