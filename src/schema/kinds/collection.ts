import { COMMA, COLON, OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE } from '../../lib/text.ts'
import { DOUBT, type Scan, afterSpaces, scanPlainString } from '../scan.ts'
import { type Check, reportNull } from '../walk.ts'
import { isPlainObject } from '../json.ts'

export function arrayCheck(checkItem: Check): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) {
      walk.reportMismatch(value, 'an array')
      return
    }
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at]
      walk.enter(at)
      if (item === null) reportNull(walk)
      else checkItem(item, walk)
      walk.leave()
    }
  }
}

/** Absent where every item is checked. */
export function arrayScan(scanItem: Scan | undefined): Scan | undefined {
  return scanItem === undefined ? undefined : scanBetween(BRACKETS, scanItem)
}

export function mapCheck(checkValue: Check): Check {
  return (value, walk) => {
    if (!isPlainObject(value)) {
      walk.reportMismatch(value, 'an object that maps keys to values')
      return
    }
    let position = 0
    for (const key in value) {
      walk.members++
      const inner = value[key]
      walk.enterKey(key, ++position)
      if (key === '')
        walk.report('map-key', { expected: 'a key with at least one character', received: 'an empty key' })
      if (inner === null) reportNull(walk)
      else checkValue(inner, walk)
      walk.leave()
    }
  }
}

/** A map of a few entries: their keys are compared with one another. Absent where every value is checked. */
export function mapScan(scanValue: Scan | undefined): Scan | undefined {
  if (scanValue === undefined) return undefined
  const keys = new MapKeys()
  const scanEntries = scanBetween(BRACES, (state, start) => {
    const { bytes } = state
    const colon = scanPlainString(state, start)
    if (colon === DOUBT || bytes[colon] !== COLON || !keys.add(bytes, start, colon)) return DOUBT
    return scanValue(state, afterSpaces(bytes, colon + 1))
  })
  return (state, start) => {
    keys.clear()
    return scanEntries(state, start)
  }
}

type Brackets = { readonly open: number; readonly close: number }

const BRACKETS: Brackets = { open: OPEN_BRACKET, close: CLOSE_BRACKET }
const BRACES: Brackets = { open: OPEN_BRACE, close: CLOSE_BRACE }

/** As many items as there are, with a comma between them. */
function scanBetween({ open, close }: Brackets, scanItem: Scan): Scan {
  return (state, start) => {
    const { bytes } = state
    if (bytes[start] !== open) return DOUBT
    let at = afterSpaces(bytes, start + 1)
    if (bytes[at] === close) return at + 1
    for (;;) {
      const end = scanItem(state, at)
      if (end === DOUBT) return DOUBT
      at = afterSpaces(bytes, end)
      if (bytes[at] === close) return at + 1
      if (bytes[at] !== COMMA) return DOUBT
      at = afterSpaces(bytes, at + 1)
    }
  }
}

const MOST_KEYS = 16

/** Between its quotes. */
const EMPTY_KEY_LENGTH = 2

/** The keys of one map. A map never holds itself, so that one list does for all maps of a field. */
class MapKeys {
  readonly #starts = new Int32Array(MOST_KEYS)
  #count = 0

  clear(): void {
    this.#count = 0
  }

  /** False for an empty key, one that is there already, and one too many. */
  add(bytes: Buffer, start: number, end: number): boolean {
    if (this.#count === MOST_KEYS || end - start === EMPTY_KEY_LENGTH) return false
    for (let index = 0; index < this.#count; index++) {
      if (isRepeated(bytes, start, { end, before: this.#starts[index] ?? 0 })) return false
    }
    this.#starts[this.#count++] = start
    return true
  }
}

/** The quotes belong to the keys, so that none is the beginning of another. */
function isRepeated(bytes: Buffer, start: number, { end, before }: { end: number; before: number }): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== bytes[before + at - start]) return false
  }
  return true
}
