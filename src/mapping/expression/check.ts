import { nearestName } from '../../lib/similar-names.ts'
import { LosslessNumber } from '../../schema/json.ts'
import { PlacedFault, ValueFault } from '../fault.ts'
import type { MappingFunction } from '../functions/function.ts'
import { REFUSED_FUNCTIONS } from '../functions/refused.ts'
import { FUNCTIONS, FUNCTION_NAMES } from '../functions/table.ts'
import type { SourcePath } from '../path.ts'
import type { Value, ValueKind } from '../value.ts'
import { METHOD_NAMES, SLOW_METHODS, methodOf } from './methods.ts'
import { type CallExpression, type Expression, type MethodCall, childrenOf } from './syntax.ts'
import { compileRegex } from '../functions/regex.ts'

export type CheckedExpression = {
  /** Each function has its canonical name, and its arguments are rewritten. */
  readonly expression: Expression
  readonly kind: ValueKind
  /** Fields of the row that it reads. `mayLack`: it only asks whether they exist. */
  readonly reads: readonly ReadField[]
  readonly faults: readonly PlacedFault[]
  /** Remarks about a valid expression that deserves a second look. */
  readonly notes: readonly string[]
  /** It runs regular expressions. */
  readonly isSlow: boolean
  readonly joins: boolean
}

export type ReadField = { readonly path: SourcePath; readonly at: number; readonly mayLack: boolean }

export type ExpressionSetting = {
  /** Records update existing data in Profile, where functions of streaming updates would have another meaning. */
  readonly isUpsert: boolean
}

/** Checks everything that can be known before the first row, and collects all faults. */
export function checkExpression(parsed: Expression, setting: ExpressionSetting): CheckedExpression {
  const check = new ExpressionCheck(setting)
  const expression = check.visit(parsed)
  return {
    expression,
    kind: kindOf(expression),
    reads: check.reads,
    faults: check.faults,
    notes: [...check.notes],
    isSlow: check.isSlow,
    joins: check.joins,
  }
}

const UPSERT_FUNCTIONS: ReadonlySet<string> = new Set(['upsert_array_append', 'upsert_array_replace'])

class ExpressionCheck {
  readonly reads: ReadField[] = []
  readonly faults: PlacedFault[] = []
  readonly notes = new Set<string>()
  isSlow = false
  joins = false
  readonly #setting: ExpressionSetting

  constructor(setting: ExpressionSetting) {
    this.#setting = setting
  }

  /** Returns the expression with its functions resolved. */
  visit(node: Expression): Expression {
    this.#look(node)
    switch (node.kind) {
      case 'literal':
        return node
      case 'path':
        this.reads.push({ path: node.path, at: node.at, mayLack: false })
        return node
      case 'array':
        return { ...node, items: this.#all(node.items) }
      case 'map':
        return {
          ...node,
          entries: node.entries.map(({ key, value }) => ({ key: this.visit(key), value: this.visit(value) })),
        }
      case 'unary':
        return { ...node, operand: this.visit(node.operand) }
      case 'binary':
        return { ...node, left: this.visit(node.left), right: this.visit(node.right) }
      case 'conditional':
        return {
          ...node,
          test: this.visit(node.test),
          whenTrue: this.visit(node.whenTrue),
          whenFalse: this.visit(node.whenFalse),
        }
      case 'call':
        return this.#call(node)
      case 'method':
        return this.#method(node)
      case 'member':
        return { ...node, target: this.visit(node.target) }
      case 'index':
        return { ...node, target: this.visit(node.target), index: this.visit(node.index) }
      default:
        return node satisfies never
    }
  }

  #all(nodes: readonly Expression[]): readonly Expression[] {
    return nodes.map((node) => this.visit(node))
  }

