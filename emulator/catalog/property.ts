import { problem } from '../http/answers.ts'
import { Refusal } from '../http/exchange.ts'
import { ownValue, type JsonObject } from '../json.ts'

/**
 * "Filter Catalog data using query parameters", the `property` parameter: `x`, `!x`, `x~regex`, `==`, `!=`, `<`, `<=`, `>`,
 * `>=`. It reads only top-level properties. Throws a {@link Refusal} with 400 for any other form.
 */
export function propertyFits(record: JsonObject, wanted: string): boolean {
  if (wanted.startsWith('!')) return ownValue(record, wanted.slice(1)) === undefined
  const [, name = '', operator, value = ''] = wanted.match(/^([^=!~<>]+)(?:(==|!=|<=|>=|~|<|>)(.*))?$/s) ?? []
  if (name === '') throw new Refusal(problem(400, `The property filter ${JSON.stringify(wanted)} cannot be read.`))
  const held = ownValue(record, name)
  if (operator === undefined) return held !== undefined
  if (operator === '!=') return !isEqual(name, held, value)
  if (operator === '==') return isEqual(name, held, value)
  if (operator === '~') return textsOf(held).some((one) => expression(value).test(one))
  return textsOf(held).some((one) => isInOrder(operator, compareVersions(one, value)))
}

/** A value as strings: one for each element of an array, none for a missing value. */
export function textsOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map((one: unknown) =>
    typeof one === 'string' ? one : JSON.stringify(one),
  )
}

/** In a `name`, `*` stands for any characters or none, and `**` for an asterisk. */
export function wildcard(text: string): RegExp {
  const parts = text.split(/(\*\*|\*)/).map((part) => {
    if (part === '*') return '.*'
    return part === '**' ? '\\*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 's')
}

function isEqual(name: string, held: unknown, value: string): boolean {
  const fits = name === 'name' ? wildcard(value) : undefined
  return textsOf(held).some((one) => fits?.test(one) ?? one === value)
}

function expression(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch {
    throw new Refusal(problem(400, `${JSON.stringify(source)} is not a regular expression.`))
  }
}

/** Part by part if both are versions or numbers; otherwise by characters. */
function compareVersions(one: string, other: string): number {
  if (![one, other].every((text) => /^-?\d+(\.\d+)*$/.test(text))) return one < other ? -1 : Number(one > other)
  const [left, right] = [one.split('.').map(Number), other.split('.').map(Number)]
  for (const index of left.length > right.length ? left.keys() : right.keys()) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function isInOrder(operator: string, difference: number): boolean {
  if (difference === 0) return operator.endsWith('=')
  return operator.startsWith('<') === difference < 0
}
