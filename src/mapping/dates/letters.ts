import { type Moment, type WallTime, dayOfYear, offsetParts, offsetText, pad, weekdayOf } from './moment.ts'
import { ValueFault } from '../fault.ts'
import { type Zone, readOffset, zoneName, zoneOf } from './zone.ts'

/** The fields that a pattern reads from a string. `half` is an hour of half a day, 0 to 11. */
export type ReadFields = {
  era?: string
  year?: number
  month?: number
  day?: number
  ordinal?: number
  weekday?: number
  quarter?: number
  hour?: number
  half?: number
  isAfternoon?: boolean
  minute?: number
  second?: number
  nano?: number
  offset?: number
  zone?: Zone
}

/** Stores what was read in the fields; returns false if it is out of range. */
type Take = (text: string, fields: ReadFields) => boolean

function put<K extends keyof ReadFields>(fields: ReadFields, name: K, value: Required<ReadFields>[K]): true {
  fields[name] = value
  return true
}

/** A letter of a date pattern. `count` is its number of repetitions, `most` the largest one allowed. */
export type PatternLetter = {
  readonly kind: 'letter'
  readonly sign: string
  readonly most: number
  readonly write: (count: number, wall: WallTime, moment: Moment) => string
  /** Source of a regular expression; empty if the letter can't be read. */
  readonly expression: (count: number) => string
  readonly take: (count: number) => Take
}

type RefusedLetter = { readonly kind: 'refused'; readonly sign: string; readonly why: string }

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const QUARTERS = ['1st quarter', '2nd quarter', '3rd quarter', '4th quarter']

type NumberName = 'month' | 'day' | 'ordinal' | 'hour' | 'minute' | 'second'

type NumberLetter = {
  readonly sign: string
  readonly most: number
  readonly of: (wall: WallTime) => number
  readonly take: (number: number, fields: ReadFields) => boolean
}

/** A single letter reads up to `most` digits; a repeated letter reads exactly that many. */
function numberLetter({ sign, most, of, take }: NumberLetter): PatternLetter {
  return {
    kind: 'letter',
    sign,
    most,
    write: (count, wall) => pad(of(wall), count),
    expression: (count) => digits(count, most),
    take: () => (text, fields) => take(Number(text), fields),
  }
}

function digits(count: number, most: number): string {
  return count === 1 ? `\\d{1,${most}}` : `\\d{${count}}`
}

function setNumber(name: NumberName): NumberLetter['take'] {
  return (number, fields) => put(fields, name, number)
}

/** One or two letters mean a number if `isNumbered`; three, four and five mean short names, full names and initials. */
function nameLetter(sign: string, shape: NameShape): PatternLetter {
  const {
    names,
    of,
    set,
    short = (name) => name.slice(0, 3),
    number = digits,
    narrow = (name) => name[0] ?? '',
  } = shape
  const listOf = (count: number) => (count === 4 ? names : names.map((name) => short(name)))
  return {
    kind: 'letter',
    sign,
    most: 5,
    write: (count, wall) => {
      const name = names[of(wall) - 1] ?? ''
      if (count < 3 && shape.isNumbered) return pad(of(wall), count)
      if (count === 4) return name
      return count === 5 ? narrow(name) : short(name)
    },
    expression: (count) => {
      if (count < 3 && shape.isNumbered) return number(count, 2)
      return count === 5 ? '' : listOf(count).join('|')
    },
    take: (count) => (text, fields) =>
      set(count < 3 && shape.isNumbered ? Number(text) : listOf(count).indexOf(text) + 1, fields),
  }
}

type NameShape = {
  readonly names: readonly string[]
  readonly of: (wall: WallTime) => number
  readonly set: (number: number, fields: ReadFields) => boolean
  /** One or two letters are a number. */
  readonly isNumbered: boolean
  readonly short?: (name: string) => string
  readonly number?: (count: number, most: number) => string
  readonly narrow?: (name: string) => string
}

const MONTH: NameShape = {
  names: MONTHS,
  of: ({ month }) => month,
  set: (number, fields) => put(fields, 'month', number),
  isNumbered: true,
}

const QUARTER: NameShape = {
  names: QUARTERS,
  of: ({ month }) => Math.ceil(month / 3),
  set: (number, fields) => put(fields, 'quarter', number),
  isNumbered: true,
  short: (name) => `Q${name[0]}`,
  number: (count) => (count === 1 ? '[1-4]' : '0[1-4]'),
}

