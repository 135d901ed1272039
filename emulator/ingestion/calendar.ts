const DATE = /^\d{4}-\d{2}-\d{2}$/

// Guide "Retrieving failed batches": the message for a refused date-time lists only these patterns,
// so seconds, the letter T and an offset are all required.
const DATE_TIME =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the text is a calendar day, `yyyy-MM-dd`. */
export function isDate(text: string): boolean {
  return DATE.test(text) && beginsWithDay(text)
}

export function isDateTime(text: string): boolean {
  return DATE_TIME.test(text) && beginsWithDay(text)
}

function beginsWithDay(text: string): boolean {
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  if (day < 1 || day > (LONGEST_MONTHS[month - 1] ?? 0)) return false
  return month !== 2 || day <= 28 || isLeapYear(Number(text.slice(0, 4)))
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}
