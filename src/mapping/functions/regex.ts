import { ownValue } from '../../lib/json-reader.ts'
import { ValueFault } from '../fault.ts'

export type CompiledRegex = {
  /** Matches the whole string. */
  readonly whole: RegExp
  /** Matches anywhere in the string; `lastIndex` is used. */
  readonly global: RegExp
}

const COMPILED = new Map<string, CompiledRegex>()

/** The cache is cleared at this size, since data can contain any number of patterns. */
const MOST_KEPT = 1000

/**
 * Compiles a regular expression of Java. Syntax that JavaScript writes differently is translated; syntax that it lacks is
 * refused.
 *
 * @throws ValueFault
 */
export function compileRegex(pattern: string): CompiledRegex {
  const known = COMPILED.get(pattern)
  if (known !== undefined) return known
  const { source, flags } = translate(pattern)
  const [start, end] = flags.includes('m') ? [START, END] : ['^', '$']
  const compiled = { whole: build(`${start}(?:${source})${end}`, flags), global: build(source, `${flags}g`) }
  if (COMPILED.size >= MOST_KEPT) COMPILED.clear()
  COMPILED.set(pattern, compiled)
  return compiled
}

/** Replaces every match. As in Java, `$1` and `${name}` are groups, `$0` is the match, and a backslash escapes. */
export function replaceMatches(text: string, pattern: string, replacement: string): string {
  const { global } = compileRegex(pattern)
  global.lastIndex = 0
  let replaced = ''
  let from = 0
  for (const match of text.matchAll(global)) {
    replaced += text.slice(from, match.index) + expand(replacement, match)
    from = match.index + match[0].length
  }
  return replaced + text.slice(from)
}

const MARK = /\\([^])|\$\{(\w+)\}|\$(\d+)|[\\$]/g

/** @throws ValueFault for a group that the pattern does not have */
function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(MARK, (_, escaped?: string, name?: string, digits?: string) => {
    if (escaped !== undefined) return escaped
    if (digits !== undefined) return numberedGroup(digits, match)
    const { groups = {} } = match
    if (name === undefined || !Object.hasOwn(groups, name)) throw wrongReplacement()
    return ownValue(groups, name) ?? ''
  })
}

/** Takes as many digits as name a group; the others stand for themselves. */
function numberedGroup(digits: string, match: RegExpExecArray): string {
  let length = digits.length
  while (length > 0 && Number(digits.slice(0, length)) >= match.length) length--
  if (length === 0) throw wrongReplacement()
  return (match[Number(digits.slice(0, length))] ?? '') + digits.slice(length)
}

function wrongReplacement(): ValueFault {
  return new ValueFault('a replacement that names groups of the regular expression', 'another', 'write "\\$" for a "$"')
}