const WEEKDAY: NameShape = {
  names: WEEKDAYS,
  of: ({ year, month, day }) => weekdayOf(year, month, day),
  set: (number, fields) => put(fields, 'weekday', number),
  isNumbered: false,
}

const ERA: PatternLetter = {
  kind: 'letter',
  sign: 'G',
  most: 5,
  write: (count) => (count === 4 ? 'Anno Domini' : count === 5 ? 'A' : 'AD'),
  expression: (count) => (count === 4 ? 'Anno Domini|Before Christ' : count === 5 ? 'A|B' : 'AD|BC'),
  take: () => (text, fields) => put(fields, 'era', text.startsWith('B') ? 'BC' : 'AD'),
}

/** Two letters mean a year from 2000 to 2099. */
const YEAR: PatternLetter = {
  kind: 'letter',
  sign: 'y',
  most: 19,
  write: (count, { year }) => (count === 2 ? pad(year % 100, 2) : pad(year, count)),
  expression: (count) => (count === 1 || count === 3 ? `\\d{${count},4}` : `\\d{${count}}`),
  take: (count) => (text, fields) => put(fields, 'year', count === 2 ? 2000 + Number(text) : Number(text)),
}

const HALF_DAY: PatternLetter = {
  kind: 'letter',
  sign: 'a',
  most: 1,
  write: (_, { hour }) => (hour < 12 ? 'AM' : 'PM'),
  expression: () => 'AM|PM',
  take: () => (text, fields) => put(fields, 'isAfternoon', text === 'PM'),
}

const FRACTION: PatternLetter = {
  kind: 'letter',
  sign: 'S',
  most: 9,
  write: (count, { nano }) => pad(nano, 9).slice(0, count),
  expression: (count) => `\\d{${count}}`,
  take: () => (text, fields) => put(fields, 'nano', Number(text.padEnd(9, '0'))),
}

const takeOffset: Take = (text, fields) => {
  const offset = readOffset(text.replace(/^GMT$/, 'Z').replace(/^GMT/, ''))
  return offset !== undefined && put(fields, 'offset', offset)
}

const takeZone: Take = (text, fields) => {
  const zone = zoneOf(text)
  return zone !== undefined && put(fields, 'zone', zone)
}

/** `-08`, `-0800`, `-08:00`, with seconds if the offset has some. */
function numericOffset(offset: number, style: number): string {
  const { sign, hours, minutes, seconds } = offsetParts(offset)
  const colon = style === 3 || style === 5 ? ':' : ''
  if (style === 1) return `${sign}${hours}${minutes === '00' ? '' : minutes}`
  const last = style > 3 && seconds !== '00' ? `${colon}${seconds}` : ''
  return `${sign}${hours}${colon}${minutes}${last}`
}

const NUMERIC_OFFSETS = [
  '',
  '[+-]\\d\\d(?:\\d\\d)?',
  '[+-]\\d{4}',
  '[+-]\\d\\d:\\d\\d',
  '[+-]\\d{4}(?:\\d\\d)?',
  '[+-]\\d\\d:\\d\\d(?::\\d\\d)?',
] as const

const OFFSET_X: PatternLetter = {
  kind: 'letter',
  sign: 'X',
  most: 5,
  write: (count, _, { offset }) => (offset === 0 ? 'Z' : numericOffset(offset, count)),
  expression: (count) => `Z|${NUMERIC_OFFSETS[count] ?? ''}`,
  take: () => takeOffset,
}

/** `GMT`, `GMT+8`, `GMT+08:00`. */
function localOffset(offset: number, isLong: boolean): string {
  if (offset === 0) return 'GMT'
  const { sign, hours, minutes } = offsetParts(offset)
  return isLong ? `GMT${sign}${hours}:${minutes}` : `GMT${sign}${Number(hours)}${minutes === '00' ? '' : `:${minutes}`}`
}

const OFFSET_Z: PatternLetter = {
  kind: 'letter',
  sign: 'Z',
  most: 5,
  write: (count, _, { offset }) => {
    if (count === 4) return localOffset(offset, true)
    return count === 5 ? (offset === 0 ? 'Z' : numericOffset(offset, 5)) : numericOffset(offset, 2)
  },
  expression: (count) =>
    count === 4 ? 'GMT(?:[+-]\\d\\d:\\d\\d)?' : count === 5 ? `Z|${NUMERIC_OFFSETS[5]}` : NUMERIC_OFFSETS[2],
  take: () => takeOffset,
}

