import { DOUBT, type Pass, type Scan, noteOf } from '../scan.ts'
import { scanArray, scanEntries } from '../scan/json.ts'
import { KnownKeys } from '../scan/known-keys.ts'
import { type Check, UNWANTED_NULL, reportNull } from '../walk.ts'
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

/** Undefined if every item must be checked. */
export function arrayScan(scan: Scan | undefined, path: string | undefined, pass?: Pass): Scan | undefined {
  if (scan === undefined) return undefined
  const items = { scan, ofNull: noteOf('null-value', path, UNWANTED_NULL), pass }
  return (state, start) => scanArray(state, start, items)
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

/** The two quotes. */
const EMPTY_KEY_LENGTH = 2

/** Undefined if every value must be checked. */
export function mapScan(scanValue: Scan | undefined, path: string | undefined): Scan | undefined {
  if (scanValue === undefined) return undefined
  const scan: Scan = (state, start) =>
    state.keyEnd - state.keyStart === EMPTY_KEY_LENGTH ? DOUBT : scanValue(state, start)
  const values = { scan, ofNull: noteOf('null-value', path, UNWANTED_NULL), known: new KnownKeys() }
  return (state, start) => scanEntries(state, start, values)
}
