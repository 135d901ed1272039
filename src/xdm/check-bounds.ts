import type { Bounds } from './field.ts'
import type { Walk } from './walk.ts'

export function isWithin({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds, number: number): boolean {
  return number >= minimum && number <= maximum && number > exclusiveMinimum && number < exclusiveMaximum
}

/** `value` is what the record holds for a number that is not within. */
export function sayBounds(bounds: Bounds, value: unknown, walk: Walk): void {
  walk.wrong('bounds', value, `a number ${wordsOf(bounds).join(' and ')}`)
}

function wordsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): readonly string[] {
  return [
    ...(minimum === -Infinity ? [] : [`of at least ${minimum}`]),
    ...(exclusiveMinimum === -Infinity ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === Infinity ? [] : [`of at most ${maximum}`]),
    ...(exclusiveMaximum === Infinity ? [] : [`below ${exclusiveMaximum}`]),
  ]
}
