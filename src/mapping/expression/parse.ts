import { PlacedFault } from '../fault.ts'
import { type PathStep, type SourcePath, readSteps, unescapeName } from '../path.ts'
import type { BinaryOperator, Expression, MapEntry, UnaryOperator } from './syntax.ts'
import { type Token, nameText, tokensOf } from './tokens.ts'

/** "Data Prep mapping functions": the maximum length of a calculated field. */
const MOST_CHARACTERS = 4096

/** Maximum nesting of brackets and calls. */
const MOST_LEVELS = 100

/** Maximum number of consecutive operators, names and methods: each is a level for code that visits by recursion. */
const MOST_IN_ROW = 600

/** Reads one expression. @throws PlacedFault for the first part that can't be read or is not supported */
export function parseExpression(text: string): Expression {
  if (text.length > MOST_CHARACTERS) {
    const message = `an expression has at most ${MOST_CHARACTERS} characters, this one has ${text.length}`
    throw new PlacedFault('syntax', MOST_CHARACTERS, message)
  }
  return new Parser(tokensOf(text)).parse()
}

type Operator = { readonly operator: BinaryOperator; readonly level: number }

/** Binary operators with their precedence, from 2 for the loosest. `==` and `<` with their kind do not chain. */
const BINARY: ReadonlyMap<string, Operator> = new Map(
  (
    [
      [2, { '||': '||', or: '||' }],
      [3, { '&&': '&&', and: '&&' }],
      [4, { '|': '|' }],
      [5, { '^': '^' }],
      [6, { '&': '&' }],
      [7, { '==': '==', eq: '==', '!=': '!=', ne: '!=' }],
      [8, { '<': '<', lt: '<', '<=': '<=', le: '<=', '>': '>', gt: '>', '>=': '>=', ge: '>=' }],
      [8, { '=~': '=~', '!~': '!~', '=^': '=^', '!^': '!^', '=$': '=$', '!$': '!$' }],
      [9, { '+': '+', '-': '-' }],
      [10, { '*': '*', '/': '/', div: '/', '%': '%', mod: '%' }],
    ] as const
  ).flatMap(([level, operators]) =>
    Object.entries(operators).map(([sign, operator]) => [sign, { operator, level }] as const),
  ),
)

const LOOSEST = 2
const TIGHTEST = 10
const CHAINLESS: ReadonlySet<number> = new Set([7, 8])

const UNARY: ReadonlyMap<string, UnaryOperator> = new Map([
  ['-', '-'],
  ['+', '+'],
  ['~', '~'],
  ['!', '!'],
  ['not', '!'],
  ['empty', 'empty'],
  ['size', 'size'],
])

const CONSTANTS: ReadonlyMap<string, true | false | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

const RESERVED: ReadonlySet<string> = new Set(
  (
    'new mod or break var lt for false while eq gt div not null continue else and ne true le if ge return _errors ' +
    'do function empty size'
  ).split(' '),
)

const STATEMENTS: ReadonlySet<string> = new Set(
  'new var if for while do return function break continue else'.split(' '),
)

const REFUSED_SIGNS: ReadonlyMap<string, string> = new Map([
  ['=', 'assignments ("=") are not supported: compare with "=="'],
  ['->', 'lambdas ("->") are not supported'],
  ['=>', 'lambdas ("=>") are not supported'],
  ['..', 'ranges ("..") are not supported'],
  [';', 'statements (";") are not supported: a source is one expression'],
  ['`', 'templates in back-quotes are not supported: use concat()'],
  ['#', 'pragmas ("#") are not supported'],
  ['@', 'annotations ("@") are not supported'],
  ...['+=', '-=', '*=', '/=', '%=', '&=', '|=', '^='].map(
    (sign) => [sign, `assignments ("${sign}") are not supported`] as const,
  ),
])

class Parser {
  readonly #tokens: readonly Token[]
  #next = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  parse(): Expression {
    if (this.#isAtEnd()) throw new PlacedFault('syntax', 0, 'the expression is empty')
    const node = this.#expression()
    if (!this.#isAtEnd()) throw this.#unexpected()
    return node
  }

  #isAtEnd(): boolean {
    return this.#peek.kind === 'end'
  }

