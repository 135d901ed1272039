import { ownValue } from '../json.ts'
import type { BinaryOperator, Expression } from './expression.ts'
import { MappingFault } from './fault.ts'
import { findFunction, METHODS } from './functions.ts'
import { readPath, type Step } from './path.ts'
import { faultAt, tokensOf, type Token } from './tokens.ts'

/** "Data Prep functions": the maximum length of a calculated field, in characters. */
const LONGEST = 4_096

/** Throws a {@link MappingFault} for an invalid expression, and for syntax that the emulator does not know. */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) throw new MappingFault(`An expression has at most ${LONGEST} characters`)
  const reader = readerOf(tokensOf(text))
  const read = choice(reader)
  const { kind, at } = reader.peek()
  if (kind !== 'end') throw unexpected(reader.peek(), at)
  return read
}

type Reader = {
  readonly depth: { current: number }
  peek(ahead?: number): Token
  next(): Token
  /** Consumes the next token if it is one of these signs or words. */
  take<Sign extends string>(...signs: readonly Sign[]): Sign | undefined
  expect(sign: string): void
}

function readerOf(tokens: readonly Token[]): Reader {
  let place = 0
  const end: Token = { kind: 'end', text: 'the end', at: tokens.at(-1)?.at ?? 0 }
  const peek = (ahead = 0) => tokens[place + ahead] ?? end
  const take: Reader['take'] = (...signs) => {
    const { kind, text } = peek()
    const found = kind === 'sign' || kind === 'name' ? signs.find((sign) => sign === text) : undefined
    if (found !== undefined) place += 1
    return found
  }
  return {
    depth: { current: 0 },
    peek,
    take,
    next: () => tokens[place++] ?? end,
    expect(sign) {
      if (take(sign) === undefined) throw faultAt(`Expected "${sign}", found "${peek().text}"`, peek().at)
    },
  }
}

/** The maximum nesting of brackets and conditionals, which the call stack must hold. */
const DEEPEST = 100

function choice(reader: Reader): Expression {
  if (reader.depth.current++ > DEEPEST) throw new MappingFault(`The emulator reads at most ${DEEPEST} levels`)
  const read = choiceAt(reader)
  reader.depth.current -= 1
  return read
}

function choiceAt(reader: Reader): Expression {
  const condition = binary(reader, 0)
  if (reader.take('?') === undefined) return condition
  const yes = choice(reader)
  reader.expect(':')
  return { kind: 'choice', condition, yes, no: choice(reader) }
}

type Level = { readonly operators: Readonly<Record<string, BinaryOperator>>; readonly chains: boolean }

/** Lowest precedence first; comparisons do not chain (JEXL's grammar). */
const LEVELS: readonly Level[] = [
  { operators: { '||': '||', or: '||' }, chains: true },
  { operators: { '&&': '&&', and: '&&' }, chains: true },
  { operators: { '==': '==', eq: '==', '!=': '!=', ne: '!=' }, chains: false },
  {
    operators: { '<': '<', lt: '<', '<=': '<=', le: '<=', '>': '>', gt: '>', '>=': '>=', ge: '>=' },
    chains: false,
  },
  { operators: { '+': '+', '-': '-' }, chains: true },
  { operators: { '*': '*' }, chains: true },
]

function binary(reader: Reader, depth: number): Expression {
  const level = LEVELS[depth]
  if (level === undefined) return unary(reader)
  let left = binary(reader, depth + 1)
  for (let count = 0; ; count++) {
    const { at } = reader.peek()
    const sign = reader.take(...Object.keys(level.operators))
    const operator = sign === undefined ? undefined : ownValue(level.operators, sign)
    if (operator === undefined) return left
    if (count > 0 && !level.chains) throw faultAt(`"${operator}" cannot follow another comparison`, at)
    left = { kind: 'binary', operator, left, right: binary(reader, depth + 1) }
  }
}

function unary(reader: Reader): Expression {
  const sign = reader.take('-', '!', 'not')
  if (sign === undefined) return postfix(reader)
  return { kind: 'unary', operator: sign === '-' ? '-' : '!', of: unary(reader) }
}

