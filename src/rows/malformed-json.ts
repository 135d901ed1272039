import { Problem } from '../base/problem.ts'
import type { Place } from './place.ts'

/** JSON that breaks off or goes wrong at `place`. The message names kinds of tokens, never the values of the file. */
export class MalformedJson extends Problem {
  override readonly name = 'MalformedJson'
  readonly place: Place
  readonly expected: string
  readonly found: string

  constructor(place: Place, { expected, found }: { readonly expected: string; readonly found: string }) {
    super(`The JSON is malformed at line ${place.line}, column ${place.column}: expected ${expected}, found ${found}`, {
      remedy: 'Correct the file at that place; a tool that writes JSON for you, such as jq, never gets it wrong.',
    })
    this.place = place
    this.expected = expected
    this.found = found
  }
}
