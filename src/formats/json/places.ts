import { JsonCompactor } from './compactor.ts'
import { MalformedJson } from './grammar.ts'
import { type Extent, type RowIssue, extentOf } from '../record.ts'

/**
 * Where in a record's JSON text the value stands that a JSON pointer names, seen from the start of the text. What is
 * missing stands where the last thing on its way does. Slow: for findings, not for rows.
 */
export function placeOf(text: string, pointer: string): Extent {
  let at = skipBlanks(text, 0)
  for (const name of namesOf(pointer)) {
    const child = childAt(text, at, name)
    if (child === undefined) break
    at = child
  }
  return extentOf(text.slice(0, at))
}

/** RFC 6901. */
function namesOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Of members with one name the last counts, as it does for `JSON.parse`. */
function childAt(text: string, at: number, name: string): number | undefined {
  let found: number | undefined
  if (text[at] === '{') {
    for (const member of members(text, at)) if (member.name === name) found = member.at
  }
  if (text[at] === '[') {
    for (const item of items(text, at)) if (item.name === name) return item.at
  }
  return found
}

type Child = { readonly name: string; readonly at: number }

function* members(text: string, open: number): Generator<Child> {
  let at = skipBlanks(text, open + 1)
  while (text[at] === '"') {
    const nameEnd = stringEnd(text, at)
    const value = skipBlanks(text, skipBlanks(text, nameEnd) + 1)
    yield { name: unquote(text.slice(at, nameEnd)), at: value }
    at = nextChild(text, value)
  }
}

function* items(text: string, open: number): Generator<Child> {
  let at = skipBlanks(text, open + 1)
  for (let index = 0; at < text.length && text[at] !== ']'; index++) {
    yield { name: String(index), at }
    at = nextChild(text, at)
  }
}

function unquote(quoted: string): string {
  const name: unknown = JSON.parse(quoted)
  return String(name)
}

/** The child behind the comma, or the closing bracket. */
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

/** Behind the first quote that no odd number of backslashes stands before. */
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
 * What is wrong with a text that is not one JSON value, and where. Slow: it is made for the few places that are shown, and
 * goes by the grammar of tokens, since the messages of `JSON.parse` quote the data.
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
