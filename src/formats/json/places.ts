import { pointerSegments } from '../../lib/json-pointer.ts'
import { JsonCompactor } from './compactor.ts'
import { MalformedJson } from './grammar.ts'
import { type Extent, type RowIssue, extentOf } from '../record.ts'

/**
 * Finds where the values of a record are in its JSON text, relative to its start. A missing value gets the place of the
 * last existing part of its path. Slow: meant for findings, not for rows. But each object and array on a path is
 * searched only once, however many of its values are requested.
 */
export class JsonPlaces {
  readonly #text: string
  readonly #members = new Map<number, ReadonlyMap<string, number>>()
  readonly #items = new Map<number, readonly number[]>()
  #feeds: readonly number[] | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** The extent before the value that a JSON pointer names. */
  of(pointer: string): Extent {
    let at = skipBlanks(this.#text, 0)
    for (const name of pointerSegments(pointer)) {
      const child = this.#childAt(at, name)
      if (child === undefined) break
      at = child
    }
    return this.#extentTo(at)
  }

  #childAt(at: number, name: string): number | undefined {
    if (this.#text[at] === '{') return this.#membersAt(at).get(name)
    if (this.#text[at] === '[' && /^\d+$/.test(name)) return this.#itemsAt(at)[Number(name)]
    return undefined
  }

  #membersAt(at: number): ReadonlyMap<string, number> {
    // Of members with the same name, the last one counts, as with `JSON.parse`.
    const found = this.#members.get(at) ?? new Map(members(this.#text, at))
    this.#members.set(at, found)
    return found
  }

  #itemsAt(at: number): readonly number[] {
    const found = this.#items.get(at) ?? [...items(this.#text, at)]
    this.#items.set(at, found)
    return found
  }

  #extentTo(at: number): Extent {
    this.#feeds ??= lineFeeds(this.#text)
    const lines = countBelow(this.#feeds, at)
    return { lines, columns: at - (lines === 0 ? 0 : (this.#feeds[lines - 1] ?? 0) + 1) }
  }
}

function lineFeeds(text: string): readonly number[] {
  const feeds: number[] = []
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) feeds.push(at)
  return feeds
}

/** How many of these ascending numbers are below `end`. */
function countBelow(rising: readonly number[], end: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] ?? end) < end) low = middle + 1
    else high = middle
  }
  return low
}

/** The names of an object's members, and where their values begin. */
function* members(text: string, open: number): Generator<readonly [name: string, at: number]> {
  let at = skipBlanks(text, open + 1)
  while (text[at] === '"') {
    const nameEnd = stringEnd(text, at)
    const value = skipBlanks(text, skipBlanks(text, nameEnd) + 1)
    yield [unquote(text.slice(at, nameEnd)), value]
    at = nextChild(text, value)
  }
}

/** Where the items of an array begin. */
function* items(text: string, open: number): Generator<number> {
  let at = skipBlanks(text, open + 1)
  while (at < text.length && text[at] !== ']') {
    yield at
    const next = nextChild(text, at)
    // Invalid JSON can keep the position from advancing.
    if (next === at) return
    at = next
  }
}

function unquote(quoted: string): string {
  const name: unknown = JSON.parse(quoted)
  return String(name)
}

/** The child after the comma, or the closing bracket. */
function nextChild(text: string, at: number): number {
  const end = skipBlanks(text, valueEnd(text, at))
  return text[end] === ',' ? skipBlanks(text, end + 1) : end
}

const BLANKS = /[ \t\r\n]*/y
const SCALAR = /[^\s,\]}]*/y
const MARK = /["{}[\]]/g

function skipBlanks(text: string, at: number): number {
  BLANKS.lastIndex = at
  BLANKS.test(text)
  return Math.max(at, BLANKS.lastIndex)
}

function valueEnd(text: string, at: number): number {
  if (text[at] === '"') return stringEnd(text, at)
  if (text[at] === '{' || text[at] === '[') return containerEnd(text, at)
  SCALAR.lastIndex = at
  SCALAR.test(text)
  return Math.max(at, SCALAR.lastIndex)
}

function containerEnd(text: string, open: number): number {
  let depth = 0
  let at = open
  do {
    MARK.lastIndex = at
    const mark = MARK.exec(text)
    if (mark === null) return text.length
    at = mark[0] === '"' ? stringEnd(text, mark.index) : mark.index + 1
    if (mark[0] === '{' || mark[0] === '[') depth++
    else if (mark[0] !== '"') depth--
  } while (depth > 0)
  return at
}

/** The position after the first quote that is preceded by an even number of backslashes. */
function stringEnd(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at
    while (text[before - 1] === '\\') before--
    if ((at - before) % 2 === 0) return at + 1
  }
  return text.length
}

export type BrokenJson = { readonly issue: RowIssue; readonly at: Extent }

/**
 * Describes why a text is not one JSON value, and where. Slow: used only for the few findings that are shown. Uses the
 * grammar of tokens because the messages of `JSON.parse` quote the data.
 */
export function brokenJson(text: string): BrokenJson {
  const bytes = Buffer.from(text)
  const compactor = new JsonCompactor()
  try {
    compactor.write(bytes)
    compactor.end()
  } catch (error) {
    if (!(error instanceof MalformedJson)) throw error
    return { issue: corruptIssue(error), at: extentOf(bytes.subarray(0, error.place.offset).toString()) }
  }
  const more = compactor.records > 1
  const found = more ? 'more than one' : 'a number, a word or an escape that JSON does not know'
  return { issue: corruptIssue({ expected: more ? 'one object' : 'JSON', found }), at: extentOf('') }
}

function corruptIssue({ expected, found }: { readonly expected: string; readonly found: string }): RowIssue {
  return { code: 'corrupt-record', level: 'error', fate: 'rejected', path: '', expected, received: found }
}
