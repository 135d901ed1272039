import { LosslessNumber } from '../../schema/json.ts'
import { type SourcePath, pathText } from '../path.ts'
import type { Value } from '../value.ts'

export type BinaryOperator =
  | '?:'
  | '??'
  | '||'
  | '&&'
  | '|'
  | '^'
  | '&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '=~'
  | '!~'
  | '=^'
  | '!^'
  | '=$'
  | '!$'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

export type UnaryOperator = '-' | '+' | '~' | '!' | 'empty' | 'size'

/** A part of an expression. `at` is its start in the text; for an operator, the position of the operator sign. */
export type Expression =
  | {
      readonly kind: 'literal'
      readonly value: Value
      /** In a string: the first escape for a control character, as written. */
      readonly escape?: string | undefined
      readonly at: number
    }
  | { readonly kind: 'path'; readonly path: SourcePath; readonly at: number }
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly at: number }
  | { readonly kind: 'map'; readonly entries: readonly MapEntry[]; readonly at: number }
  | {
      readonly kind: 'unary'
      readonly operator: UnaryOperator
      /** As written: `not` binds more tightly than one may expect. */
      readonly word: string
      readonly operand: Expression
      readonly at: number
    }
  | BinaryExpression
  | {
      readonly kind: 'conditional'
      readonly test: Expression
      readonly whenTrue: Expression
      readonly whenFalse: Expression
      readonly at: number
    }
  | CallExpression
  | MethodCall
  | { readonly kind: 'member'; readonly target: Expression; readonly name: string; readonly at: number }
  | { readonly kind: 'index'; readonly target: Expression; readonly index: Expression; readonly at: number }

export type BinaryExpression = {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly at: number
}

export type MapEntry = { readonly key: Expression; readonly value: Expression }

export type CallExpression = {
  readonly kind: 'call'
  readonly name: string
  readonly args: readonly Expression[]
  readonly at: number
}

export type MethodCall = {
  readonly kind: 'method'
  readonly target: Expression
  readonly name: string
  readonly args: readonly Expression[]
  readonly at: number
}

export function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'path':
      return []
    case 'array':
      return node.items
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value])
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'conditional':
      return [node.test, node.whenTrue, node.whenFalse]
    case 'call':
      return node.args
    case 'method':
      return [node.target, ...node.args]
    case 'member':
      return [node.target]
    case 'index':
      return [node.target, node.index]
    default:
      return node satisfies never
  }
}

/**
 * The meaning of an expression as one text, without whitespace, comments and alternative spellings. It is part of the
 * formula that decides whether data was published before, so it must never change for the same meaning.
 */
export function canonicalText(node: Expression): string {
  switch (node.kind) {
    case 'literal':
      return literalText(node.value)
    case 'path':
      return `$(${JSON.stringify(node.path.whole ?? null)}:${pathText(node.path.steps)})`
    case 'array':
      return `[${listText(node.items)}]`
    case 'map':
      return `{${node.entries.map(({ key, value }) => `${canonicalText(key)}:${canonicalText(value)}`).join()}}`
    case 'unary':
      return `(${node.operator} ${canonicalText(node.operand)})`
    case 'binary':
      return `(${canonicalText(node.left)} ${node.operator} ${canonicalText(node.right)})`
    case 'conditional':
      return `(${[node.test, node.whenTrue, node.whenFalse].map(canonicalText).join(' ? ')})`
    case 'call':
      return `${node.name}(${listText(node.args)})`
    case 'method':
      return `${canonicalText(node.target)}.${node.name}(${listText(node.args)})`
    case 'member':
      return `${canonicalText(node.target)}.${JSON.stringify(node.name)}`
    case 'index':
      return `${canonicalText(node.target)}[${canonicalText(node.index)}]`
    default:
      return node satisfies never
  }
}

function listText(nodes: readonly Expression[]): string {
  return nodes.map(canonicalText).join()
}

function literalText(value: Value): string {
  return value instanceof LosslessNumber ? value.text : JSON.stringify(value)
}
