import { DATE_FUNCTIONS } from './dates.ts'
import type { FunctionExample, FunctionTable, MappingFunction } from './function.ts'
import { HASH_FUNCTIONS } from './hashes.ts'
import { LIST_FUNCTIONS } from './lists.ts'
import { LOGIC_FUNCTIONS } from './logic.ts'
import { OBJECT_FUNCTIONS } from './objects.ts'
import { REFUSED_FUNCTIONS } from './refused.ts'
import { TEXT_FUNCTIONS } from './text.ts'
import { URL_FUNCTIONS } from './urls.ts'

const GROUPS: readonly (readonly [title: string, functions: FunctionTable])[] = [
  ['Strings', TEXT_FUNCTIONS],
  ['Hashes', HASH_FUNCTIONS],
  ['URLs', URL_FUNCTIONS],
  ['Dates', DATE_FUNCTIONS],
  ['Objects and maps', OBJECT_FUNCTIONS],
  ['Lists', LIST_FUNCTIONS],
  ['Logic, numbers and others', LOGIC_FUNCTIONS],
]

/** Functions by each of their names. */
export const FUNCTIONS: ReadonlyMap<string, MappingFunction> = new Map(
  GROUPS.flatMap(([, functions]) =>
    Object.entries(functions).flatMap(([name, one]) =>
      [name, ...(one.aliases ?? [])].map((word) => [word, one] as const),
    ),
  ),
)

/** The canonical name of each function, for formulas. */
export const FUNCTION_NAMES: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap(([, functions]) =>
    Object.entries(functions).flatMap(([name, { aliases = [] }]) =>
      [name, ...aliases].map((word) => [word, name] as const),
    ),
  ),
)

/** A line of the table of functions in the documentation. */
export type DocumentedFunction = {
  readonly group: string
  readonly name: string
  readonly aliases: readonly string[]
  readonly signature: string
  readonly line: string
  readonly examples: readonly FunctionExample[]
}

export function documentedFunctions(): readonly DocumentedFunction[] {
  return GROUPS.flatMap(([group, functions]) =>
    Object.entries(functions).map(([name, { aliases = [], signature, line, examples }]) => {
      return { group, name, aliases, signature, line, examples }
    }),
  )
}

export type RefusedFunction = { readonly name: string; readonly reason: string }

export function refusedFunctions(): readonly RefusedFunction[] {
  return Array.from(REFUSED_FUNCTIONS, ([name, reason]) => ({ name, reason }))
}
