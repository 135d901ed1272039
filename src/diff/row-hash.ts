import { hash } from 'node:crypto'
import { ownValue } from '../lib/json-reader.ts'
import { pointer } from '../lib/json-pointer.ts'
import { LosslessNumber, canonicalNumber } from '../schema/json.ts'

/** A field by its path, and all fields below it. */
type FieldNode = {
  /** In the order in which they were first seen. */
  readonly id: number
  readonly children: Map<string, FieldNode>
  readonly path: readonly string[]
}

/**
 * Maps whose keys are data have any number of fields. Fields beyond this number are reported together, as the record
 * itself.
 */
const MOST_FIELDS = 4_096

/** No real rows are nested more deeply, and recursion must end. */
const DEEPEST = 500

/**
 * Reads a row by its meaning, not its notation. Two rows are equal if and only if they have no difference that counts:
 *
 * | no difference                                | a difference                                 |
 * |----------------------------------------------|----------------------------------------------|
 * | the order of the members of an object        | the order of the items of a list             |
 * | white space between tokens, escapes          | a character of a string, white space in it   |
 * | `1`, `1.0`, `1e0`: one number                | `1` and `"1"`; `null` and nothing at all     |
 *
 * Numbers are compared by their exact decimal value, at any length. If an object has a member twice, the last one
 * counts, as for every reader. One instance belongs to one thread.
 */
export class CanonicalRows {
  readonly #root: FieldNode = { id: 0, children: new Map(), path: [] }
  readonly #fields: FieldNode[] = [this.#root]
  /** Stands for all fields beyond the limit. */
  readonly #others: FieldNode = { id: 0, children: new Map(), path: [] }
  #text = ''
  #leaves: number[] = []

  /** Field and 32-bit hash of each leaf of the row that was read last, one after another. A list is one leaf. */
  get leaves(): readonly number[] {
    return this.#leaves
  }

  /** @returns the row in canonical form. @throws RangeError for a value that is nested too deeply */
  read(row: unknown): string {
    this.#text = ''
    this.#leaves = []
    this.#walk(row, this.#root, 0)
    return this.#text
  }

  /** JSON pointer of a field. */
  pathOf(field: number): string {
    return pointer(this.#fields[field]?.path ?? [])
  }

  #walk(value: unknown, node: FieldNode, depth: number): void {
    if (isMembers(value) && depth < DEEPEST) this.#walkMembers(value, node, depth)
    else this.#addLeaf(canonicalText(value, depth), node)
  }

  #walkMembers(value: Members, node: FieldNode, depth: number): void {
    const names = sortedNames(value)
    if (names.length === 0) return this.#addLeaf('{}', node)
    let separator = '{'
    for (const name of names) {
      const member = ownValue(value, name)
      if (member === undefined) continue
      this.#text += `${separator}${JSON.stringify(name)}:`
      separator = ','
      this.#walk(member, this.#below(node, name), depth + 1)
    }
    this.#text += separator === '{' ? '{}' : '}'
  }

  #addLeaf(text: string, { id }: FieldNode): void {
    this.#text += text
    this.#leaves.push(id, quickHash(text))
  }

  #below(node: FieldNode, name: string): FieldNode {
    const known = node.children.get(name)
    if (known !== undefined) return known
    if (this.#fields.length >= MOST_FIELDS) return this.#others
    const made: FieldNode = { id: this.#fields.length, children: new Map(), path: [...node.path, name] }
    node.children.set(name, made)
    this.#fields.push(made)
    return made
  }
}

type Members = Readonly<Record<string, unknown>>

function isMembers(value: unknown): value is Members {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && !(value instanceof LosslessNumber) && !ArrayBuffer.isView(value)
}

function sortedNames(value: Members): readonly string[] {
  return Object.keys(value).toSorted()
}

/** A value in canonical form. @throws RangeError for one that is nested too deeply */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > DEEPEST) throw new RangeError('nested without end')
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' || value instanceof LosslessNumber) return canonicalNumber(value)
  if (Array.isArray(value)) return `[${value.map((item) => canonicalText(item, depth + 1)).join(',')}]`
  if (ArrayBuffer.isView(value))
    return `bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
  if (!isMembers(value)) return String(value)
  const members = sortedNames(value).filter((name) => ownValue(value, name) !== undefined)
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(ownValue(value, name), depth + 1)}`).join(',')}}`
}

/** FNV-1a over UTF-16 code units. It decides which fields of a row differ, but never whether the row differs. */
function quickHash(text: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  return state >>> 0
}

/**
 * The first 128 bits of SHA-256, as four words. The hash must resist collisions: the author of a pull request chooses
 * the rows, and must not be able to hide one of them.
 */
export function rowHash(text: string): Uint32Array {
  const bytes = hash('sha256', text, 'buffer')
  const words = new Uint32Array(4)
  for (let at = 0; at < 4; at++) words[at] = bytes.readUInt32LE(4 * at)
  return words
}
