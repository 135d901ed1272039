/** The bytes of ASCII that structure a text, by name: a byte that is read or written somewhere has one of these. */
export const TAB = 0x09
export const LINE_FEED = 0x0a
export const CARRIAGE_RETURN = 0x0d
export const SPACE = 0x20
export const QUOTE = 0x22
export const PLUS = 0x2b
export const COMMA = 0x2c
export const MINUS = 0x2d
export const POINT = 0x2e
export const ZERO = 0x30
export const NINE = 0x39
export const COLON = 0x3a
export const OPEN_BRACKET = 0x5b
export const BACKSLASH = 0x5c
export const CLOSE_BRACKET = 0x5d
export const OPEN_BRACE = 0x7b
export const CLOSE_BRACE = 0x7d

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `1234567` → `1.2 MB`; decimal units, as the platform's own limits are. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  // 999,950 bytes would be rounded to "1000.0 kB".
  const power = Math.min(Math.floor(Math.log10(bytes / 0.99995) / 3), UNITS.length - 1)
  return `${(bytes / 1000 ** power).toFixed(1)} ${UNITS[power]}`
}

/** `90400` → `1 min 30 s`. */
export function formatDuration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** `1234567` → `1,234,567`. */
export function formatNumber(number: number): string {
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

/** Without the zeros at its end; an expression would look for the end from each zero on. */
export function withoutLastZeros(digits: string): string {
  let end = digits.length
  while (digits[end - 1] === '0') end--
  return digits.slice(0, end)
}

/** `a, b and 3 more`. */
export function joinFirst(items: readonly string[], most: number): string {
  const more = items.length - most
  return `${items.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const MOST_LISTED = 20

/** `"a", "b" and 3 more`. */
export function quoteList(paths: readonly string[]): string {
  return joinFirst(
    paths.map((path) => JSON.stringify(path)),
    MOST_LISTED,
  )
}

/** The name that `word` was most likely meant to be, if any is near enough: about one slip in three characters. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  let best: { readonly name: string; readonly slips: number } | undefined
  for (const name of names) {
    const tolerance = toleranceFor(word, name)
    // What differs by so much in length alone need not be compared.
    if (Math.abs(word.length - name.length) > tolerance) continue
    const slips = distance(word.toLowerCase(), name.toLowerCase(), tolerance)
    if (slips <= tolerance && slips < (best?.slips ?? Infinity)) best = { name, slips }
  }
  return best?.name
}

/** Nobody mistypes a name that is longer; it takes the square of its length to compare. */
const LONGEST_WORD = 200

/** At most so many names are worth a look. */
const MOST_RANKED = 5

/** The names nearest to `word`, however far they are, the nearest first. */
export function rankBySimilarity(word: string, names: readonly string[]): readonly string[] {
  const slips = (name: string) => distance(word.toLowerCase(), name.toLowerCase())
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ name, slips: slips(name) }))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MOST_RANKED)
    .map(({ name }) => name)
}

function toleranceFor(word: string, name: string): number {
  return Math.floor(Math.max(word.length, name.length) / 3)
}

/**
 * The least number of characters to insert, delete, replace or swap with their neighbour ("optimal string alignment").
 * Swaps count once, since they are what fingers get wrong most: `cvs` for `csv`. Infinite once it is surely above `most`.
 */
function distance(a: string, b: string, most = Infinity): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = entryAt(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = isSwap(a, b, { i, j }) ? entryAt(beforeLast, j - 2) + 1 : Infinity
      row.push(Math.min(entryAt(last, j) + 1, entryAt(row, j - 1) + 1, replaced, swapped))
    }
    // Each entry comes of one of the two rows before it, and is no smaller.
    if (isAbove(row, most) && isAbove(last, most)) return Infinity
    beforeLast = last
    last = row
  }
  return entryAt(last, b.length)
}

function isAbove(row: readonly number[], most: number): boolean {
  return row.every((entry) => entry > most)
}

function isSwap(a: string, b: string, { i, j }: { readonly i: number; readonly j: number }): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}

function entryAt(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}

/** Text from files, servers and data, on its way into a log: it commands neither the terminal nor the runner. */
export function escapeUntrusted(text: string): string {
  return escapeCommands(escapeControls(text))
}

/** Control characters, which could rewrite what a terminal or a page shows, are spelled out; line ends stay. */
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
 * What the runner would take for a command: it reads `::name::` at the start of a line and `##[name]` anywhere in one, also
 * in a summary that somebody prints into a log.
 */
export function escapeCommands(text: string): string {
  return escapeOldCommands(text).replace(/^([^\S\n\r\u2028\u2029]*):(?=:)/gm, '$1: ')
}

/** `##[name]` alone, where colons are escaped by other means. */
export function escapeOldCommands(text: string): string {
  return text.replace(/##(?=\[)/g, '# #')
}

/**
 * Whether two paths name one file on some system: Windows and macOS tell neither upper from lower case nor a composed `é`
 * from a decomposed one, and Windows takes `\` for `/`.
 */
export function mayBeOneFile(one: string, other: string): boolean {
  return foldCase(one) === foldCase(other)
}

function foldCase(path: string): string {
  const segments = path.split(/[/\\]/).filter((segment) => segment !== '' && segment !== '.')
  return segments.join('/').normalize('NFC').toLowerCase()
}
