import { equal, order } from './compare.ts'
import type { BinaryOperator, Expression } from './expression.ts'
import { MappingFault } from './fault.ts'
import { findFunction } from './functions.ts'
import { readAt, stepInto } from './path.ts'
import { fromJson, isTrue, type Value } from './value.ts'

/** The value of an expression for one row. Throws a {@link MappingFault} if it has none. */
export function evaluate(expression: Expression, row: Value): Value {
  switch (expression.kind) {
    case 'constant':
      return expression.value
    case 'field':
      return readAt(row, expression.written, expression.steps)
    case 'member':
      return stepInto(evaluate(expression.of, row), expression.step)
    case 'choice':
      return evaluate(isTrue(evaluate(expression.condition, row)) ? expression.yes : expression.no, row)
    case 'unary':
      return expression.operator === '!'
        ? !isTrue(evaluate(expression.of, row))
        : fromJson(0 - numberOf(evaluate(expression.of, row)))
    case 'binary':
      return binary(expression.operator, expression, row)
    case 'call':
      return call(expression, row)
  }
  return expression satisfies never
}

type Pair = { readonly left: Expression; readonly right: Expression }

function binary(operator: BinaryOperator, { left, right }: Pair, row: Value): Value {
  const one = evaluate(left, row)
  if (operator === '&&') return isTrue(one) && isTrue(evaluate(right, row))
  if (operator === '||') return isTrue(one) || isTrue(evaluate(right, row))
  return combined(operator, one, evaluate(right, row))
}

function combined(operator: Exclude<BinaryOperator, '&&' | '||'>, one: Value, other: Value): Value {
  switch (operator) {
    case '==':
      return equal(one, other)
    case '!=':
      return !equal(one, other)
    case '<':
      return (order(one, other) ?? 0) < 0
    case '>':
      return (order(one, other) ?? 0) > 0
    case '<=':
      return (one === null && other === null) || (order(one, other) ?? 1) <= 0
    case '>=':
      return (one === null && other === null) || (order(one, other) ?? -1) >= 0
    case '+':
      return sum(one, other)
    case '-':
      return fromJson(numberOf(one) - numberOf(other))
    case '*':
      return fromJson(numberOf(one) * numberOf(other))
  }
  return operator satisfies never
}

/** Strict and lenient JEXL add a string and a number differently, and no document says which one Data Prep uses. */
function sum(one: Value, other: Value): Value {
  if (typeof one === 'string' && typeof other === 'string') {
    if (!isNumeric(one) || !isNumeric(other)) return one + other
    throw new MappingFault('The emulator adds no texts that are numbers')
  }
  return fromJson(numberOf(one) + numberOf(other))
}

function isNumeric(text: string): boolean {
  return text.trim() === '' || !Number.isNaN(Number(text))
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value
  throw new MappingFault('The emulator calculates with numbers alone')
}

function call({ name, args }: Extract<Expression, { kind: 'call' }>, row: Value): Value {
  const known = findFunction(name)
  if (known === undefined) throw new MappingFault(`The emulator knows no function "${name}"`)
  return known.call(args.map((arg) => () => evaluate(arg, row)))
}
