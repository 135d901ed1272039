import type { Allowed } from './field.ts'
import type { Walk } from './walk.ts'

const MOST_LISTED = 8

/** `value` is what the record holds and the schema does not list. */
export function sayNotAllowed({ values, isDeep }: Allowed, value: unknown, walk: Walk): void {
  const shown = [...values].slice(0, MOST_LISTED).map((one) => JSON.stringify(one))
  const more = values.size > MOST_LISTED ? ` or one of ${values.size - MOST_LISTED} more` : ''
  walk.wrong(isDeep ? 'enum-deep' : 'enum', value, `one of ${shown.join(', ')}${more}`)
}
