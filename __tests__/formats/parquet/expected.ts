import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CalendarDay } from '../../../src/formats/parquet/values.ts'

export const FIXTURES = join(import.meta.dirname, 'fixtures')

/** What a value means, whatever it is stored as. */
type ValueKind =
  | keyof typeof LEAVES
  | { readonly list: ValueKind }
  | { readonly map: ValueKind }
  | { readonly struct: Readonly<Record<string, ValueKind>> }

type Kinds = Readonly<Record<string, ValueKind>>

type Columns = Readonly<Record<string, readonly unknown[]>>

/** `same` are columns that hold what the common ones of this name hold. */
type FileExpectations = { readonly same: readonly string[]; readonly own: Columns; readonly kinds: Kinds }

type Expectations = {
  readonly kinds: Kinds
  readonly common: Columns
  readonly files: Readonly<Record<string, FileExpectations>>
}

export type ExpectedFile = {
  readonly file: string
  readonly rows: readonly object[]
  readonly columns: readonly string[]
}

/** The rows of each file, of what pyarrow reads from it (`fixtures/make.py` wrote it down), as our reader shows them. */
export function readExpectations(): readonly ExpectedFile[] {
  const text = gunzipSync(readFileSync(join(FIXTURES, 'expected.json.gz'))).toString()
  const { kinds, common, files } = JSON.parse(text) as Expectations
  return Object.entries(files).map(([file, { same, own, kinds: ownKinds }]) => {
    const columns = { ...Object.fromEntries(same.map((name) => [name, common[name] ?? []])), ...own }
    const rows = rowsOf(columns, { ...kinds, ...ownKinds })
    return { file, rows, columns: Object.keys(columns) }
  })
}

function rowsOf(columns: Columns, kinds: Kinds): readonly object[] {
  const rows = Math.max(...Object.values(columns).map((values) => values.length))
  return Array.from({ length: rows }, (_, row) =>
    members(Object.entries(columns).map(([name, values]) => [name, shown(values[row], kinds[name])])),
  )
}

/** What is absent is no member, of a record as of a map. */
function members(entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries(entries.filter(([, value]) => value !== null))
}

function shown(value: unknown, kind: ValueKind = 'nothing'): unknown {
  if (value === null || value === undefined) return null
  if (typeof kind === 'string') return LEAVES[kind](value)
  if ('list' in kind) return (value as readonly unknown[]).map((item) => shown(item, kind.list))
  const isMap = 'map' in kind
  const entries = isMap ? (value as readonly [string, unknown][]) : Object.entries(value)
  return members(entries.map(([name, inner]) => [name, shown(inner, isMap ? kind.map : kind.struct[name])]))
}

/** From what `make.py` writes of a value, to what the reader makes of it. */
const LEAVES = {
  nothing: asIs,
  boolean: asIs,
  text: asIs,
  integer: (value: unknown) => (typeof value === 'string' ? BigInt(value) : value),
  float: (value: unknown) => Number(value),
  /** The nearest number, which is what a column of doubles holds of it. */
  decimal: (value: unknown) => Number(value),
  date: (value: unknown) => new CalendarDay(`${String(value)}T00:00:00Z`),
  /** Of more than milliseconds, those that are over. */
  moment: (value: unknown) => new Date(`${String(value).slice(0, 23)}Z`),
  /** There is nothing in XDM that it would be. */
  'time-ms': (value: unknown) => unitsOf(value, 1_000_000n),
  'time-us': (value: unknown) => unitsOf(value, 1_000n),
  'time-ns': (value: unknown) => unitsOf(value, 1n),
  uuid: (value: unknown) => String(value).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
  'fixed-bytes': (value: unknown) => new Uint8Array(Buffer.from(String(value), 'hex')),
  /** Old writers did not say of text that it is, so it may be. */
  bytes: (value: unknown) => Buffer.from(String(value), 'hex').toString(),
} as const

function asIs(value: unknown): unknown {
  return value
}

function unitsOf(time: unknown, nanos: bigint): number {
  const [hours = '', minutes = '', seconds = '', fraction = ''] = String(time).split(/[:.]/)
  const whole = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds)
  return Number((whole * 1_000_000_000n + BigInt(fraction)) / nanos)
}
