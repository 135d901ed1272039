import { CLOSE_BRACE, CLOSE_BRACKET, COLON, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../../lib/text.ts'
import {
  DOUBT,
  type NotedWarning,
  type Pass,
  type Scan,
  type ScanState,
  afterSpaces,
  noteNull,
  scanBoolean,
  scanNull,
} from '../scan.ts'
import { isMixed, spellingOf } from './keys.ts'
import type { KnownKeys } from './known-keys.ts'
import { afterIntegers, scanNumber } from './number.ts'
import { scanPlainString, scanString } from './string.ts'

/** The first letter of `null`. */
const N = 0x6e

/** Deeper than any data in use. */
const DEEPEST = 100

/** Any value in which no object has a duplicate key. */
export function scanJson(state: ScanState, start: number): number {
  switch (state.bytes[start]) {
    case QUOTE:
      return scanString(state, start)
    case OPEN_BRACE:
      return scanDeeper(state, start, scanObject)
    case OPEN_BRACKET:
      return scanDeeper(state, start, scanItems)
    default:
      return scanOther(state, start)
  }
}

function scanDeeper(state: ScanState, start: number, scan: Scan): number {
  if (++state.depth > DEEPEST) return DOUBT
  const end = scan(state, start)
  state.depth--
  return end
}

function scanObject(state: ScanState, start: number): number {
  return scanEntries(state, start, ANYTHING)
}

function scanItems(state: ScanState, start: number): number {
  return scanArray(state, start, ANYTHING)
}

/** A number or a word. */
function scanOther(state: ScanState, start: number): number {
  const end = scanNumber(state, start)
  if (end !== DOUBT) return end
  const word = scanBoolean(state, start)
  return word === DOUBT ? scanNull(state, start) : word
}

/** How the items of an array or the values of a map are scanned, and the note for a null among them. */
export type ScannedItems = {
  readonly scan: Scan
  readonly ofNull: NotedWarning | undefined
  /** Only for arrays: passes items that begin with a quote. */
  readonly pass?: Pass | undefined
  /** Whether items may be anything. */
  readonly areOpen?: boolean
  /** Only for maps. */
  readonly known?: KnownKeys | undefined
}

const ANYTHING: ScannedItems = { scan: scanJson, ofNull: undefined, pass: passTexts, areOpen: true }

/** Strings, unless they have an escape with `\u`. */
export function passTexts({ window }: ScanState, start: number): number {
  return window.afterTexts(start)
}

/** Any number of items, separated by commas. */
export function scanArray(
  state: ScanState,
  start: number,
  { scan, ofNull, pass, areOpen = false }: ScannedItems,
): number {
  const { bytes } = state
  if (bytes[start] !== OPEN_BRACKET) return DOUBT
  let at = afterSpaces(bytes, start + 1)
  if (bytes[at] === CLOSE_BRACKET) return at + 1
  for (;;) {
    if (pass !== undefined && bytes[at] === QUOTE) at = afterSpaces(bytes, pass(state, at))
    else if (areOpen) at = afterSpaces(bytes, afterIntegers(bytes, at))
    const end = bytes[at] === N && ofNull !== undefined ? noteNull(state, at, ofNull) : scan(state, at)
    if (end === DOUBT) return DOUBT
    at = afterSpaces(bytes, end)
    if (bytes[at] === CLOSE_BRACKET) return at + 1
    if (bytes[at] !== COMMA) return DOUBT
    at = afterSpaces(bytes, at + 1)
  }
}

/**
 * An object with any keys, each once. `scan` takes the value of a key, whose position is in `keyStart` and `keyEnd` of
 * the state.
 */
export function scanEntries(state: ScanState, start: number, { scan, ofNull, known }: ScannedItems): number {
  const { bytes } = state
  if (bytes[start] !== OPEN_BRACE) return DOUBT
  const keys = { object: ++state.objects, spelling: 0, known }
  known?.begin()
  let at = afterSpaces(bytes, start + 1)
  if (bytes[at] === CLOSE_BRACE) return at + 1
  for (;;) {
    const end = afterKey(state, at, keys)
    if (end === DOUBT) return DOUBT
    state.keyStart = at
    state.keyEnd = end
    const colon = afterSpaces(bytes, end)
    if (bytes[colon] !== COLON) return DOUBT
    const valueAt = afterSpaces(bytes, colon + 1)
    const isNoted = bytes[valueAt] === N && ofNull !== undefined
    const valueEnd = isNoted ? noteNull(state, valueAt, ofNull) : scan(state, valueAt)
    if (valueEnd === DOUBT) return DOUBT
    at = afterSpaces(bytes, valueEnd)
    if (bytes[at] === CLOSE_BRACE) return at + 1
    if (bytes[at] !== COMMA) return DOUBT
    at = afterSpaces(bytes, at + 1)
  }
}

type ObjectKeys = { readonly object: number; spelling: number; readonly known: KnownKeys | undefined }

/** The end of a key that the object does not have yet, unless it may be one that it has in another spelling. */
function afterKey(state: ScanState, at: number, keys: ObjectKeys): number {
  const { object, known } = keys
  const key = known?.find(state, at)
  if (key === undefined) return afterUnknownKey(state, at, keys)
  const { meaning } = key
  if (meaning.lastObject === object) return DOUBT
  meaning.lastObject = object
  keys.spelling |= meaning.spelling
  return isMixed(keys.spelling) ? DOUBT : at + key.length
}

function afterUnknownKey(state: ScanState, at: number, keys: ObjectKeys): number {
  const { object, known } = keys
  let end = scanPlainString(state, at)
  if (end === DOUBT) end = scanString(state, at)
  if (end === DOUBT) return DOUBT
  const spelling = spellingOf(state.bytes, at, end)
  keys.spelling |= spelling
  if (isMixed(keys.spelling)) return DOUBT
  if (known?.learn(state, at, end, { spelling, lastObject: object })) return end
  return state.keys.add(object, at, end) ? end : DOUBT
}