  get #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: '', at: 0 }
  }

  #expression(): Expression {
    this.#deepen()
    const left = this.#binary(LOOSEST)
    const node = this.#choice(left)
    this.#depth--
    return node
  }

  #deepen(): void {
    if (++this.#depth > MOST_LEVELS) {
      throw new PlacedFault('syntax', this.#peek.at, `it is nested more than ${MOST_LEVELS} levels deep`)
    }
  }

  #limitRow(count: number, at: number): void {
    if (count > MOST_IN_ROW) throw new PlacedFault('syntax', at, `more than ${MOST_IN_ROW} of them in a row`)
  }

  /** The right side of each operator is a whole expression. */
  #choice(left: Expression): Expression {
    const { at } = this.#peek
    for (const operator of ['?:', '??'] as const) {
      if (this.#take(operator)) return { kind: 'binary', operator, left, right: this.#expression(), at }
    }
    if (!this.#take('?')) return left
    const whenTrue = this.#expression()
    this.#expect(':')
    return { kind: 'conditional', test: left, whenTrue, whenFalse: this.#expression(), at }
  }

  #binary(level: number): Expression {
    if (level > TIGHTEST) return this.#unary()
    let left = this.#binary(level + 1)
    for (let count = 0; ; count++) {
      const found = this.#operatorAt(level)
      if (found === undefined) return left
      const { at, text } = this.#peek
      this.#limitRow(count, at)
      if (count > 0 && CHAINLESS.has(level)) {
        throw new PlacedFault('syntax', at, `comparisons do not chain: add brackets before "${text}"`)
      }
      this.#next++
      left = { kind: 'binary', operator: found.operator, left, right: this.#binary(level + 1), at }
    }
  }

  #operatorAt(level: number): Operator | undefined {
    const { kind, text } = this.#peek
    const found = kind === 'sign' || kind === 'name' ? BINARY.get(text) : undefined
    return found?.level === level ? found : undefined
  }

  #unary(): Expression {
    const { kind, text, at } = this.#peek
    const operator = kind === 'sign' || kind === 'name' ? UNARY.get(text) : undefined
    if (operator === undefined) return this.#postfix()
    if (text === '~' && this.#tokens[this.#next + 1]?.text === '/') {
      throw new PlacedFault(
        'refused',
        at,
        'regular expressions between slashes are not supported: write them as strings',
      )
    }
    this.#next++
    if (kind === 'name' && this.#isEndOfOperand()) throw reserved(text, at)
    this.#deepen()
    const operand = this.#unary()
    this.#depth--
    return { kind: 'unary', operator, word: text, operand, at }
  }

  #isEndOfOperand(): boolean {
    const { kind, text } = this.#peek
    return kind === 'end' || (kind === 'sign' && !/^[([{!~+-]$/.test(text)) || (kind === 'name' && BINARY.has(text))
  }

  #postfix(): Expression {
    let node = this.#primary()
    for (let count = 0; ; count++) {
      const { at } = this.#peek
      this.#limitRow(count, at)
      if (this.#take('.') || this.#take('?.')) node = this.#member(node, at)
      else if (this.#take('[')) node = this.#index(node, at)
      else return node
    }
  }

  /** After a dot, any word is a name, even a reserved one. */
  #member(target: Expression, at: number): Expression {
    const token = this.#peek
    if (token.kind !== 'name' && token.kind !== 'wrapped') throw this.#unexpected('a name')
    this.#next++
    const name = token.kind === 'name' ? nameText(token) : unescapeName(token.text.slice(2, -1))
    if (token.kind === 'name' && this.#take('(')) {
      return { kind: 'method', target, name, args: this.#list(')'), at: token.at }
    }
    const step: PathStep = { kind: 'name', name, at: token.at }
    return extendPath(target, step) ?? { kind: 'member', target, name, at }
  }

  #index(target: Expression, at: number): Expression {
    if (this.#peek.text === '*') {
      throw new PlacedFault(
        'refused',
        at,
        '"[*]" is not supported in an expression: map it as a plain path (ATTRIBUTE)',
      )
    }
    const index = this.#expression()
    this.#expect(']')
    if (index.kind === 'unary' && index.operator === '-' && index.operand.kind === 'literal') {
      throw new PlacedFault('syntax', at, 'a negative index does not exist: elements are counted from 0')
    }
    const isPlace = index.kind === 'literal' && typeof index.value === 'number' && Number.isInteger(index.value)
    const extended = isPlace ? extendPath(target, { kind: 'index', index: index.value, at }) : undefined
    return extended ?? { kind: 'index', target, index, at }
  }

  #primary(): Expression {
    const token = this.#peek
    const { at } = token
    if (token.kind === 'literal') {
      this.#next++
      return { kind: 'literal', value: token.value, escape: token.escape, at }
    }
    if (token.kind === 'wrapped') {
      this.#next++
      return { kind: 'path', path: wrappedPath(token), at }
    }
    if (token.kind === 'name') return this.#named(token)
    if (this.#take('(')) return this.#bracketed()
    if (this.#take('[')) return { kind: 'array', items: this.#list(']'), at }
    if (this.#take('{')) return { kind: 'map', entries: this.#entries(at), at }
    throw this.#unexpected('a value')
  }

  #bracketed(): Expression {
    const node = this.#expression()
    this.#expect(')')
    return node
  }

  /** A function if "(" follows, a constant, or a field. A field can have the name of a function. */
  #named(token: Token): Expression {
    const { text, at } = token
    this.#next++
    if (CONSTANTS.has(text)) return { kind: 'literal', value: CONSTANTS.get(text) ?? null, at }
    if (text === 'NaN') throw new PlacedFault('refused', at, '"NaN" is not supported')
    const isStatement = STATEMENTS.has(text) && !this.#isEndOfOperand()
    if (isStatement) throw new PlacedFault('refused', at, `"${text}" is not supported: a source is one expression`)
    if (RESERVED.has(text)) throw reserved(text, at)
    if (this.#take('(')) return { kind: 'call', name: text, args: this.#list(')'), at }
    const name = nameText(token)
    return { kind: 'path', path: { steps: [{ kind: 'name', name, at }], whole: name }, at }
  }

  /** Reads the items after the opening bracket, up to the closing one. */
  #list(close: ')' | ']'): readonly Expression[] {
    if (this.#take(close)) return []
    const items: Expression[] = []
    do items.push(this.#expression())
    while (this.#take(','))
    this.#expect(close)
    return items
  }

  #entries(at: number): readonly MapEntry[] {
    if (this.#peek.text === '}')
      throw new PlacedFault('refused', at, 'sets ("{}") are not supported: an empty map is "{:}"')
    if (this.#take(':')) {
      this.#expect('}')
      return []
    }
    const entries: MapEntry[] = []
    do {
      const key = this.#expression()
      if (entries.length === 0 && /^[,}]$/.test(this.#peek.text)) {
        throw new PlacedFault('refused', at, 'sets ("{a, b}") are not supported: use an array ("[a, b]")')
      }
      this.#expect(':')
      entries.push({ key, value: this.#expression() })
    } while (this.#take(','))
    this.#expect('}')
    return entries
  }

  #take(sign: string): boolean {
    const { kind, text } = this.#peek
    const isThere = kind === 'sign' && text === sign
    if (isThere) this.#next++
    return isThere
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) throw this.#unexpected(`"${sign}"`)
  }

  #unexpected(expected?: string): PlacedFault {
    const { kind, text, at } = this.#peek
    const refusal = kind === 'sign' ? REFUSED_SIGNS.get(text) : undefined
    if (refusal !== undefined) return new PlacedFault('refused', at, refusal)
    const [name, bracket] = [this.#tokens[this.#next + 1], this.#tokens[this.#next + 2]]
    if (text === ':' && name?.kind === 'name' && bracket?.text === '(') {
      return new PlacedFault('refused', at, 'namespaces ("a:b()") are not supported')
    }
    const found = kind === 'end' ? 'the end of the expression' : JSON.stringify(text)
    const wanted = expected === undefined ? 'an operator or the end' : expected
    return new PlacedFault('syntax', at, `expected ${wanted}, found ${found}`)
  }
}

function reserved(word: string, at: number): PlacedFault {
  return new PlacedFault('syntax', at, `"${word}" is a reserved word: write \${${word}} for a field of that name`)
}

/** `${a.b}` has two steps, `${a\.b}` has one. */
function wrappedPath({ text, at }: Token): SourcePath {
  const inner = text.slice(2, -1)
  const steps = readSteps(inner, at + 2)
  if (steps.some(({ kind }) => kind === 'every')) {
    throw new PlacedFault('refused', at, '"[*]" is not supported in an expression: map it as a plain path (ATTRIBUTE)')
  }
  return { steps, whole: unescapeName(inner) }
}

/** `a.b` is one path, and can be the name of one column. */
function extendPath(target: Expression, step: PathStep): Expression | undefined {
  if (target.kind !== 'path') return undefined
  const { steps, whole } = target.path
  const longer = step.kind === 'name' && whole !== undefined ? `${whole}.${step.name}` : undefined
  return { ...target, path: { steps: [...steps, step], whole: longer } }
}
