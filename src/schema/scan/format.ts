import { BACKSLASH, CLOSE_BRACE, COLON, MINUS, OPEN_BRACE, POINT, QUOTE, ZERO } from '../../lib/text.ts'
import { DOUBT, WORD_LENGTH, type Scan, type ScanState, wordAt } from '../scan.ts'
import { ZEROS, leadingDigits } from './number.ts'
import { scanPlainString } from './string.ts'
import { IN_URI as URI_CHARACTER } from './uri-code.ts'

/** By format: recognises strings that are certain to have it. Other strings may have it, too. */
export const FORMAT_SCANS: Readonly<Record<string, Scan>> = {
  email: scanEmail,
  hostname: scanHostname,
  ipv4: scanIPv4,
  ipv6: scanIPv6,
  uri: scanUri,
  url: scanUri,
  'uri-reference': scanUriReference,
  'uri-template': scanTemplate,
  'url-template': scanTemplate,
  'json-pointer': scanPointer,
}

/** Sets of bytes, each a bit of {@link SETS}. */
const [IN_EMAIL, IN_URI, IN_LABEL, IN_SCHEME, LETTER, HEX] = [1, 2, 4, 8, 16, 32]

/** UTF-8 of characters that are whitespace or control characters begins with these bytes. */
const MAY_BEGIN_SPACE = [0xc2, 0xe1, 0xe2, 0xe3, 0xef]

/** The sets that a byte is in. */
const SETS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 128) return MAY_BEGIN_SPACE.includes(byte) ? 0 : IN_EMAIL | IN_URI
  const character = String.fromCharCode(byte)
  const when = (set: number, pattern: RegExp) => (pattern.test(character) ? set : 0)
  return (
    // Before and after the only `@`.
    when(IN_EMAIL, /[!#-?A-[\]-~]/) |
    when(IN_URI, URI_CHARACTER) |
    when(IN_LABEL, /[A-Za-z0-9-]/) |
    when(IN_SCHEME, /[A-Za-z0-9+.-]/) |
    when(LETTER, /[A-Za-z]/) |
    when(HEX, /[0-9A-Fa-f]/)
  )
})

/** The sets that two bytes are in; the first byte is the lower one. */
const PAIR_SETS = new Uint8Array(0x10000)
for (const [second, sets] of SETS.entries())
  PAIR_SETS.set(
    SETS.map((first) => first & sets),
    second << 8,
  )

/** The first byte from `from` on that is not in the set, after few bytes. */
function after(set: number, { bytes }: ScanState, from: number): number {
  let at = from
  while (((SETS[bytes[at] ?? 0] ?? 0) & set) !== 0) at++
  return at
}

/** The same after many bytes, two at once. Looks at no byte after the four at `last`. */
function afterMany(set: number, { bytes, view }: ScanState, from: number, last: number): number {
  let at = from
  for (; at <= last; at += WORD_LENGTH) {
    const word = view.getInt32(at, true)
    if (((PAIR_SETS[word & 0xffff] ?? 0) & set) === 0) break
    if (((PAIR_SETS[word >>> 16] ?? 0) & set) === 0) {
      at += 2
      break
    }
  }
  return ((SETS[bytes[at] ?? 0] ?? 0) & set) === 0 ? at : at + 1
}

const AT = 0x40

function scanEmail(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  const name = afterMany(IN_EMAIL, state, start + 1, state.lastWord)
  if (name === start + 1 || bytes[name] !== AT) return DOUBT
  const end = afterMany(IN_EMAIL, state, name + 1, state.lastWord)
  return end > name + 1 && bytes[end] === QUOTE ? end + 1 : DOUBT
}

const LONGEST_HOSTNAME = 253
const LONGEST_LABEL = 63

function scanHostname(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  for (let first = start + 1; ;) {
    const end = afterMany(IN_LABEL, state, first, state.lastWord)
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
  return isIn(LETTER, bytes[start]) ? after(IN_SCHEME, state, start + 1) : DOUBT
}

function scanUriReference(state: ScanState, start: number): number {
  return state.bytes[start] === QUOTE ? afterUri(state, start + 1) : DOUBT
}

function scanTemplate(state: ScanState, start: number): number {
  return state.bytes[start] === QUOTE ? afterUri(state, start + 1, true) : DOUBT
}

/** The position after the closing quote. */
function afterUri(state: ScanState, from: number, isTemplate = false): number {
  const { bytes } = state
  for (let at = from; ;) {
    at = afterUriCharacters(state, at)
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte === PERCENT && isIn(HEX, bytes[at + 1]) && isIn(HEX, bytes[at + 2])) {
      // The bytes of a character beyond ASCII follow one another.
      do at += 3
      while (bytes[at] === PERCENT && isIn(HEX, bytes[at + 1]) && isIn(HEX, bytes[at + 2]))
    }
    // PHP escapes every slash by default.
    else if (byte === BACKSLASH && bytes[at + 1] === SLASH) at += 2
    else if (byte === OPEN_BRACE && isTemplate) {
      const end = after(IN_URI, state, at + 1)
      if (end === at + 1 || bytes[end] !== CLOSE_BRACE) return DOUBT
      at = end + 1
    } else return DOUBT
  }
}

/** Most addresses end before a search of the window pays off. */
const MOST_SHORT_BYTES = 48

function afterUriCharacters(state: ScanState, from: number): number {
  const { window, lastWord } = state
  const end = from + MOST_SHORT_BYTES
  if (end > lastWord) return afterMany(IN_URI, state, from, lastWord)
  const at = afterMany(IN_URI, state, from, end - WORD_LENGTH)
  return at < end ? at : afterMany(IN_URI, state, window.afterUriCharacters(end), lastWord)
}

function isIn(set: number, byte: number | undefined): boolean {
  return ((SETS[byte ?? 0] ?? 0) & set) !== 0
}

/** At most four hexadecimal digits eight times, or fewer times with `::` in one place. */
function scanIPv6(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return DOUBT
  let groups = 0
  let isShort = bytes[start + 1] === COLON && bytes[start + 2] === COLON
  for (let first = start + (isShort ? 3 : 1); ;) {
    const end = after(HEX, state, first)
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
function scanPointer(state: ScanState, start: number): number {
  const { bytes } = state
  const end = scanPlainString(state, start)
  if (end === DOUBT || (bytes[start + 1] !== SLASH && end - start > 2)) return DOUBT
  for (let at = start + 1; at < end; at++) {
    if (bytes[at] === TILDE && bytes[at + 1] !== ZERO && bytes[at + 1] !== ZERO + 1) return DOUBT
  }
  return end
}

const TILDE = 0x7e
const HTTP = Buffer.from('http').readInt32LE()
const S = 0x73
const PERCENT = 0x25
const SLASH = 0x2f
