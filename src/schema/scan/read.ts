import { QUOTE } from '../../lib/text.ts'
import { DOUBT, type Scan, type ScanState, scanBoolean } from '../scan.ts'
import type { Check } from '../walk.ts'
import { numberAt, scanNumber } from './number.ts'
import { scanString, stringAt } from './string.ts'

/**
 * Reads one value and runs its check, which is much less work than reading the record around it. Not for objects,
 * arrays or nulls.
 */
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
