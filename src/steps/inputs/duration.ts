import { read, refuse, type Reader } from './reading.ts'

/** Node's timers hold a signed 32-bit number of milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1

/** A time above 0 in units of `unitMs`, decimals allowed; its value is in milliseconds. */
export function duration(unitMs: number): Reader<number> {
  const most = Math.floor(LONGEST_MS / unitMs)
  return (text) => {
    const count = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
    if (count > 0 && count <= most) return read(Math.max(1, Math.round(count * unitMs)))
    return refuse({ value: text, allowed: `a number above 0 and at most ${most}` })
  }
}
