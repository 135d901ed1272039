import { LETTERS, type PatternLetter, type ReadFields } from './letters.ts'
import { type Moment, type WallTime, dayOfYear, isWallTime, weekdayOf } from './moment.ts'
import { UTC, type Zone, momentAt } from './zone.ts'

/** A date pattern, ready to write and read dates. */
export type DatePattern = {
  readonly write: (moment: Moment) => string
  /** Reads the whole string; undefined if it does not fit, or names a day that does not exist. */
  readonly read: (text: string) => Moment | undefined
  /** Why the pattern can't read dates: it has no year, for example. */
  readonly unreadable: string | undefined
}

/** Why a string is not a date pattern. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault'
}

type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'letter'; readonly letter: PatternLetter; readonly count: number }
  | { readonly kind: 'optional'; readonly parts: readonly PatternPart[] }

/**
 * Reads a pattern of Java's DateTimeFormatter, with English names. Letters whose meaning differs between the two classes of
 * Java that Adobe's page mixes (`Y w W F u`) are refused.
 *
 * @throws PatternFault
 */
export function compilePattern(pattern: string): DatePattern {
  const parts = partsOf(pattern)
  const letters = lettersOf(parts)
  const setters = letters.map(({ letter, count }) => letter.take(count))
  const expression = new RegExp(`^${parts.map(expressionOf).join('')}$`)
  const unreadable = unreadableReason(parts, letters)
  return {
    write: (moment) => writeParts(parts, moment),
    read: (text) => {
      const match = unreadable === undefined ? expression.exec(text) : null
      if (match === null) return undefined
      const fields: ReadFields = {}
      for (let at = 0; at < setters.length; at++) {
        const found = match[at + 1]
        if (found !== undefined && setters[at]?.(found, fields) === false) return undefined
      }
      return momentOf(fields)
    },
    unreadable,
  }
}

function partsOf(pattern: string): readonly PatternPart[] {
  const open: PatternPart[][] = [[]]
  for (let at = 0; at < pattern.length;) {
    const sign = pattern[at] ?? ''
    const here = open.at(-1) ?? []
    if (sign === '[') open.push([])
    else if (sign === ']') closeOptional(open)
    else if (sign === "'") here.push({ kind: 'text', text: quotedText(pattern, at) })
    else here.push(plainPart(pattern, at))
    at += lengthOfPart(pattern, at)
  }
  if (open.length > 1) throw new PatternFault('its "[" is not closed')
  return open[0] ?? []
}

function closeOptional(open: PatternPart[][]): void {
  const parts = open.pop() ?? []
  const outside = open.at(-1)
  if (outside === undefined) throw new PatternFault('its "]" closes nothing')
  outside.push({ kind: 'optional', parts })
}

/** `''` is an apostrophe, also within quotes. */
function quotedText(pattern: string, start: number): string {
  const raw = pattern.slice(start + 1, start + lengthOfPart(pattern, start) - 1)
  return raw === '' ? "'" : raw.replaceAll("''", "'")
}

function lengthOfPart(pattern: string, at: number): number {
  const sign = pattern[at] ?? ''
  if (sign === "'") return lengthOfQuoted(pattern, at)
  if (!/[A-Za-z]/.test(sign)) return 1
  let end = at
  while (pattern[end] === sign) end++
  return end - at
}

function lengthOfQuoted(pattern: string, start: number): number {
  let end = pattern.indexOf("'", start + 1)
  while (end !== -1 && end > start + 1 && pattern[end + 1] === "'") end = pattern.indexOf("'", end + 2)
  if (end === -1) throw new PatternFault('a quote in it is not closed')
  return end + 1 - start
}

