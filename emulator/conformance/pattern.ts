import { isObject, ownValue } from '../json.ts'

/** `emulator`: its seeded data is known. `sandbox`: a real one, for which only the documents make promises. */
export type Target = 'emulator' | 'sandbox'

/** A place in an answer, with the target that answered and a way to fill the placeholders of the table. */
export type Place = { readonly at: string; readonly target: Target; fill(text: string): string }

/** A difference from the documents. `at` names the place in the words of the table, without real ids. */
export type Difference = { readonly at: string; readonly expected: string; readonly got: unknown }

/**
 * The form that an answer must have: a {@link Matcher}; an object, whose other properties are not compared; an array of
 * the same length; or a value, whose placeholders (`{B}`) are filled in.
 */
export type Pattern = unknown

/** A pattern that a plain value cannot express. */
export class Matcher {
  readonly says: string
  readonly compare: (got: unknown, place: Place) => readonly Difference[]

  constructor(says: string, compare: Matcher['compare']) {
    this.says = says
    this.compare = compare
  }
}

export function differences(pattern: Pattern, got: unknown, place: Place): readonly Difference[] {
  const { at } = place
  if (pattern instanceof Matcher) return pattern.compare(got, place)
  if (Array.isArray(pattern)) return compareArrays(pattern, got, place)
  if (isObject(pattern)) {
    if (!isObject(got)) return [{ at, expected: 'an object', got }]
    return Object.entries(pattern).flatMap(([name, inner]) =>
      differences(inner, ownValue(got, place.fill(name)), { ...place, at: `${at}.${name}` }),
    )
  }
  const value = typeof pattern === 'string' ? place.fill(pattern) : pattern
  return value === got ? [] : [{ at, expected: JSON.stringify(pattern) ?? 'nothing', got }]
}

function compareArrays(pattern: readonly Pattern[], got: unknown, place: Place): readonly Difference[] {
  const { at } = place
  if (!Array.isArray(got) || got.length !== pattern.length) {
    return [{ at, expected: `an array of ${pattern.length}`, got }]
  }
  return pattern.flatMap((inner, index) => differences(inner, got[index], { ...place, at: `${at}[${index}]` }))
}

export const anyString = ofType('string')
export const anyNumber = ofType('number')
export const anyObject = ofType('object')

function ofType(type: 'string' | 'number' | 'object' | 'boolean'): Matcher {
  return matcher(`a value of type ${type}`, (got) => (type === 'object' ? isObject(got) : typeof got === type))
}

export function matching(expression: RegExp): Matcher {
  return matcher(`a string like ${String(expression)}`, (got) => typeof got === 'string' && expression.test(got))
}

export function containing(text: string): Matcher {
  return matcher(`a string with ${JSON.stringify(text)}`, (got) => typeof got === 'string' && got.includes(text))
}

function matcher(says: string, fits: (got: unknown) => boolean): Matcher {
  return new Matcher(says, (got, { at }) => (fits(got) ? [] : [{ at, expected: says, got }]))
}

/** An array with at least one element that fits the pattern. */
export function including(pattern: Pattern): Matcher {
  return new Matcher('an array with a certain element', (got, place) => {
    const elements: readonly unknown[] = Array.isArray(got) ? got : []
    const isFound = elements.some((one) => differences(pattern, one, place).length === 0)
    return isFound ? [] : [{ at: place.at, expected: `an array with ${described(pattern)}`, got }]
  })
}

/** An array, or an object keyed by id, in which every value fits the pattern; it can be empty. */
export function each(pattern: Pattern): Matcher {
  return new Matcher('values that are all alike', (got, place) => {
    if (typeof got !== 'object' || got === null)
      return [{ at: place.at, expected: 'an array, or an object by ids', got }]
    return Object.values(got).flatMap((one) => differences(pattern, one, { ...place, at: `${place.at}[…]` }))
  })
}

/** For answers on which documents or their examples differ: the value must fit one of the patterns. */
export function oneOf(...patterns: readonly Pattern[]): Matcher {
  return new Matcher('one of several', (got, place) => {
    const isFound = patterns.some((pattern) => differences(pattern, got, place).length === 0)
    return isFound ? [] : [{ at: place.at, expected: patterns.map(described).join(' or '), got }]
  })
}

/** The emulator's answer, and the one that the documents promise for a sandbox. */
export function here(emulator: Pattern, sandbox: Pattern): Matcher {
  return new Matcher('what the target answers', (got, place) =>
    differences(place.target === 'emulator' ? emulator : sandbox, got, place),
  )
}

/** A value from the emulator's seeded data; in a sandbox, only its type is documented. */
export function seeded(pattern: Pattern): Matcher {
  if (pattern instanceof Matcher) return here(pattern, anything)
  if (Array.isArray(pattern)) return here(pattern, each(anything))
  return here(pattern, ofType(typeof pattern === 'object' ? 'object' : (typeof pattern as 'string')))
}

export const anything = new Matcher('anything', () => [])

function described(pattern: Pattern): string {
  return pattern instanceof Matcher ? pattern.says : JSON.stringify(pattern)
}
