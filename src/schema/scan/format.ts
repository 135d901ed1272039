import { BACKSLASH, COLON, MINUS, POINT, QUOTE } from '../../lib/text.ts'
import { DOUBT, WORD_LENGTH, type Scan, type ScanState, wordAt } from '../scan.ts'
import { ZEROS, leadingDigits } from './number.ts'

/** By format: recognises ASCII strings that are certain to have it. Other strings may have it, too. */
export const FORMAT_SCANS: Readonly<Record<string, Scan>> = {
  email: scanEmail,
  hostname: scanHostname,
  ipv4: scanIPv4,
  uri: scanUri,
  url: scanUri,
  'uri-reference': scanUriReference,
}

/** The characters before and after the only `@`. */
const IN_EMAIL = tableOf(/[!-?A-~]/, /["\\]/)

/** Without the percent sign, which two digits must follow: it is checked separately. */
const IN_URI = tableOf(/[!-~]/, /["<>\\^`{|}%]/)
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

function afterPlainUri({ bytes, view, lastWord }: ScanState, from: number): number {
  let at = from
  for (; at <= lastWord; at += WORD_LENGTH) {
    const word = view.getInt32(at, true)
    if (URI_PAIRS[word & 0xffff] === 0) break
    if (URI_PAIRS[word >>> 16] === 0) {
      at += 2
      break
    }
  }
  return IN_URI[bytes[at] ?? 0] === 1 ? at + 1 : at
}

const HTTP = Buffer.from('http').readInt32LE()
const S = 0x73
const PERCENT = 0x25
const SLASH = 0x2f
