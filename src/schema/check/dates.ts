import type { Walk } from './walk.ts'
import { isDate, isDateTime } from '../field.ts'
import { LosslessNumber } from '../json.ts'

/** Text or epoch milliseconds; of numbers the matrix converts only Long ("Data conversion matrix"). */
export function dateCheck(value: unknown, walk: Walk): void {
  if (typeof value !== 'string') checkEpoch(value, walk, DATE)
  else if (!isDate(value)) sayDate(value, walk)
}

export function dateTimeCheck(value: unknown, walk: Walk): void {
  if (typeof value !== 'string') checkEpoch(value, walk, DATE_TIME)
  else if (!isDateTime(value)) {
    walk.malformed('date-time-format', value, { expected: DATE_TIME, hint: dateTimeHint(value) })
  }
}

const DATE = 'a day as YYYY-MM-DD'
const DATE_TIME = 'a date and time as YYYY-MM-DDThh:mm:ss, with Z or an offset as +hh:mm'

/** What becomes of the time is written nowhere. */
function sayDate(value: string, walk: Walk): void {
  const code = isDateTime(value) ? 'date-with-time' : 'date-format'
  walk.malformed(code, value, { expected: DATE, hint: isDate(padded(value)) ? 'write two digits' : undefined })
}

function padded(value: string): string {
  return value.replace(/-(\d)(?!\d)/g, '-0$1')
}

/** What exports most often write instead. */
function dateTimeHint(value: string): string | undefined {
  if (isDateTime(value.replace(/[ t]/, 'T').replace(/z$/, 'Z'))) return 'put "T" between date and time'
  if (isDateTime(`${value}Z`)) return 'add "Z" or an offset'
  if (isDateTime(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))) return 'write the offset with a colon'
  return isDate(value) ? 'add a time' : undefined
}

/** As milliseconds it would be before March 1973, as seconds it ends in the year 5138. */
const SECONDS_BELOW = 1e11

/** Where a long of 64 bits ends. */
const LONG_END = 2 ** 63

function checkEpoch(value: unknown, walk: Walk, expected: string): void {
  const isLong = value instanceof LosslessNumber ? value.isInteger : Number.isInteger(value)
  if (!isLong) {
    walk.mismatch(value, `${expected}, or epoch milliseconds`)
    return
  }
  const epochMs = value instanceof LosslessNumber ? value.nearest : (value as number)
  if (Math.abs(epochMs) < SECONDS_BELOW) walk.wrong('epoch-seconds', value, 'epoch milliseconds, 13 digits in our days')
  else if (Math.abs(epochMs) >= LONG_END) walk.wrong('integer-range', value, 'epoch milliseconds of at most 64 bits')
}