  #fail(code: PlacedFault['code'], at: number, message: string): void {
    this.faults.push(new PlacedFault(code, at, message))
  }

  #call(node: CallExpression): Expression {
    const found = FUNCTIONS.get(node.name)
    if (found === undefined) {
      this.#failUnknown(node)
      return { ...node, args: this.#all(node.args) }
    }
    const name = FUNCTION_NAMES.get(node.name) ?? node.name
    if (this.#setting.isUpsert && UPSERT_FUNCTIONS.has(name)) {
      this.#fail(
        'refused',
        node.at,
        `"${node.name}" is not supported with "upsert": it means something else in streaming updates`,
      )
    }
    this.#countArguments(node, found)
    this.joins ||= name === 'concat'
    const rewritten = this.#guard(node.at, () => found.rewrite?.(node.args)) ?? node.args
    const args = name === 'contains_key' ? this.#asked(rewritten, node) : this.#all(rewritten)
    this.#checkLiterals({ ...node, args }, found)
    return { ...node, name, args }
  }

  /** Arguments of a function that asks whether a field exists: the field may be missing. */
  #asked(args: readonly Expression[], { name, at }: CallExpression): readonly Expression[] {
    const [arg] = args
    if (arg?.kind !== 'path') {
      this.#fail('syntax', arg?.at ?? at, `"${name}" takes the path of a field, as in ${name}("address.city")`)
      return args
    }
    this.reads.push({ path: arg.path, at: arg.at, mayLack: true })
    return args
  }

  #failUnknown({ name, at }: CallExpression): void {
    const reason = REFUSED_FUNCTIONS.get(name)
    if (reason !== undefined) {
      this.#fail('refused', at, `"${name}" is not supported: ${reason}`)
      return
    }
    const nearest = nearestName(name, [...FUNCTIONS.keys()])
    const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`
    this.#fail('syntax', at, `unknown function "${name}"${hint}`)
  }

  #countArguments({ name, args, at }: CallExpression, { least, most, signature }: MappingFunction): void {
    if (args.length >= least && args.length <= most) return
    const wanted = least === most ? `${least}` : most === Infinity ? `at least ${least}` : `${least} to ${most}`
    const message = `"${name}" takes ${wanted} argument${wanted === '1' ? '' : 's'}, found ${args.length}: ${signature}`
    this.#fail('syntax', at, message)
  }

  #checkLiterals({ args, at }: CallExpression, { checkLiterals }: MappingFunction): void {
    this.#guard(at, () => checkLiterals?.(args.map(literalOf)))
  }

  /** A call that fails for its literals would fail in every row. */
  #guard<T>(at: number, work: () => T): T | undefined {
    try {
      return work()
    } catch (error) {
      if (error instanceof PlacedFault) this.faults.push(error)
      else if (error instanceof ValueFault) this.#fail('value', at, error.message)
      else throw error
      return undefined
    }
  }

  #method(node: MethodCall): Expression {
    const found = methodOf(node.name)
    if (found === undefined) {
      const nearest = nearestName(node.name, METHOD_NAMES)
      const hint = nearest === undefined ? '' : `: did you mean "${nearest}"?`
      this.#fail('refused', node.at, `the method "${node.name}" is not supported${hint}`)
    } else if (node.args.length < found.least || node.args.length > found.most) {
      const wanted = found.least === found.most ? `${found.least}` : `${found.least} to ${found.most}`
      this.#fail('syntax', node.at, `the method "${node.name}" takes ${wanted} arguments, found ${node.args.length}`)
    }
    const pattern = SLOW_METHODS.has(node.name) ? literalOf(node.args[0]) : undefined
    if (typeof pattern === 'string') this.#guard(node.at, () => compileRegex(pattern))
    return { ...node, target: this.visit(node.target), args: this.#all(node.args) }
  }

  /** Notes constructs that are read in one way here but could be meant, or run, in another. */
  #look(node: Expression): void {
    this.isSlow ||= runsRegex(node)
    if (node.kind === 'literal' && typeof node.value === 'string') this.#lookAtText(node.value, node)
    if (node.kind === 'binary') this.#lookAtOperator(node)
    if (node.kind === 'conditional') this.#lookAtCondition(node.test)
    if (node.kind === 'call' && node.name === 'iif' && node.args[0] !== undefined) this.#lookAtCondition(node.args[0])
    if (node.kind === 'call' && /^(?:min|max)$/.test(node.name) && node.args.every(({ kind }) => kind === 'path')) {
      this.notes.add(
        `"${node.name}" compares strings as strings, and CSV columns are strings: use to_decimal() for numbers`,
      )
    }
  }

  /** JEXL 3.1 keeps the backslash, 3.2 and later read the control character. */
  #lookAtText(text: string, { escape, at }: Extract<Expression, { kind: 'literal' }>): void {
    const placeholder = findPlaceholder(text)
    if (placeholder !== undefined) this.faults.push(placeholderFault(placeholder, at))
    if (escape !== undefined) this.notes.add(escapeNote(escape))
  }

  #lookAtOperator(node: Extract<Expression, { kind: 'binary' }>): void {
    const { operator, left, right } = node
    if (operator === '&&' || operator === '||') for (const side of [left, right]) this.#lookAtCondition(side)
    if (operator === '??') this.notes.add('Data Prep may not know "??": older releases of its language do not')
    if (operator === '%' && !(isNatural(left) && isNatural(right))) {
      this.notes.add('"%" takes the sign of its left side; older releases of the language differ')
    }
    if (isNegatedSide(left) && (operator === '==' || operator === '!=')) {
      this.notes.add(`"not" binds tighter than "${operator}": not a ${operator} b means (not a) ${operator} b`)
    }
    if (operator === '+' && isMixed(left, right)) {
      this.notes.add('"+" joins a string and a number here; Data Prep may add them: use concat()')
    }
    if (operator === '=~' || operator === '!~') this.#lookAtPattern(right)
  }

  #lookAtPattern(pattern: Expression): void {
    const text = literalOf(pattern)
    if (typeof text === 'string') this.#guard(pattern.at, () => compileRegex(text))
  }

  #lookAtCondition(test: Expression): void {
    if (test.kind !== 'path') return
    this.notes.add('as a condition, a string is true unless it is empty or "false": compare it with a value')
  }
}

function escapeNote(escape: string): string {
  const name = CONTROL_NAMES.get(escape) ?? 'a control character'
  return `"${escape}" in a string is ${name} here; older releases of the language keep the backslash`
}

const CONTROL_NAMES: ReadonlyMap<string, string> = new Map([
  ['\\t', 'a tab'],
  ['\\n', 'a line feed'],
  ['\\r', 'a carriage return'],
])

/** Connectors replace placeholders; here they would be published literally. */
export function placeholderFault(placeholder: string, at: number): PlacedFault {
  return new PlacedFault(
    'refused',
    at,
    `${placeholder} is a placeholder that only Adobe's connectors fill in: write its value`,
  )
}

