import { daysOf } from '../../schema/kinds/date.ts'
import { Moment, type WallTime, dayOfYear, isWallTime, momentOfEpoch } from '../dates/moment.ts'
import { type DatePattern, PatternFault, compilePattern } from '../dates/pattern.ts'
import { isAmbiguousDate, readDate } from '../dates/read.ts'
import { type Zone, momentAt, momentIn, zoneOf } from '../dates/zone.ts'
import { ValueFault } from '../fault.ts'
import { type Value, countOf, textOf, wrongValue } from '../value.ts'
import { type FunctionTable, type Scope, SEEN } from './function.ts'

const PATTERNS = new Map<string, DatePattern>()

/** The cache is cleared at this size, since data can contain any number of patterns. */
const MOST_KEPT = 1000

function patternOf(value: Value): DatePattern {
  const text = value === null ? '' : textOf(value)
  const known = PATTERNS.get(text)
  if (known !== undefined) return known
  const pattern = compiled(text)
  if (PATTERNS.size >= MOST_KEPT) PATTERNS.clear()
  PATTERNS.set(text, pattern)
  return pattern
}

function compiled(text: string): DatePattern {
  try {
    return compilePattern(text)
  } catch (error) {
    if (error instanceof PatternFault) throw new ValueFault('a date pattern', 'one that cannot be used', error.message)
    throw error
  }
}

function readablePattern(value: Value): DatePattern {
  const pattern = patternOf(value)
  if (pattern.unreadable !== undefined) {
    throw new ValueFault('a pattern that can read dates', 'one that cannot', pattern.unreadable)
  }
  return pattern
}

/** Reads a date from a string without a pattern. */
export function readDateText(text: string, scope: Pick<Scope, 'seen'>): Moment {
  const moment = readDate(text)
  if (moment === undefined) throw wrongValue('a date that exists, in one of the known formats', text)
  if (isAmbiguousDate(text, moment)) scope.seen |= SEEN.ambiguousDate
  return moment
}

function isBlank(value: Value): value is null | '' {
  return value === null || value === ''
}

function readByPattern(value: Value, pattern: Value): Moment {
  if (value instanceof Moment) return value
  const moment = readablePattern(pattern).read(textOf(value))
  if (moment === undefined) throw wrongValue('a date that exists and fits the pattern', value)
  return moment
}

function dateOf(scope: Scope, value: Value): Moment {
  if (value instanceof Moment) return value
  if (typeof value !== 'string') throw wrongValue('a date', value)
  return readDateText(value, scope)
}

const checkPatternAt = (at: number, mustRead: boolean) => (args: readonly (Value | undefined)[]) => {
  const pattern = args[at]
  if (pattern === undefined) return
  if (mustRead) readablePattern(pattern)
  else patternOf(pattern)
}

type PartName =
  'year' | 'quarter' | 'month' | 'dayofyear' | 'day' | 'hour' | 'hour12' | 'minute' | 'second' | 'millisecond'

const PART_NAMES: Readonly<Record<PartName, string>> = {
  year: 'year yyyy yy',
  quarter: 'quarter qq q',
  month: 'month mm m',
  dayofyear: 'dayofyear dy y',
  day: 'day dd d',
  hour: 'hour hh hh24',
  hour12: 'hh12',
  minute: 'minute mi n',
  second: 'second ss s',
  millisecond: 'millisecond sss ms',
}

const PARTS: ReadonlyMap<string, PartName> = new Map(
  (Object.entries(PART_NAMES) as readonly [PartName, string][]).flatMap(([part, names]) =>
    names.split(' ').map((name) => [name, part] as const),
  ),
)

/** Refused, because Adobe documents neither the first day of a week nor how weeks are numbered. */
const REFUSED_PARTS: ReadonlySet<string> = new Set(['week', 'ww', 'w', 'weekday', 'dw'])

/** Undefined if the string names no part of a date. */
function partOf(value: Value): PartName | undefined {
  const word = value === null ? '' : textOf(value).toLowerCase()
  if (REFUSED_PARTS.has(word)) {
    throw new ValueFault(
      'another part of a date',
      'a week or a weekday',
      'Adobe does not document how they are counted',
    )
  }
  return PARTS.get(word)
}

