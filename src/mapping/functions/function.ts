import type { Expression } from '../expression/syntax.ts'
import type { Value, ValueKind } from '../value.ts'

/** What an expression may look at while a row is mapped. One for all rows. */
export type Scope = {
  readonly row: Readonly<Record<string, unknown>>
  /** Of CSV: the text of each column, in the place of `row`, which is made of it where it is asked for. */
  cells: readonly string[] | undefined
  /** The moment that `now()` gives, the same for all rows of a run. */
  readonly nowMs: number
  /** As text, for `uuid()`: the place of an expression, and where in it. */
  readonly uuid: (place: string) => string
  /** Of the `[*]` that the target stands in, the outermost first. */
  readonly indexes: number[]
  /** What was seen on the way, which is worth a note: see {@link SEEN}. */
  seen: number
}

export const SEEN = { emptyPart: 1, ambiguousDate: 2 } as const

export type Evaluate = (scope: Scope) => Value

export type FunctionExample = readonly [expression: string, result: string]

type FunctionWords = {
  /** As the table of functions shows it: `substr(s, start, length)`. */
  readonly signature: string
  readonly line: string
  /** Each is a test. Results are JSON; `error` for a value that cannot be computed. */
  readonly examples: readonly [FunctionExample, ...FunctionExample[]]
}

/**
 * A function of expressions. `form` where it has to look at its arguments before they have values, `callIn` where it looks
 * at the row or the run. Null for a first argument that is null is the function's own matter.
 *
 * Calls throw a ValueFault for what has no result.
 */
export type MappingFunction = FunctionWords & {
  readonly least: number
  readonly most: number
  readonly returns: ValueKind
  readonly aliases?: readonly string[]
  /** The same arguments may give another value in another row or run. */
  readonly isImpure?: boolean
  /** It runs regular expressions, which may take without end. */
  readonly isSlow?: boolean
  /** Of an array or a boolean etc. nothing needs to be known. Throws for literals that can never work. */
  readonly checkLiterals?: (args: readonly (Value | undefined)[]) => void
  /** Replaces arguments by what they mean: a bare name by a text, a text by a path. */
  readonly rewrite?: (args: readonly Expression[]) => readonly Expression[]
} & (
    | { readonly call: (...args: Value[]) => Value }
    | { readonly callIn: (scope: Scope, ...args: Value[]) => Value }
    | { readonly form: FunctionForm }
  )

export type FunctionForm = (args: readonly Expression[], compile: FormTools) => Evaluate

export type FormTools = {
  readonly compile: (node: Expression) => Evaluate
  /** Names a place of this expression that no other has. */
  readonly place: () => string
  /** Whether a file has this column, whatever its rows hold. */
  readonly hasColumn: (name: string) => boolean
}

export type FunctionTable = Readonly<Record<string, MappingFunction>>
