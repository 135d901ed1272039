import type { Expression } from '../expression/syntax.ts'
import type { Value, ValueKind } from '../value.ts'

/** What an expression can access while a row is mapped. One object serves all rows. */
export type Scope = {
  readonly row: Readonly<Record<string, unknown>>
  /** For CSV: the string of each column. It replaces `row`, which is built from it only when needed. */
  cells: readonly string[] | undefined
  /** The value of `now()`, the same for all rows of a run. */
  readonly nowMs: number
  /** Returns the id for `uuid()`, from a place in an expression. */
  readonly uuid: (place: string) => string
  /** Indexes of the `[*]` steps of the target, the outermost first. */
  readonly indexes: number[]
  /** Flags for observations that deserve a note: see {@link SEEN}. */
  seen: number
}

export const SEEN = { emptyPart: 1, ambiguousDate: 2 } as const

export type Evaluate = (scope: Scope) => Value

export type FunctionExample = readonly [expression: string, result: string]

type FunctionWords = {
  /** As the table of functions shows it: `substr(s, start, length)`. */
  readonly signature: string
  readonly line: string
  /** Each example is also a test. Results are JSON; `error` means a value that can't be computed. */
  readonly examples: readonly [FunctionExample, ...FunctionExample[]]
}

/**
 * A function of expressions. It has `form` if it examines its arguments before they have values, and `callIn` if it needs
 * the row or the run. Each function handles a null as its first argument itself.
 *
 * Calls throw a ValueFault if there is no result.
 */
export type MappingFunction = FunctionWords & {
  readonly least: number
  readonly most: number
  readonly returns: ValueKind
  readonly aliases?: readonly string[]
  /** The same arguments can give another value in another row or run. */
  readonly isImpure?: boolean
  /** It runs regular expressions, which may never end. */
  readonly isSlow?: boolean
  /** Throws for literals that can never work. Other arguments are undefined. */
  readonly checkLiterals?: (args: readonly (Value | undefined)[]) => void
  /** Replaces arguments by what they mean: a bare name by a string, a string by a path. */
  readonly rewrite?: (args: readonly Expression[]) => readonly Expression[]
} & (
    | { readonly call: (...args: Value[]) => Value }
    | { readonly callIn: (scope: Scope, ...args: Value[]) => Value }
    | { readonly form: FunctionForm }
  )

export type FunctionForm = (args: readonly Expression[], compile: FormTools) => Evaluate

export type FormTools = {
  readonly compile: (node: Expression) => Evaluate
  /** Returns a name for a place in this expression; no other place has the same name. */
  readonly place: () => string
  /** Whether a file has this column, whatever its rows contain. */
  readonly hasColumn: (name: string) => boolean
}

export type FunctionTable = Readonly<Record<string, MappingFunction>>