function postfix(reader: Reader): Expression {
  let read = primary(reader)
  for (;;) {
    if (reader.take('.') !== undefined) {
      const { kind, text, at } = reader.next()
      if (kind !== 'name') throw unexpected({ kind, text, at }, at)
      read = isOpen(reader) ? method(reader, read, text) : member(read, { kind: 'name', name: text })
    } else if (reader.take('[') !== undefined) {
      const { kind, text, at } = reader.next()
      if (kind !== 'number' || !/^\d+$/.test(text)) throw faultAt('The emulator reads no index but a number', at)
      reader.expect(']')
      read = member(read, { kind: 'index', index: Number(text) })
    } else return read
  }
}

function member(of: Expression, step: Step): Expression {
  if (of.kind !== 'field') return { kind: 'member', of, step }
  const written = of.written + (step.kind === 'name' ? `.${step.name}` : `[${step.index}]`)
  return { kind: 'field', written, steps: [...of.steps, step] }
}

function method(reader: Reader, of: Expression, name: string): Expression {
  if (!METHODS.includes(name)) throw faultAt(`The emulator knows no method "${name}"`, reader.peek().at)
  return { kind: 'call', name: `.${name}`, args: counted(`.${name}`, [of, ...argsOf(reader)]) }
}

function primary(reader: Reader): Expression {
  const token = reader.next()
  const { kind, text, at } = token
  if (kind === 'text') return { kind: 'constant', value: text }
  if (kind === 'number') return { kind: 'constant', value: numberOf(text, at) }
  if (kind === 'wrapped') return wrapped(text)
  if (kind === 'name') return named(reader, token)
  if (kind !== 'sign' || text !== '(') throw unexpected(token, at)
  const inner = choice(reader)
  reader.expect(')')
  return inner
}

/** A connector replaces `${CRM_ORG_ID}` in a string. Here, it is an ordinary field name. */
function wrapped(text: string): Expression {
  return { kind: 'field', written: text.replace(/\\(.)/gs, '$1'), steps: readPath(text) }
}

const CONSTANTS: ReadonlyMap<string, true | false | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

const RESERVED = new Set(
  `new mod or break var lt for eq gt div not continue else and ne le if ge return while _errors do function empty size`.split(
    ' ',
  ),
)

function named(reader: Reader, { text, at }: Token): Expression {
  const constant = CONSTANTS.get(text)
  if (constant !== undefined) return { kind: 'constant', value: constant }
  if (RESERVED.has(text)) throw faultAt(`"${text}" is a reserved word: write \${${text}} for a field`, at)
  if (!isOpen(reader)) return { kind: 'field', written: text, steps: [{ kind: 'name', name: text }] }
  if (findFunction(text) === undefined) throw faultAt(`The emulator knows no function "${text}"`, at)
  return { kind: 'call', name: text, args: counted(text, argsOf(reader)) }
}

function counted(name: string, args: readonly Expression[]): readonly Expression[] {
  const known = findFunction(name)
  if (known !== undefined && (args.length < known.least || args.length > known.most)) {
    throw new MappingFault(`"${name}" takes other than ${args.length} values`)
  }
  known?.check?.(args)
  return args
}

function argsOf(reader: Reader): readonly Expression[] {
  reader.expect('(')
  if (reader.take(')') !== undefined) return []
  const args = [choice(reader)]
  while (reader.take(',') !== undefined) args.push(choice(reader))
  reader.expect(')')
  return args
}

function isOpen(reader: Reader): boolean {
  const { kind, text } = reader.peek()
  return kind === 'sign' && text === '('
}

/** The emulator cannot tell 20.0 from 20, which differ as strings. */
function numberOf(text: string, at: number): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) ? !text.includes('.') : text.includes('.')) return value
  throw faultAt(`The emulator reads no number "${text}"`, at)
}

function unexpected({ text }: Token, at: number): MappingFault {
  return faultAt(`Unexpected "${text}"`, at)
}