const OFFSET_O: PatternLetter = {
  kind: 'letter',
  sign: 'O',
  most: 4,
  write: (count, _, { offset }) => localOffset(offset, count === 4),
  expression: (count) => (count === 4 ? 'GMT(?:[+-]\\d\\d:\\d\\d)?' : 'GMT(?:[+-]\\d{1,2}(?::\\d\\d)?)?'),
  take: () => takeOffset,
}

/** Longer than any time zone id. */
const ZONE_WORD = '[A-Za-z][\\w/+:-]{0,63}'

const ZONE_NAME: PatternLetter = {
  kind: 'letter',
  sign: 'z',
  most: 4,
  write: (count, _, moment) => {
    if (moment.zone === undefined) return offsetText(moment.offset)
    const name = zoneName(moment, count === 4 ? 'long' : 'short')
    if (name === undefined)
      throw new ValueFault('a time zone that has an English name: use "VV" or "XXX"', 'one without')
    return name
  },
  expression: (count) => (count === 4 ? '' : ZONE_WORD),
  take: () => takeZone,
}

const ZONE_ID: PatternLetter = {
  kind: 'letter',
  sign: 'V',
  most: 2,
  write: (_, __, { zone, offset }) => zone ?? offsetText(offset),
  expression: () => `${ZONE_WORD}|[+-]\\d\\d:\\d\\d`,
  take: () => takeZone,
}

const CLASHES = 'is not supported, because two date classes of Java read it differently'

const REFUSED: readonly RefusedLetter[] = [
  { kind: 'refused', sign: 'Y', why: `"Y" ${CLASHES}: use "y" for the year` },
  { kind: 'refused', sign: 'w', why: `"w" ${CLASHES}` },
  { kind: 'refused', sign: 'W', why: `"W" ${CLASHES}` },
  { kind: 'refused', sign: 'F', why: `"F" ${CLASHES}` },
  { kind: 'refused', sign: 'u', why: `"u" ${CLASHES}: use "y" for the year and "E" for the weekday` },
]

const NUMBERS: readonly NumberLetter[] = [
  { sign: 'd', most: 2, of: ({ day }) => day, take: setNumber('day') },
  { sign: 'D', most: 3, of: dayOfYear, take: setNumber('ordinal') },
  { sign: 'm', most: 2, of: ({ minute }) => minute, take: setNumber('minute') },
  { sign: 's', most: 2, of: ({ second }) => second, take: setNumber('second') },
  { sign: 'H', most: 2, of: ({ hour }) => hour, take: setNumber('hour') },
  { sign: 'k', most: 2, of: ({ hour }) => hour || 24, take: (number, fields) => takeHour(number, 24, fields) },
  { sign: 'K', most: 2, of: ({ hour }) => hour % 12, take: (number, fields) => takeHalf(number, 0, fields) },
  { sign: 'h', most: 2, of: ({ hour }) => hour % 12 || 12, take: (number, fields) => takeHalf(number, 1, fields) },
]

/** From 1 to 24, where 24 means midnight. */
function takeHour(number: number, last: number, fields: ReadFields): boolean {
  fields.hour = number % last
  return number >= 1 && number <= last
}

function takeHalf(number: number, first: 0 | 1, fields: ReadFields): boolean {
  fields.half = number % 12
  return number >= first && number <= first + 11
}

/** "Handling data formats with Data Prep": the letters of a date pattern. */
export const LETTERS: ReadonlyMap<string, PatternLetter | RefusedLetter> = new Map(
  [
    ERA,
    YEAR,
    nameLetter('M', MONTH),
    nameLetter('L', MONTH),
    nameLetter('Q', QUARTER),
    nameLetter('q', QUARTER),
    nameLetter('E', WEEKDAY),
    HALF_DAY,
    FRACTION,
    OFFSET_X,
    OFFSET_Z,
    OFFSET_O,
    ZONE_NAME,
    ZONE_ID,
    ...NUMBERS.map(numberLetter),
    ...REFUSED,
  ].map((letter) => [letter.sign, letter] as const),
)
