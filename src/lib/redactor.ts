/** Removes secrets from texts before people or programs read them. */
export type Redactor = { readonly add: (secret: string) => void; readonly redact: (text: string) => string }

/**
 * A server may quote what it was sent, whole or in part, in JSON, in a URL, in a page, in base64, or in several of
 * these nested, and our own Markdown spells characters as entities. A text is therefore compared as it is and unwrapped
 * step by step. A match that begins like a secret is removed up to where it differs, if it is too long to be a
 * coincidence or if the text was cut there.
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

/** A shorter secret would match in any text. */
const SHORTEST_SECRET = 4
/** A match of this length is not a coincidence. Where a text was cut, `SURE_CUT` characters are enough. */
const SURE_LENGTH = 16
const SURE_CUT = 8

/**
 * The secret as it appears within other text in base64, at any offset: without the characters shared with its
 * neighbours.
 */
function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)])
    const text = bytes.toString('base64').replace(/=+$/, '')
    const form = text.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1)
    return form.length < SURE_CUT ? [] : [form, form.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** The escapes of JSON, URLs and HTML, and those that `escapeControls` and Markdown put around a character. */
const WRAPPED =
  /\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\["'\\/bfnrt]|%[0-9a-f]{2}|&(?:[a-z]{2,4}|#\d{1,7}|#x[0-9a-f]{1,6});|<\/?span>/gi

/** The deepest nesting seen in practice; more layers would only cost time. */
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

/** The text as it is, followed by its unwrapped layers. */
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

/**
 * A layer of a text and, for each of its characters, where it begins in the original; the last entry is the original's
 * end.
 */
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
