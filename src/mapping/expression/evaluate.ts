import { setOwn } from '../../lib/json-reader.ts'
import { ValueFault, valueFaultOf } from '../fault.ts'
import type { Evaluate, FormTools, MappingFunction, Scope } from '../functions/function.ts'
import { sizeOf } from '../functions/lists.ts'
import { FUNCTIONS } from '../functions/table.ts'
import type { SourcePath } from '../path.ts'
import { type ColumnNames, columnIndex, pathReader } from '../read-path.ts'
import { type Value, isEmptyValue, isTrue, numberOfValue, textOf } from '../value.ts'
import { isConstant } from './check.ts'
import { methodOf } from './methods.ts'
import { OPERATIONS, complement, elementOf, negate } from './operators.ts'
import type { BinaryExpression, CallExpression, Expression, MethodCall, UnaryOperator } from './syntax.ts'

export type CompileTools = ColumnNames & {
  readonly hasColumn: (name: string) => boolean
  /** Identifies the mapping, for values that are derived from its place. */
  readonly place: string
}

/** Compiles a checked expression to a function, which runs on millions of rows. Constant parts are computed once. */
export function compileExpression(expression: Expression, tools: CompileTools): Evaluate {
  let places = 0
  const forms: FormTools = {
    compile: (node) => compileNode(node, context),
    place: () => `${tools.place}#${places++}`,
    hasColumn: tools.hasColumn,
  }
  const context: CompileContext = { tools, forms }
  return compileNode(expression, context)
}

type CompileContext = { readonly tools: CompileTools; readonly forms: FormTools }

function compileNode(node: Expression, context: CompileContext): Evaluate {
  const evaluate = compileParts(node, context)
  return node.kind !== 'literal' && isConstant(node) ? foldConstant(evaluate) : evaluate
}

/** For an expression that is computed without a row. */
function emptyScope(): Scope {
  return { row: {}, cells: undefined, nowMs: 0, uuid: () => '', indexes: [], seen: 0 }
}

/** A constant that fails is left to the rows: it does no harm in a branch that no row takes. */
function foldConstant(evaluate: Evaluate): Evaluate {
  const scope = emptyScope()
  try {
    const value = evaluate(scope)
    const { seen } = scope
    if (seen === 0) return () => value
    return (of) => {
      of.seen |= seen
      return value
    }
  } catch (error) {
    valueFaultOf(error)
    return evaluate
  }
}

/** The value of a constant expression. @throws ValueFault if it has none */
export function constantValue(evaluate: Evaluate): Value {
  return evaluate(emptyScope())
}

function compileParts(node: Expression, context: CompileContext): Evaluate {
  const compile = (inner: Expression) => compileNode(inner, context)
  switch (node.kind) {
    case 'literal':
      return () => node.value
    case 'path':
      return compilePath(node.path, context.tools)
    case 'array': {
      const items = node.items.map(compile)
      return (scope) => items.map((item) => item(scope))
    }
    case 'map':
      return compileMap(node.entries.map(({ key, value }) => [compile(key), compile(value)] as const))
    case 'unary':
      return compileUnary(node.operator, compile(node.operand))
    case 'binary':
      return compileBinary(node, compile)
    case 'conditional': {
      const [test, one, other] = [compile(node.test), compile(node.whenTrue), compile(node.whenFalse)]
      return (scope) => (isTrue(test(scope)) ? one(scope) : other(scope))
    }
    case 'call':
      return compileCall(node, context)
    case 'method':
      return compileMethod(node, compile)
    case 'member': {
      const target = compile(node.target)
      return (scope) => elementOf(target(scope), node.name)
    }
    case 'index': {
      const [target, index] = [compile(node.target), compile(node.index)]
      return (scope) => elementOf(target(scope), index(scope))
    }
    default:
      return node satisfies never
  }
}

/** For a CSV row of cells, reads a column without building an object for the row. */
function compilePath(path: SourcePath, tools: CompileTools): Evaluate {
  const read = pathReader(path, tools)
  const at = columnIndex(path, tools)
  if (at === -1) return ({ row, indexes }) => read(row, indexes)
  return (scope) => (scope.cells === undefined ? read(scope.row, scope.indexes) : scope.cells[at] || null)
}

function compileMap(entries: readonly (readonly [Evaluate, Evaluate])[]): Evaluate {
  return (scope) => {
    const map: Record<string, unknown> = {}
    for (const [key, value] of entries) {
      const name = key(scope)
      if (name === null) throw new ValueFault('a key', 'null')
      setOwn(map, textOf(name), value(scope))
    }
    return map
  }
}

const UNARY: Readonly<Record<UnaryOperator, (value: Value) => Value>> = {
  '-': negate,
  '+': numberOfValue,
  '~': complement,
  '!': (value) => !isTrue(value),
  empty: isEmptyValue,
  size: sizeOf,
}

function compileUnary(operator: UnaryOperator, operand: Evaluate): Evaluate {
  const apply = UNARY[operator]
  return (scope) => apply(operand(scope))
}

function compileBinary({ operator, left, right }: BinaryExpression, compile: (node: Expression) => Evaluate): Evaluate {
  const [one, other] = [compile(left), compile(right)]
  switch (operator) {
    case '&&':
      return (scope) => isTrue(one(scope)) && isTrue(other(scope))
    case '||':
      return (scope) => isTrue(one(scope)) || isTrue(other(scope))
    case '??':
      return (scope) => one(scope) ?? other(scope)
    case '?:':
      return (scope) => {
        const value = one(scope)
        return isTrue(value) ? value : other(scope)
      }
    default: {
      const apply = OPERATIONS.get(operator)
      if (apply === undefined) throw new Error(`no operation for "${operator}"`)
      return (scope) => apply(one(scope), other(scope))
    }
  }
}

function compileCall({ name, args }: CallExpression, context: CompileContext): Evaluate {
  const found = FUNCTIONS.get(name)
  if (found === undefined) throw new Error(`no function "${name}"`)
  if ('form' in found) return found.form(args, context.forms)
  return applyFunction(
    found,
    args.map((arg) => compileNode(arg, context)),
  )
}

/** Most calls have one to three arguments. Without an argument list they are twice as fast. */
function applyFunction(found: Exclude<MappingFunction, { form: unknown }>, args: readonly Evaluate[]): Evaluate {
  const [a, b, c] = args
  if ('callIn' in found) {
    const { callIn } = found
    if (args.length === 1 && a !== undefined) return (scope) => callIn(scope, a(scope))
    if (args.length === 2 && a !== undefined && b !== undefined) return (scope) => callIn(scope, a(scope), b(scope))
    return (scope) => callIn(scope, ...args.map((arg) => arg(scope)))
  }
  const { call } = found
  if (args.length === 1 && a !== undefined) return (scope) => call(a(scope))
  if (args.length === 2 && a !== undefined && b !== undefined) return (scope) => call(a(scope), b(scope))
  if (args.length === 3 && a !== undefined && b !== undefined && c !== undefined) {
    return (scope) => call(a(scope), b(scope), c(scope))
  }
  return (scope) => call(...args.map((arg) => arg(scope)))
}

/** A method of null returns null. */
function compileMethod({ target, name, args }: MethodCall, compile: (node: Expression) => Evaluate): Evaluate {
  const method = methodOf(name)
  if (method === undefined) throw new Error(`no method "${name}"`)
  const [of, values] = [compile(target), args.map(compile)]
  return (scope) => {
    const value = of(scope)
    const given = values.map((one) => one(scope))
    return value === null ? null : method.call(value, given)
  }
}
