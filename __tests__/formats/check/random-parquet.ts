import fc from 'fast-check'
import { group, leaf, list, map, type ParquetNode, text } from '../../support/parquet/parquet-records.ts'

/** A column with a field of a schema, which its values may or may not fit. */
export type RandomColumn = {
  readonly node: ParquetNode
  readonly field: XdmField
  /** Values as they are stored: days and moments are numbers. Null is absent. */
  readonly value: fc.Arbitrary<unknown>
}

export type XdmField = Readonly<Record<string, unknown>>

const STRING = { type: 'string', 'meta:xdmType': 'string' }

/** Of one value: of each type, and with each constraint. */
export const VALUE_FIELDS: readonly XdmField[] = [
  STRING,
  { ...STRING, enum: ['gold', 'silver'] },
  { ...STRING, minLength: 2 },
  { ...STRING, pattern: '^[a-z]+$' },
  { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  { type: 'integer', minimum: -128, maximum: 127, 'meta:xdmType': 'byte' },
  { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1, 'meta:xdmType': 'int' },
  { type: 'integer', minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1, 'meta:xdmType': 'long' },
  { type: 'number', 'meta:xdmType': 'number' },
  { type: 'number', minimum: -10, maximum: 100, 'meta:xdmType': 'number' },
  { type: 'boolean', 'meta:xdmType': 'boolean' },
]

const TEXTS = ['', 'a', 'gold', 'silver', 'Ünï', '12', '1.5', 'true', '2024-02-29', '2024-01-02T03:04:05Z', 'x\u0000y']

type LeafKind = { readonly node: (name: string) => ParquetNode; readonly value: fc.Arbitrary<unknown> }

const LEAVES: readonly LeafKind[] = [
  { node: (name) => text(name), value: fc.constantFrom(...TEXTS) },
  { node: (name) => leaf(name, 'INT32'), value: fc.constantFrom(0, 1, -1, 127, 128, 99_999, -(2 ** 31), 2 ** 31 - 1) },
  {
    node: (name) => leaf(name, 'INT64'),
    value: fc.constantFrom(0n, 5n, -7n, 1_700_000_000_000n, 2n ** 53n, -(2n ** 63n), 2n ** 62n + 1n),
  },
  { node: (name) => leaf(name, 'DOUBLE'), value: fc.constantFrom(0, 1.5, -2, 1e300, 101, 3e9, 2 ** 60) },
  { node: (name) => leaf(name, 'BOOLEAN'), value: fc.boolean() },
  { node: (name) => leaf(name, 'INT32', { converted_type: 'DATE' }), value: fc.constantFrom(0, 19_782, -1, 2_932_896) },
  {
    node: (name) => leaf(name, 'INT64', { converted_type: 'TIMESTAMP_MILLIS' }),
    value: fc.constantFrom(0n, 1_700_000_000_123n, -1n, 253_402_300_799_999n),
  },
  {
    node: (name) => leaf(name, 'INT64', { converted_type: 'DECIMAL', precision: 15, scale: 2 }),
    value: fc.constantFrom(0n, 125n, -1250n, 99_999_999_999_999n),
  },
]

const MEMBERS = ['a', 'b', 'c', 'd'] as const

/** Some columns: leaves, groups, lists and maps of each other, as deep as that. */
export function randomColumns(depth: number): fc.Arbitrary<readonly RandomColumn[]> {
  return fc
    .subarray([...MEMBERS], { minLength: 1 })
    .chain((names) => fc.tuple(...names.map((name) => randomColumn(name, depth))))
}

function randomColumn(name: string, depth: number): fc.Arbitrary<RandomColumn> {
  if (depth === 0) return randomLeaf(name)
  return fc.oneof(randomLeaf(name), randomGroup(name, depth), randomList(name, depth), randomMap(name, depth))
}

function randomLeaf(name: string): fc.Arbitrary<RandomColumn> {
  return fc
    .record({ kind: fc.constantFrom(...LEAVES), field: fc.constantFrom(...VALUE_FIELDS), isRequired: fc.boolean() })
    .map(({ kind, field, isRequired }) => {
      const node = kind.node(name)
      return isRequired
        ? { node: required(node), field, value: kind.value }
        : optional({ node, field, value: kind.value })
    })
}

function required({ element, below }: ParquetNode): ParquetNode {
  return { element: { ...element, repetition_type: 'REQUIRED' }, below }
}

function optional(column: RandomColumn): RandomColumn {
  return { ...column, value: fc.option(column.value, { nil: null, freq: 3 }) }
}

function randomGroup(name: string, depth: number): fc.Arbitrary<RandomColumn> {
  return fc.tuple(randomColumns(depth - 1), fc.subarray([...MEMBERS])).map(([columns, needed]) =>
    optional({
      node: group(
        name,
        columns.map(({ node }) => node),
      ),
      field: { ...objectField(columns), required: needed },
      value: recordOf(columns),
    }),
  )
}

function randomList(name: string, depth: number): fc.Arbitrary<RandomColumn> {
  return randomColumn('element', depth - 1).map(({ node, field, value }) =>
    optional({
      node: list(node, name),
      field: { type: 'array', items: field, 'meta:xdmType': 'array' },
      value: fc.array(value, { maxLength: 3 }),
    }),
  )
}

/** An absent value is no entry, as a reader of maps has it. */
function randomMap(name: string, depth: number): fc.Arbitrary<RandomColumn> {
  return randomColumn('value', depth - 1).map(({ node, field, value }) =>
    optional({
      node: map(node, name),
      field: { type: 'object', additionalProperties: field, 'meta:xdmType': 'map' },
      value: fc.dictionary(fc.constantFrom('x', 'y', 'ü', ''), value, { maxKeys: 3 }),
    }),
  )
}

/** A column without a field is told of by its name alone, whatever its rows hold: here each has one. */
export function objectField(columns: readonly Omit<RandomColumn, 'value'>[]): XdmField {
  const properties = Object.fromEntries(columns.map(({ node, field }) => [node.element.name, field]))
  return { type: 'object', 'meta:xdmType': 'object', properties }
}

export function recordOf(columns: readonly RandomColumn[]): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(columns.map(({ node, value }) => [node.element.name, value])))
}

