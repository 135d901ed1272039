import { type Moment, type WallTime, isWallTime } from './moment.ts'
import { type DatePattern, compilePattern } from './pattern.ts'
import { UTC, momentAt, zoneOf } from './zone.ts'

/**
 * "Handling data formats with Data Prep": what is tried, in this order, where no pattern is given; the first that fits wins.
 * Those that begin as ISO 8601 does are left to {@link readIso}, which reads them alike.
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
  // Beyond the list: the pages use it themselves.
  'dd-MMM-yyyy HH:mm[:ss]',
] as const

/** By the first sign between digits and letters: what has another can't fit. */
const BY_SIGN: ReadonlyMap<string, readonly DatePattern[]> = new Map(
  ['/', '.', '-', ''].map((sign) => [
    sign,
    LISTED.filter((pattern) => signOf(pattern) === sign).map((pattern) => compilePattern(pattern)),
  ]),
)

function signOf(text: string): string {
  return /[^A-Za-z0-9]/.exec(text)?.[0] ?? ''
}

/** A text without a pattern: the platform's list, then ISO 8601 in its common forms. Undefined for anything else. */
export function readDate(text: string): Moment | undefined {
  if (text[4] === '-' && text[7] === '-') return readIso(text)
  for (const pattern of BY_SIGN.get(signOf(text)) ?? []) {
    const moment = pattern.read(text)
    if (moment !== undefined) return moment
  }
  return undefined
}

/** Whether day and month may be the other way round: the list reads `03/05/2024` and `03052024` as the 5th of March. */
export function isAmbiguousDate(text: string): boolean {
  return /^(?:\d{8}$|\d{1,2}\/\d\d\/)/.test(text)
}

/** `2024-05-06`, and with a `T` or a space behind it a time, up to nine digits of a fraction, and an offset or a zone. */
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
