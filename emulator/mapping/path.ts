import { isObject, ownValue } from '../json.ts'
import { MappingFault } from './fault.ts'
import { fromJson, type Value } from './value.ts'

export type Step = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'index'; readonly index: number }

/**
 * A path of Data Prep ("Mapping sets", "Handle special characters"): steps separated by dots, `\.` for a dot in a name,
 * `[n]` for an element. Throws a {@link MappingFault} for an invalid path, and for `[*]`.
 */
export function readPath(text: string): readonly Step[] {
  const steps: Step[] = []
  let rest = text
  while (rest !== '') {
    const [whole, name, index] = STEP.exec(rest) ?? []
    if (whole === undefined) throw new MappingFault(pathFault(text, rest))
    if (index !== undefined) steps.push({ kind: 'index', index: Number(index) })
    else steps.push({ kind: 'name', name: (name ?? '').replace(/\\(.)/gs, '$1') })
    rest = rest.slice(whole.length)
    if (rest === '.') throw new MappingFault(pathFault(text, rest))
    if (rest.startsWith('.')) rest = rest.slice(1)
  }
  if (steps[0]?.kind !== 'name') throw new MappingFault(`"${text}" is no path`)
  return steps
}

/** A name up to the next dot or bracket, or an element index. */
const STEP = /^(?:((?:\\.|[^.[\]\\])+)(?=$|[.[])|\[(\d+)\](?=$|[.[]))/s

function pathFault(text: string, rest: string): string {
  if (rest.startsWith('[*]')) return `The emulator reads no wildcards: "${text}"`
  return `"${text}" is no path: it breaks off at "${rest}"`
}

/**
 * The value at a path of a row. A key of the row that equals the whole path takes precedence: the guide maps the column
 * `Full.Name` by exactly that text. Null if the path leads past a null, a missing key or the end of an array.
 */
export function readAt(row: Value, written: string, steps: readonly Step[]): Value {
  const whole = isObject(row) ? ownValue(row, written) : undefined
  if (whole !== undefined) return fromJson(whole)
  return steps.reduce<Value>(stepInto, row)
}

export function stepInto(value: Value, step: Step): Value {
  if (value === null) return null
  if (step.kind === 'index') {
    if (!Array.isArray(value)) throw new MappingFault(`[${step.index}] needs an array`)
    return fromJson(value[step.index])
  }
  if (Array.isArray(value)) throw new MappingFault(`"${step.name}" of an array: use [0]`)
  if (!isObject(value)) throw new MappingFault(`"${step.name}" of a value that has no members`)
  return fromJson(ownValue(value, step.name))
}
