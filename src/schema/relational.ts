import { ownValue } from '../lib/json-reader.ts'
import { sourcePaths } from './descriptors.ts'
import type { ObjectField } from './field.ts'
import { type JsonObject, LosslessNumber, canonicalNumber, isPlainObject } from './json.ts'
import { Walk } from './walk.ts'
import type { Report } from './rules.ts'

/**
 * What identifies the rows of a relational ("model-based") schema. Relational schemas guide: the fields are at the
 * root, and descriptors name them.
 */
export type Relational = {
  /** Fields of the primary key; empty if no descriptor names them. */
  readonly key: readonly string[]
  readonly version: string | undefined
  readonly timestamp: string | undefined
  /** What the descriptors lack, each as a clause; undefined if they could not be read. */
  readonly missing: readonly string[] | undefined
}

/**
 * "Enable change data capture for source connections in the API": a column of the data that is read at ingestion and
 * not stored, so no schema has it. Journey Optimizer, 2026: `u` (the default) or `d`, in lower case.
 */
export const CHANGE_TYPE = '_change_request_type'
export const CHANGE_TYPE_NODE = { type: 'string', enum: ['u', 'd'] } as const

const RELATIONAL = 'https://ns.adobe.com/xdm/data/adhoc-v2'

/** Schemas endpoint: `adhoc-v2`, with the behavior in a separate keyword. */
export function isRelational(extended: readonly unknown[]): boolean {
  return extended.includes(RELATIONAL)
}

export function relationalOf(
  schema: JsonObject,
  { root, descriptors }: { readonly root: ObjectField; readonly descriptors: readonly JsonObject[] | undefined },
): Relational {
  const fieldsOf = (type: string) => namesIn(descriptors?.find((descriptor) => descriptor['@type'] === type))
  const key = fieldsOf('xdm:descriptorPrimaryKey')
  const [version] = fieldsOf('xdm:descriptorVersion')
  const [timestamp] = fieldsOf('xdm:descriptorTimestamp')
  const needsTimestamp = schema['meta:behaviorType'] === 'time-series'
  const unknown = [...key, version, timestamp].filter((name) => name !== undefined && !root.fields.has(name))
  const missing = [
    ...(key.length === 0 ? ['it has no primary key descriptor'] : []),
    ...(version === undefined ? ['it has no version descriptor'] : []),
    ...(needsTimestamp && timestamp === undefined
      ? ['it has no timestamp descriptor, which time-series data needs']
      : []),
    ...(unknown.length > 0 ? [`its descriptors name fields that it does not define: ${unknown.join(', ')}`] : []),
  ]
  return { key, version, timestamp, missing: descriptors === undefined ? undefined : missing }
}

/** Fields of a key are at the root. */
function namesIn(descriptor: JsonObject | undefined): readonly string[] {
  return sourcePaths(descriptor).map((path) => path.replace(/^\//, ''))
}

/** Descriptors endpoint: every row needs key, version and timestamp, whatever the schema says. */
export function withRelationalRules(
  root: ObjectField,
  relational: Relational,
  changeType: ObjectField['fields'],
): ObjectField {
  const needed = neededIn(relational).filter((name) => root.fields.has(name))
  const fields = [...root.fields].map(
    ([name, field]) => [name, needed.includes(name) ? { ...field, hasDefault: false } : field] as const,
  )
  return { ...root, fields: new Map([...fields, ...changeType]), required: new Set([...root.required, ...needed]) }
}

function neededIn({ key, version, timestamp }: Relational): readonly string[] {
  return [...new Set([...key, version, timestamp].filter((name) => name !== undefined))]
}

/** @returns the primary key of the row; undefined if a part is missing, which another rule reports */
export function primaryKeyOf({ key }: Relational, record: unknown): string | undefined {
  if (!isPlainObject(record) || key.length === 0) return undefined
  const parts = key.map((name) => ownValue(record, name))
  if (parts.some((part) => part === undefined || part === null || part === '')) return undefined
  return key.length === 1 ? textOfPart(parts[0]) : JSON.stringify(parts.map(textOfPart))
}

/**
 * All spellings of a number are equal: `1`, `1.0` and `1e0`; `1.5` and `1.50`. An integer equals the same digits as
 * text.
 */
function textOfPart(part: unknown): string {
  return part instanceof LosslessNumber ? String(part.exact ?? canonicalNumber(part)) : String(part)
}

/** The checks that are possible on a row of strings, as in CSV: an empty cell is a missing value. */
export function checkRelationalCells(relational: Relational, row: unknown, report: Report): void {
  if (!isPlainObject(row)) return
  const walk = new Walk(false)
  walk.begin(report)
  // An empty cell is not a member of the row. A column that is missing entirely is reported once, for the header.
  for (const name of neededIn(relational)) if ((ownValue(row, name) ?? '') === '') reportEmpty(name, walk)
  const change = ownValue(row, CHANGE_TYPE) ?? ''
  if (change !== '' && change !== 'u' && change !== 'd') reportChange(change, walk)
}

function reportEmpty(name: string, walk: Walk): void {
  walk.enter(name)
  walk.report('required-missing', { expected: 'a value', received: 'an empty cell' })
  walk.leave()
}

function reportChange(value: unknown, walk: Walk): void {
  walk.enter(CHANGE_TYPE)
  walk.reportValue('enum', value, 'one of "u", "d"')
  walk.leave()
}
