import { nearestName } from '../lib/similar-names.ts'
import { isLoopback } from '../platform/http/transport.ts'

/** One fault in the text of one input. */
export type InputFault = {
  /** The invalid text or line; empty when nothing was given. */
  readonly value: string
  /** What is allowed, as a phrase that follows "allowed:". */
  readonly allowed: string
  /** What was most likely meant. */
  readonly meant?: string | undefined
}

export type ReadInput<T> =
  { readonly kind: 'read'; readonly value: T } | { readonly kind: 'refused'; readonly faults: readonly InputFault[] }

/** Makes the value of an input from its text; the text is empty when there is neither a value nor a default. */
export type InputReader<T> = (text: string) => ReadInput<T>

export function read<T>(value: T): ReadInput<T> {
  return { kind: 'read', value }
}

export function refuse(...faults: readonly InputFault[]): ReadInput<never> {
  return { kind: 'refused', faults }
}

/**
 * Exactly one character. A tab can be written `\t`, because the runner's toolkit trims a real one away. The character
 * is one UTF-16 unit, as the platform's CSV reader expects. A line end is refused: it would look like the end of a row.
 */
export function readCharacter(text: string): ReadInput<string> {
  if (text === '\\t') return read('\t')
  if (text.length === 1 && !/[\r\n\p{Cs}]/u.test(text)) return read(text)
  return refuse({ value: text, allowed: 'exactly one character (a tab is written \\t)' })
}

/** Converts what `reader` reads to the unit or shape that the code works with. */
export function convert<T, U>(reader: InputReader<T>, toValue: (value: T) => U): InputReader<U> {
  return (text) => {
    const reading = reader(text)
    return reading.kind === 'read' ? read(toValue(reading.value)) : reading
  }
}

/** Node's timers hold a signed 32-bit number of milliseconds; a longer one would fire at once. */
const LONGEST_MS = 2 ** 31 - 1

/** A time above 0 in units of `unitMs`, decimals allowed; its value is in milliseconds. */
export function duration(unitMs: number): InputReader<number> {
  const most = Math.floor(LONGEST_MS / unitMs)
  return (text) => {
    const count = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
    if (count > 0 && count <= most) return read(Math.max(1, Math.round(count * unitMs)))
    return refuse({ value: text, allowed: `a number above 0 and at most ${most}` })
  }
}

/** Reads a list with one value per line. Empty lines and spaces around a value are ignored. */
export function lines(text: string): readonly string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** One of a few words, with exactly this spelling. */
export function oneOf<const W extends string>(...words: readonly W[]): InputReader<W> {
  return (text) => {
    const word = words.find((candidate) => candidate === text)
    if (word !== undefined) return read(word)
    return refuse({ value: text, allowed: words.map((w) => `"${w}"`).join(', '), meant: nearestName(text, words) })
  }
}

/** An input that may be left out: then its value is `absent`. */
export function orAbsent<T, A>(reader: InputReader<T>, absent: A): InputReader<T | A> {
  return (text) => (text === '' ? read(absent) : reader(text))
}

const ALLOWED =
  '"https://", a host and an optional port, such as "https://platform.adobe.io", without credentials, path, query or fragment; http:// only for localhost, 127.0.0.1 and [::1]'

const BARE = /^https?:\/\/[^/?#@\\\s]+\/?$/i

/**
 * An origin that tokens can be sent to: no plain HTTP except within this machine, and no part that would end up in
 * logs.
 */
export function readOrigin(text: string): ReadInput<string> {
  const url = URL.parse(text)
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url !== null && secure && BARE.test(text)) return read(url.origin)
  return refuse({ value: hideSecrets(text), allowed: ALLOWED, meant: likelyOrigin(text, url) })
}

function hideSecrets(text: string): string {
  return text.includes('@') ? '…@…' : text.replace(/[?#].*$/s, '?…')
}

/** Undefined for a text with credentials: if they contain a `/` or `#`, a part of them parses as the host. */
function likelyOrigin(text: string, url: URL | null): string | undefined {
  if (url === null || text.includes('@') || !/^https?:$/.test(url.protocol)) return undefined
  return isLoopback(url.hostname) ? url.origin : `https://${url.host}`
}

type NumberRange = { readonly kind: 'whole' | 'decimal'; readonly from: number; readonly to: number }

/** A number in plain digits: no sign, no exponent, no unit, so that `5%` or `1e3` is a fault and not a surprise. */
export function numberWithin(range: NumberRange): InputReader<number> {
  return (text) => {
    const value = Number(text)
    const fits = FORM[range.kind].test(text) && value >= range.from && value <= range.to
    return fits ? read(value) : refuse({ value: text, allowed: describeRange(range) })
  }
}

const FORM = { whole: /^\d+$/, decimal: /^\d+(\.\d+)?$/ } as const

function describeRange({ kind, from, to }: NumberRange): string {
  const noun = kind === 'whole' ? 'a whole number' : 'a number'
  return to === Number.MAX_SAFE_INTEGER ? `${noun}, ${from} or more` : `${noun} from ${from} to ${to}`
}

type TextForm = {
  readonly form: RegExp
  /** The form in words. */
  readonly allowed: string
  /** Corrects the most frequent mistake; the result is suggested when it has the form. */
  readonly mend?: (text: string) => string
}

/** A string of a known form, kept unchanged. */
export function matching({ form, allowed, mend }: TextForm): InputReader<string> {
  return (text) => {
    if (form.test(text)) return read(text)
    const mended = text === '' ? undefined : mend?.(text)
    return refuse({ value: text, allowed, meant: mended !== undefined && form.test(mended) ? mended : undefined })
  }
}

const YES: readonly string[] = ['true', 'True', 'TRUE']

/** The booleans of YAML 1.2's core schema, as the runner's toolkit reads them; `yes`, `on` and `1` are not among them. */
export const yesOrNo: InputReader<boolean> = convert(oneOf('true', 'false', 'True', 'TRUE', 'False', 'FALSE'), (word) =>
  YES.includes(word),
)