function mustBePart(value: Value): PartName {
  const part = partOf(value)
  if (part === undefined) throw new ValueFault('the name of a date part', 'something else')
  return part
}

function readPart(part: PartName, { wall }: Moment): number {
  switch (part) {
    case 'quarter':
      return Math.ceil(wall.month / 3)
    case 'dayofyear':
      return dayOfYear(wall)
    case 'hour12':
      return wall.hour % 12 || 12
    case 'millisecond':
      return Math.floor(wall.nano / 1_000_000)
    default:
      return wall[part]
  }
}

/** Older editions of the page have the arguments in the reverse order. */
function datePart(scope: Scope, component: Value, value: Value): Value {
  if (component === null || value === null) return null
  const [part, date] = component instanceof Moment ? [mustBePart(value), component] : [partOf(component), value]
  if (part === undefined) return readPart(mustBePart(date), dateOf(scope, component))
  return readPart(part, dateOf(scope, date))
}

function checkPart(component: Value | undefined): void {
  if (component !== undefined) partOf(component)
}

function setDatePart(scope: Scope, [component = null, number = null, value = null]: readonly Value[]): Value {
  if (isBlank(value)) return null
  const part = mustBePart(component)
  if (part === 'quarter' || part === 'dayofyear' || part === 'hour12' || part === 'millisecond') {
    throw new ValueFault('year, month, day, hour, minute or second', 'another part of a date', part)
  }
  const moment = dateOf(scope, value)
  const wall = { ...moment.wall, [part]: countOf(number) }
  return momentAt(mustBeWall(wall), zoneOfMoment(moment))
}

function zoneOfMoment({ zone, offset }: Moment): Zone {
  const named = zone === undefined ? undefined : zoneOf(zone)
  return named?.kind === 'region' ? named : { kind: 'fixed', offset, name: zone }
}

function mustBeWall(wall: WallTime): WallTime {
  if (isWallTime(wall)) return wall
  const { month, year } = wall
  const isMonth = month >= 1 && month <= 12 && year >= 1 && year <= 9999
  throw new ValueFault(
    'a valid date and time',
    isMonth
      ? `a day or time that does not exist (the month has ${daysOf(month, year)} days)`
      : 'a year or month that does not exist',
  )
}

function mustBeZone(value: Value): Zone {
  const zone = value === null ? undefined : zoneOf(textOf(value))
  if (zone === undefined) throw new ValueFault('a time zone like "Europe/Paris", "UTC" or "+02:00"', 'something else')
  return zone
}

const checkZoneAt = (at: number) => (args: readonly (Value | undefined)[]) => {
  const zone = args[at]
  if (zone !== undefined) mustBeZone(zone)
}

function makeDate(args: readonly Value[]): Value {
  if (args.some((arg) => arg === null)) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nano = 0] = args.slice(0, 7).map(countOf)
  if (nano < 0 || nano > 999_999_999) throw new ValueFault('nanoseconds from 0 to 999999999', 'a number out of range')
  return momentAt(mustBeWall({ year, month, day, hour, minute, second, nano }), mustBeZone(args[7] ?? null))
}

