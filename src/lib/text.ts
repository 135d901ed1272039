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

/** Without the zeros at its end; an expression would look for the end from each zero on. */
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

const MOST_LISTED = 20

/** A line for each: `- a`, and for those that nobody would read any more `- and 1,980 more files`. */
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

/** Takes secrets out of texts on their way to people and programs. */
export type Redactor = { readonly add: (secret: string) => void; readonly redact: (text: string) => string }

/**
 * A server may quote what it was sent, whole or in part, in JSON, in a URL, in a page, packed in base64, or one within the
 * other, and our own Markdown spells characters as entities: so a text is compared as it stands, and unwrapped step by step.
 * What begins as a secret does is taken out as far as it goes on like it, if that is far enough to be no chance, or if the
 * text was cut there.
 */
export function createRedactor(): Redactor {
  const needles = new Set<string>()
  return {
    add(secret) {
      for (const form of [secret, ...base64Forms(secret)]) {
        if (form.length >= SHORTEST_SECRET) needles.add(form).add(unwrap(form).at(-1) ?? form)
      }
    },
    redact(text) {
      const heads = Array.from(needles, (needle) => needle.slice(0, SURE_CUT))
      const isHit = unwrap(text).some((layer) => heads.some((head) => layer.includes(head)))
      return isHit ? replaceRanges(text, secretRanges(text, needles)) : text
    },
  }
}

/** What is shorter is found in any text. */
const SHORTEST_SECRET = 4
/** So much of a secret is no chance; less is none where a text was cut. */
const SURE_LENGTH = 16
const SURE_CUT = 8

/** As it stands within other text in base64, wherever it begins: without the characters that its neighbours share. */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
    const text = bytes.toString('base64').replace(/=+$/, '')
    const form = text.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1)
    return form.length < SURE_CUT ? [] : [form, form.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** Of JSON, URLs and HTML, and what {@link escapeControls} and Markdown put around a character. */
const WRAPPED =
  /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/bfnrt]|%[0-9a-f]{2}|&(?:[a-z]{2,4}|#\d{1,7}|#x[0-9a-f]{1,6});|<\/?span>/gi

/** As many as are met one within the other; more would only cost time. */
const MOST_LAYERS = 5

const NAMED: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['\\b', '\b'],
  ['\\f', '\f'],
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
])

function unwrapOne(wrapped: string): string {
  const named = NAMED.get(wrapped)
  if (named !== undefined) return named
  if (wrapped.startsWith('<')) return ''
  if (wrapped.startsWith('&#')) return characterOf(Number(wrapped.slice(2, -1).replace(/^x/i, '0x')))
  if (/^(?:%|\\[ux]..)/i.test(wrapped)) return characterOf(parseInt(wrapped.replace(/^\\?./, ''), 16))
  return wrapped.startsWith('\\') ? wrapped.slice(1) : wrapped
}

function characterOf(code: number): string {
  return code <= 0xffff ? String.fromCharCode(code) : ''
}

/** The text as it stands, and what it holds one layer after the other. */
function unwrap(text: string): readonly string[] {
  const layers = [text]
  for (let layer = text; layers.length < MOST_LAYERS;) {
    const next = layer.replace(WRAPPED, unwrapOne)
    if (next === layer) break
    layers.push(next)
    layer = next
  }
  return layers
}

type TextRange = { readonly start: number; readonly end: number }

/** A layer of a text, and where each of its characters begins in the text itself; behind the last, where that ends. */
type MappedLayer = { readonly text: string; readonly starts: Uint32Array }

function secretRanges(text: string, needles: ReadonlySet<string>): readonly TextRange[] {
  const found: TextRange[] = []
  let layer: MappedLayer = { text, starts: Uint32Array.from({ length: text.length + 1 }, (_, at) => at) }
  for (let depth = 0; depth < MOST_LAYERS; depth++) {
    for (const needle of needles) for (const range of rangesOf(needle, layer)) found.push(range)
    layer = unwrapMapped(layer)
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function unwrapMapped({ text, starts }: MappedLayer): MappedLayer {
  const parts: string[] = []
  const moved = new Uint32Array(starts.length)
  let length = 0
  let at = 0
  const copyTo = (end: number) => {
    parts.push(text.slice(at, end))
    for (; at < end; at++) moved[length++] = starts[at] ?? 0
  }
  for (const { 0: wrapped, index } of text.matchAll(WRAPPED)) {
    copyTo(index)
    const plain = unwrapOne(wrapped)
    parts.push(plain)
    for (const _ of plain) moved[length++] = starts[index] ?? 0
    at = index + wrapped.length
  }
  copyTo(text.length)
  moved[length] = starts[text.length] ?? 0
  return { text: parts.join(''), starts: moved }
}

function* rangesOf(needle: string, { text, starts }: MappedLayer): Generator<TextRange> {
  const head = needle.slice(0, SURE_CUT)
  for (let at = text.indexOf(head), end = at; at !== -1; at = text.indexOf(head, end)) {
    end = at + commonLength(needle, text, at)
    const isCut = text[end] === '…' || end === text.length
    const isSure = isCut || end - at >= Math.min(needle.length, SURE_LENGTH)
    if (isSure) yield { start: starts[at] ?? 0, end: starts[end] ?? 0 }
    else end = at + 1
  }
}

function commonLength(needle: string, text: string, at: number): number {
  let length = 0
  while (length < needle.length && needle[length] === text[at + length]) length++
  return length
}

function replaceRanges(text: string, ranges: readonly TextRange[]): string {
  const parts: string[] = []
  let at = 0
  for (const { start, end } of ranges) {
    if (start >= at) parts.push(text.slice(at, start), '***')
    at = Math.max(at, end)
  }
  return parts.join('') + text.slice(at)
}