/** Unlike in Java, `$` does not match before the last line end: a string of several lines is rare in a cell. */
function build(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`)
  } catch (error) {
    // Without the flag, names of Unicode classes would match their own letters.
    if (/\\[pPk]/.test(source)) throw brokenRegex(error)
  }
  try {
    return new RegExp(source, flags)
  } catch (error) {
    throw brokenRegex(error)
  }
}

function brokenRegex(error: unknown): ValueFault {
  const why = error instanceof Error ? (error.message.split(': ').at(-1) ?? '') : ''
  return new ValueFault('a regular expression', 'one that cannot be read', why)
}

type JavaScriptRegex = { readonly source: string; readonly flags: string }

function translate(pattern: string): JavaScriptRegex {
  const [head = '', signs = ''] = /^\(\?([a-zA-Z]+)\)/.exec(pattern) ?? []
  const odd = /[^imsu]/.exec(signs)
  if (odd !== null) throw refuse(`the flag "(?${odd[0]})"`)
  const parts = new RegexTranslation(pattern.slice(head.length))
  return { source: parts.read(), flags: ['i', 'm', 's'].filter((flag) => signs.includes(flag)).join('') }
}

function refuse(what: string): ValueFault {
  return new ValueFault('a regular expression that JavaScript reads as Java does', 'another one', what)
}

/** Where the string begins and ends: with the flag `m`, `^` and `$` stand for each of its lines. */
const START = '(?<![^])'
const END = '(?![^])'

/** `\s` in Java: it excludes the whitespace of other scripts. */
const JAVA_SPACES = ' \\t\\n\\x0B\\f\\r'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['A', START],
  ['z', END],
  ['s', `[${JAVA_SPACES}]`],
  ['S', `[^${JAVA_SPACES}]`],
  ['e', '\\x1B'],
  ['a', '\\x07'],
])

/** Java's ASCII classes. JavaScript has some under the same names, but for all scripts. */
const POSIX: ReadonlyMap<string, string> = new Map([
  ['Lower', 'a-z'],
  ['Upper', 'A-Z'],
  ['Alpha', 'A-Za-z'],
  ['Digit', '0-9'],
  ['Alnum', 'A-Za-z0-9'],
  ['XDigit', '0-9A-Fa-f'],
  ['Blank', ' \\t'],
  ['Space', JAVA_SPACES],
  ['ASCII', '\\x00-\\x7F'],
])

const REFUSED_ESCAPES = /[hHvVRXGZNEQ]/

/** A `?` after one makes it reluctant. */
const QUANTIFIER = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y

class RegexTranslation {
  readonly #pattern: string
  #at = 0
  #source = ''

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  read(): string {
    while (this.#at < this.#pattern.length) this.#part()
    return this.#source
  }

  #part(): void {
    const sign = this.#pattern[this.#at] ?? ''
    const quantifier = this.#match(QUANTIFIER)
    if (quantifier !== undefined) this.#quantify(quantifier)
    else if (sign === '\\') this.#escape(false)
    else if (sign === '[') this.#class()
    else if (sign === '(') this.#group()
    else this.#copy(sign)
  }

  #match(expression: RegExp): string | undefined {
    expression.lastIndex = this.#at
    return expression.exec(this.#pattern)?.[0]
  }

  #copy(part: string): void {
    this.#source += part
    this.#at += part.length
  }

  #quantify(quantifier: string): void {
    this.#copy(quantifier)
    if (this.#pattern[this.#at] === '+') throw refuse('the possessive quantifier "+"')
  }

  #group(): void {
    if (this.#pattern.startsWith('(?>', this.#at)) throw refuse('the atomic group "(?>"')
    // The characters after "(?" are not a quantifier.
    this.#copy(this.#match(/\(\??/y) ?? '(')
  }

  #escape(isInClass: boolean): void {
    const sign = this.#pattern[this.#at + 1] ?? ''
    if (sign === 'Q') this.#quoted()
    else if (this.#posix(isInClass)) return
    else if (REFUSED_ESCAPES.test(sign)) throw refuse(`"\\${sign}"`)
    else {
      const translated = ESCAPES.get(sign)
      const isSpaces = isInClass && sign === 's'
      const kept = translated === undefined || isInClass
      this.#source += isSpaces ? JAVA_SPACES : kept ? `\\${sign}` : translated
      this.#at += 2
    }
  }

  /** Whether an ASCII class was read. */
  #posix(isInClass: boolean): boolean {
    const written = this.#match(/\\[pP]\{\w+\}/y)
    const signs = written === undefined ? undefined : POSIX.get(written.slice(3, -1))
    if (written === undefined || signs === undefined) return false
    const isNegated = written.startsWith('\\P')
    if (isInClass && isNegated) throw refuse(`"${written}" in a class`)
    this.#source += isInClass ? signs : `[${isNegated ? '^' : ''}${signs}]`
    this.#at += written.length
    return true
  }

  /** `\Q…\E`: every character stands for itself. */
  #quoted(): void {
    const end = this.#pattern.indexOf('\\E', this.#at)
    const stop = end === -1 ? this.#pattern.length : end
    this.#source += this.#pattern.slice(this.#at + 2, stop).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    this.#at = end === -1 ? stop : end + 2
  }

  #class(): void {
    this.#copy(this.#match(/\[\^?/y) ?? '[')
    // As the first character, "]" is a member of the class.
    if (this.#pattern[this.#at] === ']') {
      this.#source += '\\]'
      this.#at++
    }
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']') this.#inClass()
    if (this.#at < this.#pattern.length) this.#copy(']')
  }

  #inClass(): void {
    const sign = this.#pattern[this.#at] ?? ''
    if (sign === '[') throw refuse('a class within a class')
    if (this.#pattern.startsWith('&&', this.#at)) throw refuse('the intersection "&&"')
    if (sign === '\\') this.#escape(true)
    else this.#copy(sign)
  }
}