function plainPart(pattern: string, at: number): PatternPart {
  const sign = pattern[at] ?? ''
  if (/[{}#]/.test(sign)) throw new PatternFault(`"${sign}" is reserved: write it in quotes, as '${sign}'`)
  if (!/[A-Za-z]/.test(sign)) return { kind: 'text', text: sign }
  const [letter, count] = [LETTERS.get(sign), lengthOfPart(pattern, at)]
  if (letter === undefined) throw new PatternFault(`"${sign}" is not a pattern letter: put literal text in quotes`)
  if (letter.kind === 'refused') throw new PatternFault(letter.why)
  if (count > letter.most) throw new PatternFault(`at most ${letter.most} "${sign}" in a row`)
  return { kind: 'letter', letter, count }
}

type CountedLetter = { readonly letter: PatternLetter; readonly count: number }

function lettersOf(parts: readonly PatternPart[]): readonly CountedLetter[] {
  return parts.flatMap((part) => {
    if (part.kind === 'text') return []
    return part.kind === 'letter' ? [part] : lettersOf(part.parts)
  })
}

/** One group for each letter. A number leaves their digits to the numbers that follow it. */
function expressionOf(part: PatternPart): string {
  switch (part.kind) {
    case 'text':
      return part.text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    case 'optional':
      return `(?:${part.parts.map(expressionOf).join('')})?`
    case 'letter':
      return `(${part.letter.expression(part.count)})`
    default:
      return part satisfies never
  }
}

/** The engine tries this many ways in some milliseconds, for a string that fits none. */
const MOST_WAYS = 1_000_000

/** In how many ways the parts could split a string: numbers without a fixed width and optional parts have several. */
function waysOf(parts: readonly PatternPart[]): number {
  return parts.reduce((ways, part) => ways * waysOfPart(part), 1)
}

function waysOfPart(part: PatternPart): number {
  if (part.kind === 'text') return 1
  if (part.kind === 'optional') return 1 + waysOf(part.parts)
  const widths = [...part.letter.expression(part.count).matchAll(/\{(\d+),(\d+)\}|\?/g)]
  return widths.reduce((ways, [, least = '0', most = '1']) => ways * (Number(most) - Number(least) + 1), 1)
}

function unreadableReason(parts: readonly PatternPart[], letters: readonly CountedLetter[]): string | undefined {
  const signs = new Set(letters.map(({ letter }) => letter.sign))
  const narrow = letters.find(({ letter, count }) => letter.expression(count) === '')
  if (narrow !== undefined)
    return `a single letter, as "${narrow.letter.sign.repeat(narrow.count)}" writes, is ambiguous`
  if (!signs.has('y')) return 'it names no year'
  if (waysOf(parts) > MOST_WAYS) return 'it fits a string in too many ways: use fewer optional parts, and "dd" for "d"'
  const half = ['h', 'K'].find((sign) => signs.has(sign))
  return half !== undefined && !signs.has('a') ? `"${half}" needs "a" beside it; hours up to 23 are "H"` : undefined
}

function writeParts(parts: readonly PatternPart[], moment: Moment): string {
  const wall = moment.wall
  let text = ''
  for (const part of parts) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'letter') text += part.letter.write(part.count, wall, moment)
    else text += writeParts(part.parts, moment)
  }
  return text
}

/** Missing fields default to January, day 1, midnight and UTC. */
function momentOf(fields: ReadFields): Moment | undefined {
  const day = dayOf(fields)
  const hour = hourOf(fields)
  if (day === undefined || hour === undefined || fields.era === 'BC') return undefined
  const { minute = 0, second = 0, nano = 0 } = fields
  const wall: WallTime = { ...day, hour, minute, second, nano }
  if (!isWallTime(wall) || !agrees(wall, fields)) return undefined
  const moment = momentAt(wall, fields.zone ?? fixed(fields.offset) ?? UTC)
  return fields.offset === undefined || fields.offset === moment.offset
    ? moment
    : momentAt(wall, fixed(fields.offset) ?? UTC)
}

function fixed(offset: number | undefined): Zone | undefined {
  return offset === undefined ? undefined : { kind: 'fixed', offset, name: undefined }
}

type CalendarPart = Pick<WallTime, 'year' | 'month' | 'day'>

function dayOf({ year, month, day, ordinal }: ReadFields): CalendarPart | undefined {
  if (year === undefined) return undefined
  if (ordinal === undefined) return { year, month: month ?? 1, day: day ?? 1 }
  const date = new Date(Date.UTC(2000, 0, 1))
  date.setUTCFullYear(year, 0, ordinal)
  return ordinal < 1 || date.getUTCFullYear() !== year
    ? undefined
    : { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** Undefined for an hour that does not exist. */
function hourOf({ hour, half, isAfternoon }: ReadFields): number | undefined {
  if (half === undefined) {
    const differs = hour !== undefined && isAfternoon !== undefined && hour >= 12 !== isAfternoon
    return differs ? undefined : (hour ?? 0)
  }
  const full = isAfternoon === true ? half + 12 : half
  return hour === undefined || hour === full ? full : undefined
}

/** Whether redundant parts agree with each other. */
function agrees(wall: WallTime, { weekday, quarter, month, day, ordinal }: ReadFields): boolean {
  if (weekday !== undefined && weekdayOf(wall.year, wall.month, wall.day) !== weekday) return false
  if (quarter !== undefined && Math.ceil(wall.month / 3) !== quarter) return false
  if (ordinal === undefined) return true
  return dayOfYear(wall) === ordinal && (month ?? wall.month) === wall.month && (day ?? wall.day) === wall.day
}
