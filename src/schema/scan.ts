import { SPACE, QUOTE, ZERO, NINE, BACKSLASH } from '../lib/text.ts'
import { Walk } from './walk.ts'

/**
 * Reads the bytes of one value from `start`, and returns where it ends; {@link DOUBT} unless it is surely JSON, and such
 * that the check of its field reports nothing. It never comes past a line feed, which stands behind every record: no token
 * that it takes holds one.
 */
export type Scan = (state: ScanState, start: number) => number

/** What is not surely in order is read and checked the ordinary way, which alone reports what is wrong. */
export const DOUBT = -1

/** Where a scan reads, and what it comes by. One for all records: one in order allocates nothing. */
export type ScanState = {
  /** Valid UTF-8: characters beyond ASCII pass without being looked at. */
  bytes: Buffer
  /** How many objects were begun: what tells the names of one from those of the one before. */
  objects: number
  /** Where the `_id` of the record stands, whatever it is; 0 and 0 for none. */
  idStart: number
  idEnd: number
  hasIdentity: boolean
  readonly probe: Probe
}

/** Asks the check of a field itself about a value, for rules that bytes alone don't answer. */
export class Probe {
  readonly #walk = new Walk(false)
  #isInOrder = true

  accepts<Value>(check: (value: Value, walk: Walk) => void, value: Value): boolean {
    this.#isInOrder = true
    this.#walk.begin(this.#doubt)
    check(value, this.#walk)
    return this.#isInOrder
  }

  readonly #doubt = (): void => {
    this.#isInOrder = false
  }
}

/** What most programs put between tokens, if anything. */
export function afterSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === SPACE) at++
  return at
}

export function standsAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index++) {
    if (bytes[at + index] !== wanted[index]) return false
  }
  return true
}

/** A string between its quotes; absent where JSON has to escape it, or UTF-8 can't hold it. */
export function quotedBytes(string: string): Uint8Array | undefined {
  const quoted = JSON.stringify(string)
  return quoted === `"${string}"` ? Buffer.from(quoted) : undefined
}

/** A string without escapes: two of them are the same when their bytes are. */
export function scanPlainString({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  const at = afterPlain(bytes, start + 1)
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** Python escapes whatever is not ASCII, unless it is told not to. */
export function scanAnyString({ bytes }: ScanState, start: number): number {
  if (bytes[start] !== QUOTE) return DOUBT
  let at = afterPlain(bytes, start + 1)
  while (bytes[at] === BACKSLASH) {
    const end = afterEscape(bytes, at + 1)
    if (end === DOUBT) return DOUBT
    at = afterPlain(bytes, end)
  }
  return bytes[at] === QUOTE ? at + 1 : DOUBT
}

/** The value of a string that was found between these bytes. */
export function stringAt(bytes: Buffer, start: number, end: number): string {
  const inner = bytes.toString('utf8', start + 1, end - 1)
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner
}

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

export function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at++
  return at
}
