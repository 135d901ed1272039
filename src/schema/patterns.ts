import type { Field } from './field.ts'

/**
 * Whether matching a string with a pattern of the schema may take any time. A match can't be interrupted within its
 * thread, so such rows need a thread that can be ended.
 */
export function hasSlowPattern(field: Field): boolean {
  switch (field.kind) {
    case 'string':
      return field.pattern !== undefined && isSlowPattern(field.pattern)
    case 'object':
      return Array.from(field.fields.values()).some(hasSlowPattern)
    case 'map':
      return hasSlowPattern(field.values)
    case 'array':
      return hasSlowPattern(field.items)
    default:
      return false
  }
}

/**
 * Counts the paths that the engine may take through the pattern; in the worst case it backtracks through all of them. A
 * pattern is slow if their number grows faster than the length of the string. Many such patterns are fast on every
 * string: a false alarm only costs the start of a thread.
 */
export function isSlowPattern({ source, unicode }: RegExp): boolean {
  const { alternatives, effort } = new PatternReader(source, unicode).read()
  // Without an anchor, a match may begin at every character.
  const isAnchored = source.startsWith('^') && alternatives === 1
  const degree = effort.degree + (isAnchored ? 0 : 1)
  return degree > 1 || effort.ways * effort.steps > (degree === 0 ? MOST_STEPS : MOST_STEPS_EACH)
}

/** A few milliseconds. */
const MOST_STEPS = 1_000_000

/** For each character of a string. This thread reads at most 1 MiB, so this is some tenths of a second. */
const MOST_STEPS_EACH = 200

/**
 * The effort of a part of a pattern: how many paths lead through it, times the length of the string to the power of
 * `degree`.
 */
type Effort = {
  readonly ways: number
  readonly degree: number
  /** Along one path. */
  readonly steps: number
}

const ONE_STEP: Effort = { ways: 1, degree: 0, steps: 1 }

/** Too much to wait for, or unknown. */
const ANY_EFFORT: Effort = { ways: Infinity, degree: Infinity, steps: Infinity }

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y

/** Reads a pattern that JavaScript has accepted. */
class PatternReader {
  readonly #source: string
  readonly #unicode: boolean
  #at = 0

  constructor(source: string, unicode: boolean) {
    this.#source = source
    this.#unicode = unicode
  }

  /** Reads up to the end of the group, or of the pattern. */
  read(): { readonly alternatives: number; readonly effort: Effort } {
    let alternatives = 1
    let effort = this.#readSequence()
    for (; this.#take('|'); alternatives++) effort = either(effort, this.#readSequence())
    return { alternatives, effort }
  }

  #readSequence(): Effort {
    let effort = ONE_STEP
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at)))
      effort = both(effort, this.#readRepeated())
    return effort
  }

  #readRepeated(): Effort {
    const part = this.#readPart()
    QUANTIFIER.lastIndex = this.#at
    const found = QUANTIFIER.exec(this.#source)
    if (found === null) return part
    this.#at = QUANTIFIER.lastIndex
    const [sign, least = '', comma, most = ''] = found
    if (sign.startsWith('?')) return repeated(part, 0, 1)
    if (least === '') return repeated(part, 0, Infinity)
    const end = comma === '' ? Number(least) : most === '' ? Infinity : Number(most)
    return repeated(part, Number(least), end)
  }

  #readPart(): Effort {
    if (this.#take('(')) return this.#readGroup()
    if (this.#take('[')) return this.#skipClass()
    if (this.#take('\\')) return this.#readEscape()
    this.#at++
    return ONE_STEP
  }

  #readGroup(): Effort {
    const isKnown = this.#take('?:') || !this.#source.startsWith('?', this.#at)
    const { effort } = this.read()
    this.#at++
    return isKnown ? effort : ANY_EFFORT
  }

  #skipClass(): Effort {
    while (this.#at < this.#source.length && !this.#take(']'))
      this.#at += this.#source.startsWith('\\', this.#at) ? 2 : 1
    return ONE_STEP
  }

  /** The length of a back reference's match is unlimited. */
  #readEscape(): Effort {
    const sign = this.#source.charAt(this.#at++)
    const hasBraces = this.#unicode && /[pPu]/.test(sign) && this.#source.startsWith('{', this.#at)
    if (hasBraces) this.#at = this.#source.indexOf('}', this.#at) + 1
    return /[1-9k]/.test(sign) ? ANY_EFFORT : ONE_STEP
  }

  #take(text: string): boolean {
    if (!this.#source.startsWith(text, this.#at)) return false
    this.#at += text.length
    return true
  }
}

function both(one: Effort, other: Effort): Effort {
  return { ways: one.ways * other.ways, degree: one.degree + other.degree, steps: one.steps + other.steps }
}

function either(one: Effort, other: Effort): Effort {
  return {
    ways: one.ways + other.ways,
    degree: Math.max(one.degree, other.degree),
    steps: Math.max(one.steps, other.steps),
  }
}

/** A part that matches in two ways, repeated without limit, doubles the number of paths with each character. */
function repeated({ ways, degree, steps }: Effort, least: number, most: number): Effort {
  if (most === 0) return ONE_STEP
  const isOneWay = ways === 1 && degree === 0
  if (most === Infinity) return isOneWay ? { ways, degree: 1, steps: steps * (least + 1) } : ANY_EFFORT
  return { ways: (most - least + 1) * ways ** most, degree: degree * most, steps: steps * most }
}
