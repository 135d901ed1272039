import { LosslessNumber } from './lossless-number.ts'
import { pointer } from './pointer.ts'

export type OnDuplicate = (path: string) => void

type Open = { readonly value: unknown[] | Record<string, unknown>; name: string }

/** Reads a text that JSON.parse has accepted, token by token and without recursion. */
export function exactJson(text: string, onDuplicate?: OnDuplicate): unknown {
  return new Reader(text, onDuplicate).read()
}

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null }

class Reader {
  readonly #text: string
  readonly #onDuplicate: OnDuplicate | undefined
  readonly #open: Open[] = []
  /** Of the innermost open array or object: a name that waits for its value. */
  #name: string | undefined
  #root: unknown
  #at = 0

  constructor(text: string, onDuplicate: OnDuplicate | undefined) {
    this.#text = text
    this.#onDuplicate = onDuplicate
  }

  read(): unknown {
    while (this.#at < this.#text.length) this.#token(this.#text[this.#at] ?? '')
    return this.#root
  }

  #token(first: string): void {
    if (first === '"') this.#string()
    else if (first === '{' || first === '[') this.#begin(first === '{' ? {} : [])
    else if (first === '}' || first === ']') this.#end()
    else if (SEPARATOR.test(first)) this.#at++
    else this.#scalar()
  }

  #begin(value: Open['value']): void {
    this.#put(value)
    this.#open.push({ value, name: '' })
    this.#at++
  }

  #end(): void {
    this.#open.pop()
    this.#at++
  }

  #string(): void {
    const end = closingQuote(this.#text, this.#at + 1)
    const raw = this.#text.slice(this.#at, end + 1)
    const string = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
    this.#at = end + 1
    const inside = this.#open.at(-1)
    const isName = inside !== undefined && !Array.isArray(inside.value) && this.#name === undefined
    if (isName) this.#name = string
    else this.#put(string)
  }

  #scalar(): void {
    SCALAR.lastIndex = this.#at
    const [token = ''] = SCALAR.exec(this.#text) ?? []
    this.#at += token.length
    this.#put(token in WORDS ? WORDS[token] : numberOf(token))
  }

  #put(value: unknown): void {
    const inside = this.#open.at(-1)
    if (inside === undefined) this.#root = value
    else if (Array.isArray(inside.value)) inside.value.push(value)
    else this.#putMember(inside, inside.value, value)
  }

  #putMember(inside: Open, object: Record<string, unknown>, value: unknown): void {
    const name = this.#name ?? ''
    this.#name = undefined
    inside.name = name
    if (Object.hasOwn(object, name)) this.#onDuplicate?.(this.#path())
    // Assigned, `__proto__` would set the prototype and be gone.
    if (name === '__proto__') {
      Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
    } else object[name] = value
  }

  #path(): string {
    return pointer(this.#open.map(({ value, name }) => (Array.isArray(value) ? value.length - 1 : name)))
  }
}

const SEPARATOR = /[\s,:]/
const SCALAR = /[^\s,\]}]+/y

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function numberOf(token: string): number | LosslessNumber {
  const number = Number(token)
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(number) ? number : new LosslessNumber(token)
  return Number.isFinite(number) && !Number.isInteger(number) ? number : new LosslessNumber(token)
}
