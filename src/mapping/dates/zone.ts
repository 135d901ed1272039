import { Moment, type WallTime, wallSeconds } from './moment.ts'

/** The source of an offset: fixed, or by the rules of a region. */
export type Zone =
  | { readonly kind: 'fixed'; readonly offset: number; readonly name: string | undefined }
  | { readonly kind: 'region'; readonly id: string }

export const UTC: Zone = { kind: 'fixed', offset: 0, name: undefined }

const HOUR = 3600

/** Data Prep reads PST as -08:00 in summer, too. Ambiguous abbreviations (IST, BST) are left out. */
const ABBREVIATIONS: ReadonlyMap<string, number> = new Map([
  ['UTC', 0],
  ['GMT', 0],
  ['UT', 0],
  ['Z', 0],
  ['PST', -8 * HOUR],
  ['PDT', -7 * HOUR],
  ['MST', -7 * HOUR],
  ['MDT', -6 * HOUR],
  ['CST', -6 * HOUR],
  ['CDT', -5 * HOUR],
  ['EST', -5 * HOUR],
  ['EDT', -4 * HOUR],
])

/** An abbreviation, an offset such as `+02:00` or `GMT+2`, or an id such as `Europe/Paris`. Undefined for any other string. */
export function zoneOf(text: string): Zone | undefined {
  const known = ABBREVIATIONS.get(text)
  if (known !== undefined) return { kind: 'fixed', offset: known, name: text === 'Z' ? undefined : text }
  const offset = readOffset(text.replace(/^(?:UTC|GMT|UT)(?=[+-])/, ''))
  if (offset !== undefined) return { kind: 'fixed', offset, name: undefined }
  return /^[A-Za-z][\w+-]*(?:\/[\w+-]+)+$/.test(text) && offsetFormat(text) !== undefined
    ? { kind: 'region', id: text }
    : undefined
}

/** In seconds; undefined if it is not an offset, or exceeds 18 hours. */
export function readOffset(text: string): number | undefined {
  const [, sign, hours, minutes = '0', seconds = '0'] = OFFSET.exec(text) ?? []
  if (sign === undefined) return text === 'Z' ? 0 : undefined
  const size = Number(hours) * HOUR + Number(minutes) * 60 + Number(seconds)
  if (Number(minutes) > 59 || Number(seconds) > 59 || size > 18 * HOUR) return undefined
  return sign === '-' ? 0 - size : size
}

const OFFSET = /^([+-])(\d{1,2})(?::?(\d\d)(?::?(\d\d))?)?$/

/**
 * The point in time at which a clock in the zone shows this time. As in Java, a time in a gap moves forward, and in an
 * overlap the earlier one is taken.
 */
export function momentAt(wall: WallTime, zone: Zone): Moment {
  const local = wallSeconds(wall)
  if (zone.kind === 'fixed') {
    return new Moment({ second: local - zone.offset, nano: wall.nano, offset: zone.offset, zone: zone.name })
  }
  const [before, after] = [offsetIn(zone.id, local - 86_400), offsetIn(zone.id, local + 86_400)]
  const second = [local - before, local - after].find((at) => offsetIn(zone.id, at) === local - at) ?? local - before
  return new Moment({ second, nano: wall.nano, offset: offsetIn(zone.id, second), zone: zone.id })
}

export function momentIn(moment: Moment, zone: Zone): Moment {
  if (zone.kind === 'fixed') return moment.in(zone.offset, zone.name)
  return moment.in(offsetIn(zone.id, moment.second), zone.id)
}

type KnownOffset = { quarter: number; offset: number }

const FORMATS = new Map<string, { readonly format: Intl.DateTimeFormat; readonly last: KnownOffset } | undefined>()

/** Undefined for an id that the runtime does not know. */
function offsetFormat(id: string) {
  if (!FORMATS.has(id)) {
    if (FORMATS.size > MOST_ZONES) FORMATS.clear()
    FORMATS.set(id, makeFormat(id))
  }
  return FORMATS.get(id)
}

/** More than there are zones: a file can hold any number of names. */
const MOST_ZONES = 1000

function makeFormat(timeZone: string) {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    return { format, last: { quarter: NaN, offset: 0 } }
  } catch {
    return undefined
  }
}

/** Seconds east of Greenwich at a second of the epoch. Offsets change only at quarters of an hour. */
function offsetIn(id: string, second: number): number {
  const zone = offsetFormat(id)
  if (zone === undefined) return 0
  const quarter = Math.floor(second / 900)
  if (zone.last.quarter !== quarter) {
    const [, name = ''] = /GMT(\S*)$/.exec(zone.format.format(second * 1000)) ?? []
    zone.last.quarter = quarter
    zone.last.offset = readOffset(name) ?? 0
  }
  return zone.last.offset
}

/** `PST` or `Pacific Standard Time`; undefined if English has no such name. */
export function zoneName(moment: Moment, style: 'short' | 'long'): string | undefined {
  const { zone, second } = moment
  if (zone === undefined) return undefined
  if (ABBREVIATIONS.has(zone)) return zone
  const options = { timeZone: zone, timeZoneName: style } as const
  const parts = new Intl.DateTimeFormat('en-US', options).formatToParts(second * 1000)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return /^GMT[+-]/.test(name) ? undefined : name
}