export const DATE_FUNCTIONS: FunctionTable = {
  now: {
    signature: 'now()',
    line: 'The start of the run: the same for all rows and retries.',
    examples: [['is_empty(now())', 'false']],
    least: 0,
    most: 0,
    returns: 'date',
    isImpure: true,
    callIn: ({ nowMs }) => momentOfEpoch(nowMs),
  },
  timestamp: {
    signature: 'timestamp()',
    aliases: ['current_timestamp'],
    line: 'Like now(), in milliseconds since 1970.',
    examples: [['timestamp() > 1500000000000', 'true']],
    least: 0,
    most: 0,
    returns: 'number',
    isImpure: true,
    callIn: ({ nowMs }) => Math.floor(nowMs),
  },
  date: {
    signature: 'date(s, pattern, default)',
    line: 'Reads a date. Without a pattern, the known formats are tried in order. The default replaces only null and an empty string.',
    examples: [
      ['date("2019-10-23 11:24")', '"2019-10-23T11:24:00Z"'],
      ['date("31/12/1990", "dd/MM/yyyy")', '"1990-12-31T00:00:00Z"'],
      ['date(null, "yyyy-MM-dd", "2000-01-01")', '"2000-01-01T00:00:00Z"'],
    ],
    least: 1,
    most: 3,
    returns: 'date',
    checkLiterals: checkPatternAt(1, true),
    callIn: (scope, value = null, pattern, otherwise = null) => {
      const chosen = isBlank(value) ? otherwise : value
      if (isBlank(chosen)) return null
      return pattern === undefined || pattern === null ? dateOf(scope, chosen) : readByPattern(chosen, pattern)
    },
  },
  format: {
    signature: 'format(date, pattern)',
    line: 'Writes a date by a pattern.',
    examples: [
      ['format("2019-10-23T11:24:35Z", "yyyy-MM-dd HH:mm:ss")', '"2019-10-23 11:24:35"'],
      ['format("2024-05-06T07:08:09Z", "EEEE, d MMMM yyyy")', '"Monday, 6 May 2024"'],
    ],
    least: 2,
    most: 2,
    returns: 'text',
    checkLiterals: checkPatternAt(1, false),
    callIn: (scope, value = null, pattern = null) =>
      isBlank(value) ? null : patternOf(pattern).write(dateOf(scope, value)),
  },
  dformat: {
    signature: 'dformat(milliseconds, pattern)',
    line: 'Writes milliseconds since 1970 by a pattern, in UTC.',
    examples: [['dformat(1571829875000, "yyyy-MM-dd\'T\'HH:mm:ss.SSSX")', '"2019-10-23T11:24:35.000Z"']],
    least: 2,
    most: 2,
    returns: 'text',
    checkLiterals: checkPatternAt(1, false),
    call: (ms = null, pattern = null) => (isBlank(ms) ? null : patternOf(pattern).write(momentOfEpoch(countOf(ms)))),
  },
  date_part: {
    signature: 'date_part(component, date)',
    line: 'A part of a date: year, quarter, month, dayofyear, day, hour, hh12, minute, second, millisecond. Weeks and weekdays are not supported.',
    examples: [['date_part("MM", date("2019-10-17 11:55:12"))', '10']],
    least: 2,
    most: 2,
    returns: 'number',
    checkLiterals: ([component]) => checkPart(component),
    callIn: (scope, component = null, value = null) => datePart(scope, component, value),
  },
  set_date_part: {
    signature: 'set_date_part(component, value, date)',
    line: 'A date with another year, month, day, hour, minute or second.',
    examples: [['set_date_part("m", 4, date("2016-11-09T11:44:44.797"))', '"2016-04-09T11:44:44.797Z"']],
    least: 3,
    most: 3,
    returns: 'date',
    checkLiterals: ([component]) => checkPart(component),
    callIn: (scope, ...args) => setDatePart(scope, args),
  },
  make_date_time: {
    signature: 'make_date_time(year, month, day, hour, minute, second, nanosecond, zone)',
    aliases: ['make_timestamp'],
    line: 'A date from its parts, in a time zone.',
    examples: [
      ['make_date_time(2019, 10, 17, 11, 55, 12, 999, "America/Los_Angeles")', '"2019-10-17T11:55:12.000000999-07:00"'],
    ],
    least: 8,
    most: 8,
    returns: 'date',
    checkLiterals: checkZoneAt(7),
    call: (...args) => makeDate(args),
  },
  zone_date_to_utc: {
    signature: 'zone_date_to_utc(date)',
    line: 'The same moment in UTC.',
    examples: [['zone_date_to_utc("2019-10-17T11:55:12 PST")', '"2019-10-17T19:55:12Z"']],
    least: 1,
    most: 1,
    returns: 'date',
    callIn: (scope, value = null) => (isBlank(value) ? null : dateOf(scope, value).in(0)),
  },
  zone_date_to_zone: {
    signature: 'zone_date_to_zone(date, zone)',
    line: 'The same moment in another time zone.',
    examples: [['zone_date_to_zone("2021-10-26T10:10:24Z", "Europe/Paris")', '"2021-10-26T12:10:24+02:00"']],
    least: 2,
    most: 2,
    returns: 'date',
    checkLiterals: checkZoneAt(1),
    callIn: (scope, value = null, zone = null) =>
      isBlank(value) ? null : momentIn(dateOf(scope, value), mustBeZone(zone)),
  },
}