export function findPlaceholder(text: string): string | undefined {
  return /\$\{[A-Z][A-Z0-9_]*\}/.exec(text)?.[0]
}

function literalOf(node: Expression | undefined): Value | undefined {
  return node?.kind === 'literal' ? node.value : undefined
}

function isNegatedSide(node: Expression): boolean {
  return node.kind === 'unary' && node.word === 'not'
}

function isNatural(node: Expression): boolean {
  return node.kind === 'literal' && typeof node.value === 'number'
}

function isMixed(left: Expression, right: Expression): boolean {
  const kinds = [kindOf(left), kindOf(right)]
  return kinds.includes('text') && kinds.includes('number')
}

const ARITHMETIC = /^[-*/%|^&]$/

/** The kind of the result, if it is known; otherwise `any`. */
function kindOf(node: Expression): ValueKind {
  switch (node.kind) {
    case 'literal':
      return kindOfValue(node.value)
    case 'array':
      return 'array'
    case 'map':
      return 'object'
    case 'unary':
      return node.operator === '!' || node.operator === 'empty' ? 'boolean' : 'number'
    case 'binary':
      if (ARITHMETIC.test(node.operator)) return 'number'
      return /^(?:&&|\|\||[=!<>].*)$/.test(node.operator) ? 'boolean' : 'any'
    case 'call':
      return kindOfCall(node)
    case 'conditional':
      return commonKind([node.whenTrue, node.whenFalse])
    default:
      return 'any'
  }
}

function kindOfCall({ name, args }: CallExpression): ValueKind {
  const returns = FUNCTIONS.get(name)?.returns ?? 'any'
  return name === 'iif' ? commonKind(args.slice(1)) : returns
}

/** A null fits every kind. */
function commonKind(nodes: readonly Expression[]): ValueKind {
  const kinds = new Set(nodes.filter((node) => literalOf(node) !== null).map(kindOf))
  const [kind] = kinds
  return kinds.size === 1 && kind !== undefined ? kind : 'any'
}

function kindOfValue(value: Value): ValueKind {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return 'number'
  return value instanceof LosslessNumber ? 'number' : 'any'
}

/** Whether it runs a regular expression, which may never end. */
function runsRegex(node: Expression): boolean {
  if (node.kind === 'call') return FUNCTIONS.get(node.name)?.isSlow === true
  if (node.kind === 'method') return SLOW_METHODS.has(node.name)
  return node.kind === 'binary' && (node.operator === '=~' || node.operator === '!~')
}

/**
 * Whether it gives the same value in every row, so that it is computed only once. An expression that may never end is
 * computed in the rows, whose time is limited.
 */
export function isConstant(node: Expression): boolean {
  if (node.kind === 'path' || runsRegex(node)) return false
  if (node.kind === 'call' && FUNCTIONS.get(node.name)?.isImpure === true) return false
  return childrenOf(node).every(isConstant)
}
