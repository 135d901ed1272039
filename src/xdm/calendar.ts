/** RFC 3339 `full-date`, and a day that the calendar has. Reads characters in place: it runs for millions of rows. */
export function isDate(text: string): boolean {
  return text.length === 10 && startsWithDate(text)
}

/**
 * RFC 3339 `date-time` as the platform's own message lists it (Data Access guide, "Retrieve failed batches"): a `T`,
 * seconds, at most nine digits of a fraction, and `Z` or an offset. Without one the moment would be anybody's guess.
 */
export function isDateTime(text: string): boolean {
  if (text.length < 20 || text.charCodeAt(10) !== T || !startsWithDate(text) || !hasTimeAt(text, 11)) return false
  return isOffset(text, afterFraction(text))
}

const ZERO = 48
const T = 84
const Z = 90
const DASH = 45
const PLUS = 43
const POINT = 46
const COLON = 58

function startsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false
  const century = twoDigits(text, 0)
  const years = twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  return century >= 0 && years >= 0 && day >= 1 && day <= daysOf(month, century * 100 + years)
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

/** A leap second is refused: readers of the JVM have none. */
function hasTimeAt(text: string, at: number): boolean {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return false
  return (
    isBelow(twoDigits(text, at), 24) && isBelow(twoDigits(text, at + 3), 60) && isBelow(twoDigits(text, at + 6), 60)
  )
}

function isBelow(number: number, end: number): boolean {
  return number >= 0 && number < end
}

const FRACTION_START = 19
const MOST_FRACTION_DIGITS = 9

/** Where the offset begins; the start, where it can't be, for a fraction without digits or with too many. */
function afterFraction(text: string): number {
  if (text.charCodeAt(FRACTION_START) !== POINT) return FRACTION_START
  let at = FRACTION_START + 1
  while (isBelow(text.charCodeAt(at) - ZERO, 10)) at++
  const digits = at - FRACTION_START - 1
  return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? at : 0
}

function isOffset(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  if (sign === Z) return text.length === at + 1
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return false
  return isBelow(twoDigits(text, at + 1), 24) && isBelow(twoDigits(text, at + 4), 60)
}

/** Below zero for what are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return isBelow(tens, 10) && isBelow(ones, 10) ? tens * 10 + ones : -1
}
