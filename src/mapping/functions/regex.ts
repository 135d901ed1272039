import { ValueFault } from '../fault.ts'

export type CompiledRegex = {
  /** Matches the whole text. */
  readonly whole: RegExp
  /** Matches somewhere in it; `lastIndex` is used. */
  readonly global: RegExp
}

const COMPILED = new Map<string, CompiledRegex>()

/** Patterns that come from data are compiled anew once there are so many. */
const MOST_KEPT = 1000

/**
 * A regular expression of Java. What JavaScript writes otherwise is translated; what it does not have is refused.
 *
 * @throws ValueFault
 */
export function compileRegex(pattern: string): CompiledRegex {
  const known = COMPILED.get(pattern)
  if (known !== undefined) return known
  const { source, flags } = translate(pattern)
  const compiled = { whole: build(`^(?:${source})$`, flags), global: build(source, `${flags}g`) }
  if (COMPILED.size >= MOST_KEPT) COMPILED.clear()
  COMPILED.set(pattern, compiled)
  return compiled
}

/** Java's `$` before the last line end is not followed: a text of several lines is rare in a cell. */
function build(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`)
  } catch (error) {
    // Names of Unicode classes mean nothing without the flag, and would match their own letters.
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
  return new ValueFault('a regular expression', `one that cannot be read (${why})`)
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
  return new ValueFault('a regular expression that JavaScript reads as Java does', what)
}

/** What Java means by `\s`: not the blanks of other scripts. */
const JAVA_SPACES = ' \\t\\n\\x0B\\f\\r'

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['A', '^'],
  ['z', '$'],
  ['s', `[${JAVA_SPACES}]`],
  ['S', `[^${JAVA_SPACES}]`],
  ['e', '\\x1B'],
  ['a', '\\x07'],
])

const REFUSED_ESCAPES = /[hHvVRXGZNEQ]/

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
    if (sign === '\\') this.#escape(false)
    else if (sign === '[') this.#class()
    else if (sign === '(') this.#group()
    else this.#sign(sign)
  }

  #sign(sign: string): void {
    const isPossessive =
      sign === '+' && /[*+?}]/.test(this.#pattern[this.#at - 1] ?? '') && !this.#isEscaped(this.#at - 1)
    if (isPossessive) throw refuse('the possessive quantifier "+"')
    this.#source += sign
    this.#at++
  }

  #isEscaped(at: number): boolean {
    let slashes = 0
    while (this.#pattern[at - 1 - slashes] === '\\') slashes++
    return slashes % 2 === 1
  }

  #group(): void {
    if (this.#pattern.startsWith('(?>', this.#at)) throw refuse('the atomic group "(?>"')
    this.#source += '('
    this.#at++
  }

  #escape(isInClass: boolean): void {
    const sign = this.#pattern[this.#at + 1] ?? ''
    if (sign === 'Q') this.#quoted()
    else if (REFUSED_ESCAPES.test(sign)) throw refuse(`"\\${sign}"`)
    else {
      const translated = ESCAPES.get(sign)
      const isSpaces = isInClass && sign === 's'
      const kept = translated === undefined || isInClass
      this.#source += isSpaces ? JAVA_SPACES : kept ? `\\${sign}` : translated
      this.#at += 2
    }
  }

  /** `\Q…\E`: every sign stands for itself. */
  #quoted(): void {
    const end = this.#pattern.indexOf('\\E', this.#at)
    const stop = end === -1 ? this.#pattern.length : end
    this.#source += this.#pattern.slice(this.#at + 2, stop).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    this.#at = end === -1 ? stop : end + 2
  }

  #class(): void {
    this.#source += '['
    this.#at++
    if (this.#pattern[this.#at] === '^') this.#sign('^')
    // As the first sign, "]" is one of the class.
    if (this.#pattern[this.#at] === ']') {
      this.#source += '\\]'
      this.#at++
    }
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']') this.#inClass()
    this.#source += ']'
    this.#at++
  }

  #inClass(): void {
    const sign = this.#pattern[this.#at] ?? ''
    if (sign === '[') throw refuse('a class within a class')
    if (this.#pattern.startsWith('&&', this.#at)) throw refuse('the intersection "&&"')
    if (sign === '\\') this.#escape(true)
    else {
      this.#source += sign
      this.#at++
    }
  }
}
