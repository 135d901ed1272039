import { Problem } from './errors.ts'

/** Unknown JSON, read step by step: what isn't there is absent, what must be there and isn't is a Problem with its path. */
export type JsonReader = {
  readonly path: string
  /** All of it, for who reads it in another way. */
  value(): unknown
  /** The key under which it stands in its object. */
  key(): JsonReader
  get(key: string): JsonReader
  entries(): readonly (readonly [string, JsonReader])[]
  items(): readonly JsonReader[]
  /** Absent also when it is no string. */
  text(): string | undefined
  /** A number, or digits in a string: the platform writes both. */
  number(): number | undefined
  boolean(): boolean | undefined
  /** @throws Problem when there is no string here. */
  mustText(): string
  /** @throws Problem when there is no list here: taken for an empty one, it would hide everything that is there. */
  mustItems(): readonly JsonReader[]
  /** @throws Problem when there is no object here. */
  mustEntries(): readonly (readonly [string, JsonReader])[]
}

export function jsonReader(value: unknown, path: string, key?: string): JsonReader {
  const reader: JsonReader = {
    path,
    value: () => value,
    key: () => jsonReader(key, `the key of ${path}`),
    get: (name) => jsonReader(isObject(value) ? ownValue(value, name) : undefined, `${path}.${name}`, name),
    entries: () =>
      isObject(value) ? Object.entries(value).map(([name, v]) => [name, jsonReader(v, `${path}.${name}`, name)]) : [],
    items: () => (Array.isArray(value) ? value.map((v: unknown, i) => jsonReader(v, `${path}[${i}]`)) : []),
    text: () => (typeof value === 'string' ? value : undefined),
    number: () => asNumber(value),
    boolean: () => (typeof value === 'boolean' ? value : undefined),
    mustText: () => {
      if (typeof value === 'string') return value
      throw otherThan('a string', path, value)
    },
    mustItems: () => {
      if (Array.isArray(value)) return reader.items()
      throw otherThan('a list', path, value)
    },
    mustEntries: () => {
      if (isObject(value)) return reader.entries()
      throw otherThan('an object', path, value)
    },
  }
  return reader
}

function otherThan(expected: string, path: string, value: unknown): Problem {
  return new Problem(`Cannot read the platform's answer: ${path} is ${describe(value)}, not ${expected}`, {
    remedy: 'Run the job again with debug logging, and report the answer.',
  })
}

/**
 * What stands under a name that a server, a file or a person chose: `constructor` and `__proto__` may be among those names,
 * and every object has something under them that nobody put there.
 */
export function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Puts a value under such a name: assigned, `__proto__` would set the prototype and be gone. */
export function setOwn<T>(object: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true })
  } else object[name] = value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
