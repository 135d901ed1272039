/** The ASCII bytes that structure a text, by name. Code that reads or writes such a byte uses these names. */
export const TAB = 0x09
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const SPACE = 0x20
export const QUOTE = 0x22
export const PLUS = 0x2b
export const COMMA = 0x2c
export const MINUS = 0x2d
export const POINT = 0x2e
export const SLASH = 0x2f
export const ZERO = 0x30
export const NINE = 0x39
export const COLON = 0x3a
export const OPEN_BRACKET = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_BRACKET = 0x5d
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d
export const TILDE = 0x7e

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `1234567` → `1.2 MB`; decimal units, as the platform's own limits are. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  // 999,950 bytes would be rounded to "1000.0 kB".
  const power = Math.min(Math.floor(Math.log10(bytes / 0.99995) / 3), UNITS.length - 1)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`
}

/** `90400` → `1 min 30 s`, `3622000` → `1 h 0 min`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `1234567` → `1,234,567`. */
export function formatNumber(number: number): string {
  // The first call for a locale loads it, which a short run would wait for.
  if (Number.isInteger(number) && Math.abs(number) < 1000) return String(number)
  return number.toLocaleString('en-US')
}

/** `count(2, 'file')` → `2 files`. */
export function count(number: number, noun: string): string {
  return `${formatNumber(number)} ${noun}${number === 1 ? '' : 's'}`
}

/** The same order on every machine, whatever its locale. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** Removes zeros at the end. A regular expression would search for the end from each zero. */
export function withoutLastZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** `a, b and 3 more`. */
export function joinFirst(items: readonly string[], most: number, separator = ', '): string {
  const more = items.length - most
  return `${items.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`
}

/** More characters of one text than anyone reads in a line or a cell. */
const MOST_CHARACTERS = 1_000

/** Cuts a long text to `most` UTF-16 units and adds an ellipsis. */
export function shorten(text: string, most = MOST_CHARACTERS): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

const MOST_LISTED = 20

/** A line for each item, `- a`, and one for those beyond the first 20: `- and 1,980 more files`. */
export function listFirst(items: readonly string[], noun: string): string {
  const more = items.length - MOST_LISTED
  const rest = more > 0 ? [`and ${formatNumber(more)} more ${noun}${more === 1 ? '' : 's'}`] : []
  return [...items.slice(0, MOST_LISTED), ...rest].map((line) => `- ${line}`).join('\n')
}

/** `"a", "b" and 3 more`. */
export function quoteList(paths: readonly string[]): string {
  return joinFirst(
    paths.map((path) => JSON.stringify(path)),
    MOST_LISTED,
  )
}

/** Makes text from files, servers and data safe for a log: it can command neither the terminal nor the runner. */
export function escapeUntrusted(text: string): string {
  return escapeCommands(escapeControls(text))
}

/** Spells out control characters, which could change what a terminal or a page shows; line ends stay. */
export function escapeControls(text: string): string {
  return (
    text
      .replace(/\r\n?/g, '\n')
      // oxlint-disable-next-line no-control-regex -- they are what this looks for
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, spellOut)
  )
}

function spellOut(character: string): string {
  return character === '\t' ? '  ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/**
 * Escapes text that the runner would take for a command. It reads `::name::` at the start of a line and `##[name]`
 * anywhere in a line, also in a summary that a later step prints into a log.
 */
export function escapeCommands(text: string): string {
  return escapeOldCommands(text).replace(/^([^\S\n\r\u2028\u2029]*):(?=:)/gm, '$1: ')
}

/** Escapes only `##[name]`, for text whose colons are escaped by other means. */
export function escapeOldCommands(text: string): string {
  return text.replace(/##(?=\[)/g, '# #')
}

/**
 * Whether two paths name one file on some system: Windows and macOS ignore case and whether `é` is composed or
 * decomposed, and Windows treats `\` as `/`.
 */
export function mayBeOneFile(one: string, other: string): boolean {
  return foldCase(one) === foldCase(other)
}

function foldCase(path: string): string {
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.')
  return segments.join('/').normalize('NFC').toLowerCase()
}
