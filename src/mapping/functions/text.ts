import { ValueFault } from '../fault.ts'
import { type Value, countOf, isArrayValue, textOf, valueOf, wrongValue } from '../value.ts'
import { type FunctionTable, SEEN } from './function.ts'
import { compileRegex } from './regex.ts'

type TextCall = (text: string, ...args: Value[]) => Value

/** Returns null for null, and calls the function with any other value as a string. */
function ofText(call: TextCall): (...args: Value[]) => Value {
  return (value = null, ...args) => (value === null ? null : call(textOf(value), ...args))
}

const whenRegex = (at: number) => (args: readonly (Value | undefined)[]) => {
  const pattern = args[at]
  if (typeof pattern === 'string') compileRegex(pattern)
}

const lower = ofText((text) => text.toLowerCase())
const upper = ofText((text) => text.toUpperCase())

export const TEXT_FUNCTIONS: FunctionTable = {
  concat: {
    signature: 'concat(s, …)',
    line: 'Joins strings. Null counts as an empty string; if all are null, the result is null.',
    examples: [
      ['concat("Hi, ", "there", "!")', '"Hi, there!"'],
      ['concat("n=", 20.0)', '"n=20.0"'],
    ],
    least: 1,
    most: Infinity,
    returns: 'text',
    callIn: (scope, ...parts) => {
      let text = ''
      let nulls = 0
      for (const part of parts) {
        if (part === null) nulls++
        else text += textOf(part)
      }
      if (nulls > 0) scope.seen |= SEEN.emptyPart
      return nulls === parts.length ? null : text
    },
  },
  explode: {
    signature: 'explode(s, regex=",")',
    line: 'Splits a string by a regular expression. Empty parts at the end are dropped.',
    examples: [
      ['explode("id1|id2", \'\\\\|\')', '["id1","id2"]'],
      ['explode("a,b,,")', '["a","b"]'],
    ],
    least: 1,
    most: 2,
    returns: 'array',
    isSlow: true,
    checkLiterals: whenRegex(1),
    call: ofText((text, regex = ',') => splitByRegex(text, textOf(regex ?? ','))),
  },
  split: {
    signature: 'split(s, characters)',
    line: 'Splits a string at each of these characters. Empty parts are dropped.',
    examples: [
      ['split("Hello world", " ")', '["Hello","world"]'],
      ['split("a,b;c", ",;")', '["a","b","c"]'],
    ],
    least: 2,
    most: 2,
    returns: 'array',
    call: ofText((text, characters = null) => splitAtAny(text, characters === null ? ' \t\n\r\f' : textOf(characters))),
  },
  join: {
    signature: 'join(separator, array)',
    line: 'Joins the elements of an array, or several values. Null counts as an empty string.',
    examples: [['join(" ", to_array(true, "Hello", "world"))', '"Hello world"']],
    least: 2,
    most: Infinity,
    returns: 'text',
    call: (separator = null, ...parts) => joinTexts(separator, parts),
  },
  instr: {
    signature: 'instr(s, part, start=0, occurrence=1)',
    line: 'The position of a part, counted from 0; -1 if it is missing.',
    examples: [
      ['instr("adobe.com", "com")', '6'],
      ['instr("abcabc", "b", 2)', '4'],
    ],
    least: 2,
    most: 4,
    returns: 'number',
    call: ofText((text, part = null, start = 0, nth = 1) => {
      if (part === null) return null
      return placeOf(text, textOf(part), { start: countOf(start), nth: countOf(nth) })
    }),
  },
  replacestr: {
    signature: 'replacestr(s, find, replacement)',
    line: 'Replaces every occurrence of a string, taken literally.',
    examples: [['replacestr("a.b.c", ".", "-")', '"a-b-c"']],
    least: 3,
    most: 3,
    returns: 'text',
    call: ofText((text, find = null, by = null) => {
      const sought = find === null ? '' : textOf(find)
      return sought === '' ? text : text.replaceAll(sought, () => (by === null ? '' : textOf(by)))
    }),
  },
  substr: {
    signature: 'substr(s, start, length)',
    line: 'Part of a string, counted from 0.',
    examples: [
      ['substr("This is a substring test", 7, 8)', '" a subst"'],
      ['substr("abc", 1, 10)', '"bc"'],
    ],
    least: 3,
    most: 3,
    returns: 'text',
    call: ofText((text, start = null, length = null) => {
      const [from, size] = [countOf(start), countOf(length)]
      if (from < 0 || size < 0) throw new ValueFault('a start and a length of 0 or more', 'a negative number')
      return text.slice(from, from + size)
    }),
  },
  lower: {
    signature: 'lower(s)',
    aliases: ['lcase'],
    line: 'Lower case.',
    examples: [['lower("HeLLo")', '"hello"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: lower,
  },
  upper: {
    signature: 'upper(s)',
    aliases: ['ucase'],
    line: 'Upper case.',
    examples: [['upper("HeLLo")', '"HELLO"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: upper,
  },
  lpad: {
    signature: 'lpad(s, length, padding)',
    line: 'Pads on the left. Never shortens.',
    examples: [['lpad("bat", 8, "yz")', '"yzyzybat"']],
    least: 3,
    most: 3,
    returns: 'text',
    call: ofText((text, length = null, padding = null) => paddingOf(text, length, padding) + text),
  },
  rpad: {
    signature: 'rpad(s, length, padding)',
    line: 'Pads on the right. Never shortens.',
    examples: [['rpad("bat", 8, "yz")', '"batyzyzy"']],
    least: 3,
    most: 3,
    returns: 'text',
    call: ofText((text, length = null, padding = null) => text + paddingOf(text, length, padding)),
  },
  left: {
    signature: 'left(s, length)',
    line: 'The first characters.',
    examples: [['left("abcde", 2)', '"ab"']],
    least: 2,
    most: 2,
    returns: 'text',
    call: ofText((text, length = null) => text.slice(0, Math.max(0, countOf(length)))),
  },
  right: {
    signature: 'right(s, length)',
    line: 'The last characters.',
    examples: [['right("abcde", 2)', '"de"']],
    least: 2,
    most: 2,
    returns: 'text',
    call: ofText((text, length = null) => text.slice(Math.max(0, text.length - Math.max(0, countOf(length))))),
  },
  ltrim: {
    signature: 'ltrim(s)',
    line: 'Removes whitespace at the start.',
    examples: [['ltrim(" hello ")', '"hello "']],
    least: 1,
    most: 1,
    returns: 'text',
    call: ofText((text) => text.trimStart()),
  },
  rtrim: {
    signature: 'rtrim(s)',
    line: 'Removes whitespace at the end.',
    examples: [['rtrim(" hello ")', '" hello"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: ofText((text) => text.trimEnd()),
  },
  trim: {
    signature: 'trim(s)',
    line: 'Removes whitespace at both ends.',
    examples: [['trim(" hello ")', '"hello"']],
    least: 1,
    most: 1,
    returns: 'text',
    call: ofText((text) => text.trim()),
  },
  extract_regex: {
    signature: 'extract_regex(s, regex)',
    line: 'The first match and its groups, as an array; null without a match.',
    examples: [['extract_regex("E259,E259B_009,1_1", "([^,]+),[^,]*,([^,]+)")', '["E259,E259B_009,1_1","E259","1_1"]']],
    least: 2,
    most: 2,
    returns: 'array',
    isSlow: true,
    checkLiterals: whenRegex(1),
    call: ofText((text, regex = null) => firstMatch(text, regex)),
  },
  matches_regex: {
    signature: 'matches_regex(s, regex)',
    line: 'Whether the whole string matches a regular expression.',
    examples: [
      ['matches_regex("E259,E259B_009,1_1", "([^,]+),[^,]*,([^,]+)")', 'true'],
      ['matches_regex("abc", "b")', 'false'],
    ],
    least: 2,
    most: 2,
    returns: 'boolean',
    isSlow: true,
    checkLiterals: whenRegex(1),
    call: ofText((text, regex = null) => compileRegex(textOf(regex)).whole.test(text)),
  },
}

/** As Java's `String.split`: no empty parts at the end, and none before an empty match at the beginning. */
function splitByRegex(text: string, pattern: string): readonly string[] {
  if (LITERAL.test(pattern)) return text === '' ? [text] : withoutLastEmpty(text.split(pattern))
  const { global } = compileRegex(pattern)
  const parts: string[] = []
  let from = 0
  global.lastIndex = 0
  for (const match of text.matchAll(global)) {
    if (match[0] === '' && (match.index === 0 || match.index === text.length)) continue
    parts.push(text.slice(from, match.index))
    from = match.index + match[0].length
  }
  if (from === 0 && parts.length === 0) return [text]
  parts.push(text.slice(from))
  return withoutLastEmpty(parts)
}

/** A separator without special characters of regular expressions: splitting at the literal string is faster. */
const LITERAL = /^[\w ,;:/@=&<>#%~!"'-]+$/

function withoutLastEmpty(parts: readonly string[]): readonly string[] {
  let end = parts.length
  while (parts[end - 1] === '') end--
  return end === parts.length ? parts : parts.slice(0, end)
}

function splitAtAny(text: string, characters: string): readonly string[] {
  const marks = new Set(characters)
  const parts: string[] = []
  let part = ''
  for (const sign of text) {
    if (!marks.has(sign)) part += sign
    else if (part !== '') {
      parts.push(part)
      part = ''
    }
  }
  return part === '' ? parts : [...parts, part]
}

function joinTexts(separator: Value, parts: readonly Value[]): Value {
  const [first = null, ...others] = parts
  if (others.length === 0 && first === null) return null
  const items = others.length === 0 && isArrayValue(first) ? first.map(valueOf) : parts
  return items.map((item) => (item === null ? '' : textOf(item))).join(separator === null ? '' : textOf(separator))
}

type SoughtPlace = { readonly start: number; readonly nth: number }

function placeOf(text: string, part: string, { start, nth }: SoughtPlace): number {
  let at = text.indexOf(part, start)
  // An empty string is found at every position, and repeatedly at the end.
  for (let found = 1; found < nth && at !== -1; found++) at = at === text.length ? -1 : text.indexOf(part, at + 1)
  return at
}

/** Longer than any sensible padding. */
const LONGEST_PADDED = 1_000_000

function paddingOf(text: string, length: Value, padding: Value): string {
  const [size, given] = [countOf(length), padding === null ? '' : textOf(padding)]
  if (size > LONGEST_PADDED) throw wrongValue(`a length of at most ${LONGEST_PADDED}`, length)
  return ''.padStart(size - text.length, given === '' ? ' ' : given)
}

function firstMatch(text: string, regex: Value): Value {
  const { global } = compileRegex(textOf(regex))
  global.lastIndex = 0
  const match = global.exec(text)
  return match === null ? null : Array.from(match, (group) => group ?? null)
}
