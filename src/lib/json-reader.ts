import { Problem } from './errors.ts'

/**
 * Reads unknown JSON step by step. A missing value is absent; a missing value that is required is a Problem with its
 * path.
 */
export type JsonReader = {
  readonly path: string
  /** The whole value, for callers that read it in another way. */
  value(): unknown
  /** The key of this value in its object. */
  key(): JsonReader
  get(key: string): JsonReader
  entries(): readonly (readonly [string, JsonReader])[]
  items(): readonly JsonReader[]
  /** Absent also when the value is not a string. */
  text(): string | undefined
  /** A number, or digits in a string: the platform writes both. */
  number(): number | undefined
  boolean(): boolean | undefined
  /** @throws Problem when the value is not a string. */
  mustText(): string
  /** @throws Problem when the value is not a list: treated as an empty list, it would hide everything that is there. */
  mustItems(): readonly JsonReader[]
  /** @throws Problem when the value is not an object. */
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
 * The value under a name that a server, a file or a person chose. Such names include `constructor` and `__proto__`,
 * under which every object inherits something.
 */
export function ownValue<T>(object: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/**
 * Sets a value under such a name. A plain assignment to `__proto__` would set the prototype, and the value would be
 * lost.
 */
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