/** An identityMap as the mixin of this name has it. */
export const IDENTITY_MAP: RandomColumn = optional({
  node: map(list(group('element', [text('id'), leaf('primary', 'BOOLEAN')]), 'value'), 'identityMap'),
  field: {
    type: 'object',
    'meta:xdmType': 'map',
    additionalProperties: {
      type: 'array',
      'meta:xdmType': 'array',
      items: {
        type: 'object',
        'meta:xdmType': 'object',
        properties: { id: STRING, primary: { type: 'boolean', 'meta:xdmType': 'boolean' } },
      },
    },
  },
  value: fc.dictionary(
    fc.constantFrom('Email', 'ECID', 'CRMID'),
    fc.array(
      fc.record({
        id: fc.option(fc.constantFrom('', 'a@example.com', '12345678901234567890123456789012345678'), { nil: null }),
        primary: fc.option(fc.boolean(), { nil: null }),
      }),
      { maxLength: 2 },
    ),
    { maxKeys: 2 },
  ),
})

/** What makes a record an event. */
export const EVENT_COLUMNS: readonly RandomColumn[] = [
  optional({ node: text('_id'), field: STRING, value: fc.constantFrom('', 'e1', 'e2', 'e3') }),
  optional({
    node: leaf('timestamp', 'INT64', { converted_type: 'TIMESTAMP_MILLIS' }),
    field: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
    value: fc.constantFrom(1_700_000_000_000n, 0n),
  }),
]

/** A value as another writer takes it, or as JSON has it: `change` is asked for every leaf that has one. */
export function changeLeaves(
  node: ParquetNode,
  value: unknown,
  change: (leaf: ParquetNode, value: unknown) => unknown,
): unknown {
  if (value === null || value === undefined) return null
  const { element, below } = node
  const inner = below[0]?.below.at(-1)
  const into = (child: ParquetNode, of: unknown) => changeLeaves(child, of, change)
  if (below.length === 0) return change(node, value)
  if (element.converted_type === 'LIST' && inner !== undefined)
    return (value as readonly unknown[]).map((item) => into(inner, item))
  const members = new Map(below.map((child) => [child.element.name, child]))
  const childOf = (name: string) => (element.converted_type === 'MAP' ? inner : members.get(name))
  return Object.fromEntries(
    Object.entries(value).map(([name, of]) => {
      const child = childOf(name)
      return [name, child === undefined ? null : into(child, of)]
    }),
  )
}
