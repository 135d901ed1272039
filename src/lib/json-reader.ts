import { Problem } from './errors.ts'

/** Unknown JSON, read step by step: what isn't there is absent, what must be there and isn't is a Problem with its path. */
export type Wire = {
  readonly path: string
  /** All of it, for who reads it in another way. */
  value(): unknown
  /** The key under which it stands in its object. */
  key(): Wire
  get(key: string): Wire
  entries(): readonly (readonly [string, Wire])[]
  items(): readonly Wire[]
  /** Absent also when it is no string. */
  text(): string | undefined
  /** A number, or digits in a string: the platform writes both. */
  number(): number | undefined
  boolean(): boolean | undefined
  /** @throws Problem when there is no string here. */
  mustText(): string
}

export function wire(value: unknown, path: string, key?: string): Wire {
  return {
    path,
    value: () => value,
    key: () => wire(key, `the key of ${path}`),
    get: (name) => wire(isObject(value) ? value[name] : undefined, `${path}.${name}`, name),
    entries: () =>
      isObject(value) ? Object.entries(value).map(([name, v]) => [name, wire(v, `${path}.${name}`, name)]) : [],
    items: () => (Array.isArray(value) ? value.map((v: unknown, i) => wire(v, `${path}[${i}]`)) : []),
    text: () => (typeof value === 'string' ? value : undefined),
    number: () => asNumber(value),
    boolean: () => (typeof value === 'boolean' ? value : undefined),
    mustText: () => {
      if (typeof value === 'string') return value
      throw new Problem(`Cannot read the platform's answer: ${path} is ${describe(value)}, not a string`, {
        remedy: 'Run again with debug logging and report what the platform answered.',
      })
    },
  }
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
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
