import { ownValue } from '../json.ts'
import { MappingFault } from './fault.ts'
import { momentOf, type Moment } from './moment.ts'

const DAY_FIRST = String.raw`(?<day>\d\d)\.(?<month>\d\d?)\.(?<year>\d{4})`
const MONTH_FIRST = String.raw`(?<month>\d\d?)/(?<day>\d\d)/(?<year>\d{4})`
const HALF_DAY = String.raw` (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<half>AM|PM)`

/**
 * The date formats of "Data format handling", in its order, without those that contain names of months. The first pattern
 * covers the first six formats, and the samples of the functions page that fit none of the list.
 */
const FORMATS: readonly RegExp[] = [
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`,
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,3}))?)?(?<offset>Z|[+-]\d\d(?::?\d\d)?)?`,
  String.raw`(?<year>\d{4})/(?<month>\d\d)/(?<day>\d\d)`,
  String.raw`(?<year>\d{4})\.(?<month>\d\d)\.(?<day>\d\d)`,
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)`,
  String.raw`(?<month>\d\d)-(?<day>\d\d)-(?<year>\d{4})`,
  String.raw`(?<month>\d\d)(?<day>\d\d)(?<year>\d{4})`,
  MONTH_FIRST,
  DAY_FIRST,
  MONTH_FIRST + HALF_DAY,
  DAY_FIRST + HALF_DAY,
].map((pattern) => new RegExp(`^${pattern}$`))

/** Reads a date without a pattern; the first format that fits wins. Throws a {@link MappingFault} if none fits. */
export function readDate(text: string): Moment {
  for (const format of FORMATS) {
    const read = readBy(format, text)
    if (read !== undefined) return read
  }
  throw new MappingFault('No date in a format that the emulator reads: it knows no names of months and no zones')
}

/** Throws a {@link MappingFault} for an unsupported pattern, and for a text that does not fit the pattern. */
export function readDateBy(pattern: string, text: string): Moment {
  const read = readBy(compileDatePattern(pattern), text)
  if (read === undefined) throw new MappingFault(`No date of the pattern "${pattern}"`)
  return read
}

/** Letters of Java's DateTimeFormatter that stand only for digits. */
const LETTERS: Readonly<Record<string, string>> = {
  yyyy: String.raw`(?<year>\d{4})`,
  MM: String.raw`(?<month>\d\d)`,
  M: String.raw`(?<month>\d\d?)`,
  dd: String.raw`(?<day>\d\d)`,
  d: String.raw`(?<day>\d\d?)`,
  HH: String.raw`(?<hour>\d\d)`,
  mm: String.raw`(?<minute>\d\d)`,
  ss: String.raw`(?<second>\d\d)`,
  SSS: String.raw`(?<fraction>\d{3})`,
}

export function compileDatePattern(pattern: string): RegExp {
  const source = pattern.replace(/'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z]/g, (whole, quoted: string | undefined) => {
    if (quoted !== undefined) return literally(quoted === '' ? "'" : quoted.replaceAll("''", "'"))
    const digits = ownValue(LETTERS, whole)
    if (digits !== undefined) return digits
    if (!/^[\s\d./:,_-]$/.test(whole)) throw new MappingFault(`The emulator reads no "${whole}" in a date pattern`)
    return literally(whole)
  })
  if (!source.includes('<year>')) throw new MappingFault('The emulator reads a date pattern only with its year, yyyy')
  if (/\?\)\(/.test(source)) throw new MappingFault('The emulator reads no d or M right before other digits')
  try {
    return new RegExp(`^${source}$`)
  } catch {
    throw new MappingFault(`The date pattern "${pattern}" names a part twice`)
  }
}

function readBy(format: RegExp, text: string): Moment | undefined {
  const groups = format.exec(text)?.groups
  const year = groups?.['year']
  return groups === undefined || year === undefined ? undefined : momentOf({ ...groups, year })
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
