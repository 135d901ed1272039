/** What an expression may name, as GitHub's contexts: objects of objects, down to strings. */
export type Contexts = { readonly [name: string]: Scalar | Contexts }

type Scalar = string | number | boolean

/** @returns what the expression of a workflow comes to: names, texts in quotes, `==`, `!=`, `&&`, `||`, brackets, `always()`. */
export function evaluate(expression: string, contexts: Contexts): Scalar {
  const tokens = expression.match(/'[^']*'|==|!=|&&|\|\||[()]|[\w.-]+|\S/g) ?? []
  const reader = { tokens, at: 0, contexts, expression: expression.trim() }
  const value = either(reader)
  if (reader.at < tokens.length) throw unknown(reader)
  return value
}

export function isTruthy(value: Scalar): boolean {
  return value !== '' && value !== false && value !== 0
}

type Reader = {
  readonly tokens: readonly string[]
  at: number
  readonly contexts: Contexts
  readonly expression: string
}

function either(reader: Reader): Scalar {
  let value = both(reader)
  while (take(reader, '||')) {
    const other = both(reader)
    value = isTruthy(value) ? value : other
  }
  return value
}

function both(reader: Reader): Scalar {
  let value = compared(reader)
  while (take(reader, '&&')) {
    const other = compared(reader)
    value = isTruthy(value) ? other : value
  }
  return value
}

function compared(reader: Reader): Scalar {
  const value = single(reader)
  if (take(reader, '==')) return String(value) === String(single(reader))
  if (take(reader, '!=')) return String(value) !== String(single(reader))
  return value
}

function single(reader: Reader): Scalar {
  const token = reader.tokens[reader.at++] ?? ''
  if (token === '(') {
    const value = either(reader)
    if (!take(reader, ')')) throw unknown(reader)
    return value
  }
  if (token.startsWith("'")) return token.slice(1, -1)
  if (token === 'always' && take(reader, '(') && take(reader, ')')) return true
  return named(token, reader)
}

function named(name: string, reader: Reader): Scalar {
  let value: Scalar | Contexts = reader.contexts
  for (const part of name.split('.')) {
    const inner: Scalar | Contexts | undefined =
      typeof value === 'object' && Object.hasOwn(value, part) ? value[part] : undefined
    if (inner === undefined) throw unknown(reader)
    value = inner
  }
  if (typeof value === 'object') throw unknown(reader)
  return value
}

function take(reader: Reader, token: string): boolean {
  const isThere = reader.tokens[reader.at] === token
  if (isThere) reader.at++
  return isThere
}

function unknown({ expression }: Reader): Error {
  return new Error(`There is no ${expression}`)
}
