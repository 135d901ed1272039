/**
 * Whether a JSON text holds a number that may be more than JSON.parse makes of it: one with 16 digits before its point,
 * a decimal that is a whole number or comes near one, an exponent. Numbers named in `decimals` may be decimals. It may see
 * one in a string, too, which costs time and nothing else.
 */
export function holdsTellingNumber(text: string, decimals: ReadonlySet<string>): boolean {
  if (holdsTellingDecimal(text, decimals)) return true
  // URNs and UUIDs hold what the first expressions find, too; they are there because they are fast.
  if (DIGITS.test(text) && UNQUOTED_DIGITS.test(text) && LONG_INTEGER.test(text)) return true
  return DIGIT_AND_E.test(text) && EXPONENT.test(text)
}

/** Written out, the expression lets the engine skip ahead by 16 characters. */
const DIGITS = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/
const UNQUOTED_DIGITS = /[\s:,[]-?\d{16}/
/** A colon in a string, as in a URN or a time, has no quote before it. */
const LONG_INTEGER = /(?:"\s*:|[,[])\s*-?\d{16}/
const DIGIT_AND_E = /\d[eE][-+\d]/
const EXPONENT = /(?:"\s*:|[,[])\s*-?\d+(?:\.\d+)?[eE]/

function holdsTellingDecimal(text: string, decimals: ReadonlySet<string>): boolean {
  for (let point = text.indexOf('.'); point !== -1; point = text.indexOf('.', point + 1)) {
    if (!isTelling(text, point)) continue
    const start = numberStart(text, point)
    if (start !== point && !decimals.has(nameBefore(text, start))) return true
  }
  return false
}

/** Where the number begins that has its point here; the point itself where it is no number's. */
function numberStart(text: string, point: number): number {
  let at = point
  while (isDigit(text.charCodeAt(at - 1))) at--
  if (at === point) return point
  const start = text.charCodeAt(at - 1) === MINUS ? at - 1 : at
  return mayStartAt(text, start) ? start : point
}

/** The times of day in `00:00:00.000` begin after a colon, too, but after none with a quote before it. */
function mayStartAt(text: string, start: number): boolean {
  const before = text[start - 1]
  return before === ':'
    ? text[start - 2] === '"'
    : before === ',' || before === '[' || before === undefined || isBlank(before)
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r'
}

const ZERO = 48
const NINE = 57
const MINUS = 45

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** A number of 64 bits holds 15 digits: with so many before the point, or so few that differ, the fraction may be lost. */
function isTelling(text: string, point: number): boolean {
  const first = text.charCodeAt(point + 1)
  if (isDigit(text.charCodeAt(point - MOST_WHOLE_DIGITS))) return true
  if (first !== ZERO && first !== NINE) return false
  let at = point + 1
  while (text.charCodeAt(at) === first) at++
  return at - point > 3 || (first === ZERO && !isDigit(text.charCodeAt(at)))
}

/** If the character so far before the point is a digit, there may be as many; if there are not, it is no great loss. */
const MOST_WHOLE_DIGITS = 12

/** Empty for an item of an array, and for names that are written in unusual ways. */
function nameBefore(text: string, start: number): string {
  const colon = text.charCodeAt(start - 1) === SPACE ? start - 2 : start - 1
  if (text.charCodeAt(colon) !== COLON || text.charCodeAt(colon - 1) !== QUOTE) return ''
  return text.slice(text.lastIndexOf('"', colon - 2) + 1, colon - 1)
}

const SPACE = 32
const COLON = 58
const QUOTE = 34
