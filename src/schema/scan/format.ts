import { COLON, QUOTE } from '../../lib/text.ts'
import { DOUBT, type Scan, type ScanState } from '../scan.ts'

/** Strings of ASCII that surely have a format, by its name; of others nothing is known. */
export const FORMAT_SCANS: Readonly<Record<string, Scan>> = {
  email: scanEmail,
  uri: scanUri,
  url: scanUri,
  'uri-reference': scanUriReference,
}

/** One of these stands before an `@` and behind it, and no other `@`. */
const IN_EMAIL = tableOf(/[!-?A-~]/, /["\\]/)

/** Percent signs would have to be followed by two digits. */
const IN_URI = tableOf(/[!-~]/, /["<>\\^`{|}%]/)
const LETTER = tableOf(/[A-Za-z]/, /[^]{2}/)
const IN_SCHEME = tableOf(/[A-Za-z0-9+.-]/, /[^]{2}/)

function tableOf(wanted: RegExp, but: RegExp): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    const character = String.fromCharCode(byte)
    return byte < 128 && wanted.test(character) && !but.test(character) ? 1 : 0
  })
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

function scanUri(state: ScanState, start: number): number {
  const { bytes } = state
  if (LETTER[bytes[start + 1] ?? 0] !== 1) return DOUBT
  return bytes[after(IN_SCHEME, bytes, start + 2)] === COLON ? scanUriReference(state, start) : DOUBT
}

function scanUriReference({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  const end = after(IN_URI, bytes, start + 1)
  return bytes[end] === QUOTE ? end + 1 : DOUBT
}
