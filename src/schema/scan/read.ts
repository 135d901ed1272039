import { QUOTE } from '../../lib/text.ts'
import { DOUBT, type Scan, type ScanState, scanBoolean } from '../scan.ts'
import type { Check } from '../walk.ts'
import { numberAt, scanNumber } from './number.ts'
import { scanString, stringAt } from './string.ts'

/** Reads the one value, and asks its check: still much less than to read the record around it. Of no object, array or null. */
export function readScan(check: Check): Scan {
  return (state, start) => {
    const { bytes, probe } = state
    const isText = bytes[start] === QUOTE
    const end = isText ? scanString(state, start) : scanScalar(state, start)
    if (end === DOUBT) return DOUBT
    const value = isText ? stringAt(bytes, start, end) : scalarAt(bytes, start, end)
    return probe.accepts(check, value) ? end : DOUBT
  }
}

function scanScalar(state: ScanState, start: number): number {
  const end = scanNumber(state, start)
  return end === DOUBT ? scanBoolean(state, start) : end
}

function scalarAt(bytes: Buffer, start: number, end: number): unknown {
  if (bytes[start] === T) return true
  return bytes[start] === F ? false : numberAt(bytes, start, end)
}

const T = 0x74
const F = 0x66
