import type { Walk } from './walk.ts'

/** XDM guide, "Required fields": null counts as absent there; of other fields nothing is written. */
export function sayNull(walk: Walk): void {
  walk.say('null-value', { expected: 'a value, or nothing at all', received: 'null' })
}
