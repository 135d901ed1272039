import { DOUBT, type Scan, type ScanState } from '../scan.ts'
import { scanString } from './string.ts'
import { LEAST_TOKEN_LENGTH, ByteToken } from './tokens.ts'

const SLOTS = 256
const LONGEST = 32

/** After this many more misses than hits, no value is remembered any more. */
const MOST_MISSES = 2_000

/**
 * Remembers values that were read, so that a repeated one, such as a country code, is recognised by its bytes. This
 * helps fields with few distinct values.
 */
export function rememberingScan(scanRead: Scan): Scan {
  const known: (ByteToken<true> | undefined)[] = Array.from({ length: SLOTS }, () => undefined)
  let misses = 0
  return (state, start) => {
    if (misses > MOST_MISSES) return scanRead(state, start)
    const end = scanString(state, start)
    const slot = end - start > LONGEST || end - start < LEAST_TOKEN_LENGTH ? -1 : slotOf(state, start, end)
    if (slot < 0) return scanRead(state, start)
    if (known[slot]?.standsAt(state, start) === true) {
      if (misses > 0) misses--
      return end
    }
    misses++
    const read = scanRead(state, start)
    if (read !== DOUBT) known[slot] = new ByteToken<true>(Buffer.from(state.bytes.subarray(start, end)), true)
    return read
  }
}

function slotOf({ view }: ScanState, start: number, end: number): number {
  const first = view.getInt32(start, true)
  const last = view.getInt32(end - LEAST_TOKEN_LENGTH, true)
  const mixed = Math.imul(first ^ Math.imul(last, 0x85ebca6b), 0x9e3779b1)
  return (mixed ^ (mixed >>> 16)) & (SLOTS - 1)
}
