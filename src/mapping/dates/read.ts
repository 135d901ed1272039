import { type Moment, type WallTime, isWallTime } from './moment.ts'
import { type DatePattern, compilePattern } from './pattern.ts'
import { UTC, momentAt, zoneOf } from './zone.ts'

/**
 * "Handling data formats with Data Prep": the patterns to try, in this order, if none is given; the first that fits wins.
 * Patterns that begin like ISO 8601 are left to {@link readIso}, which reads them in the same way.
 */
const LISTED = [
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'yyyy-MMM-dd',
  'yyyyMMdd',
  'MM-dd-yyyy',
  'MMddyyyy',
  'M/dd/yyyy',
  'dd.M.yyyy',
  'M/dd/yyyy hh:mm:ss a',
  'dd.M.yyyy hh:mm:ss a',
  'dd.MMM.yyyy',
  'dd-MMM-yyyy',
  // Not on the list, but used in the documentation itself.
  'dd-MMM-yyyy HH:mm[:ss]',
] as const

/** Indexed by the first character that is not a digit or a letter: a pattern with another one can't fit. */
const BY_SIGN: ReadonlyMap<string, readonly DatePattern[]> = new Map(
  ['/', '.', '-', ''].map((sign) => [
    sign,
    LISTED.filter((pattern) => signOf(pattern) === sign).map((pattern) => compilePattern(pattern)),
  ]),
)

function signOf(text: string): string {
  return /[^A-Za-z0-9]/.exec(text)?.[0] ?? ''
}

/** Reads a string without a pattern: the platform's list first, then common forms of ISO 8601. Undefined for any other form. */
export function readDate(text: string): Moment | undefined {
  if (text[4] === '-' && text[7] === '-') return readIso(text)
  for (const pattern of BY_SIGN.get(signOf(text)) ?? []) {
    const moment = pattern.read(text)
    if (moment !== undefined) return moment
  }
  return undefined
}

/** Whether the month was read first and could be the day: `03/05/2024` and `03052024` are read as the 5th of March. */
export function isAmbiguousDate(text: string, { wall: { year, month, day } }: Moment): boolean {
  const isMonthFirst = /^\d{1,2}\/\d\d\//.test(text) || (/^\d{8}$/.test(text) && Number(text.slice(0, 4)) !== year)
  return isMonthFirst && day <= 12 && day !== month
}

/** `2024-05-06`, optionally followed by `T` or a space and a time, a fraction of up to nine digits, and an offset or a zone. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:(Z|[+-]\d\d(?::?\d\d)?)| ([A-Z]{1,5}|[A-Za-z]+\/[\w/+-]+))?)?$/

function readIso(text: string): Moment | undefined {
  const match = ISO.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', offset, name] = match
  const wall: WallTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    nano: fraction === '' ? 0 : Number(fraction.padEnd(9, '0')),
  }
  const named = offset ?? name
  const zone = named === undefined ? UTC : zoneOf(named)
  return zone !== undefined && isWallTime(wall) ? momentAt(wall, zone) : undefined
}
