import { problem } from '../http/answers.ts'
import type { Call } from '../http/call.ts'
import { Refusal } from '../http/exchange.ts'
import { objectOf, ownValue, type JsonObject } from '../json.ts'
import { propertyFits, textsOf, wildcard } from './property.ts'

/** Filters of one kind of object, in addition to the properties of its records. */
export type SpecialFilters = Readonly<Record<string, (record: JsonObject, wanted: string) => boolean>>

/** Parameters that are not filters: they shape the page, or some clients send them although they belong to another call. */
const NO_FILTERS: ReadonlySet<string> = new Set([
  'limit',
  'start',
  'offset',
  'orderBy',
  'sort',
  'properties',
  'expansion',
  'aggregate',
  'requestDataSource',
])

/**
 * "Filter Catalog data using query parameters": filters are joined by AND. Any parameter that is not named there is a
 * simple filter: a property name with its values. An empty parameter is no filter: other clients send `name=`.
 * Throws a {@link Refusal} with 400 for a value that cannot be read.
 */
export function matchesFilters(call: Call, record: JsonObject, special: SpecialFilters = {}): boolean {
  return [...call.query].every(([name, wanted]) => {
    if (wanted === '' || NO_FILTERS.has(name)) return true
    const fits = ownValue(special, name) ?? ownValue(common, name)
    return fits === undefined ? hasAnyOf(valueAt(record, name), wanted) : fits(record, wanted)
  })
}

const common: SpecialFilters = {
  property: (record, wanted) => propertyFits(record, wanted),
  tags: (record, wanted) => matchesTags(objectOf(record['tags']), wanted),
  name: ({ name }, wanted) => isOneOf(wanted, (one) => wildcard(one).test(String(name))),
  createdAfter: ({ created }, wanted) => Number(created) > timeOf(wanted),
  createdBefore: ({ created }, wanted) => Number(created) < timeOf(wanted),
}

/** `v1,v2`: one of these; `!v1,v2`: none of these, which a missing property also satisfies. */
export function hasAnyOf(value: unknown, wanted: string): boolean {
  const held = textsOf(value)
  return isOneOf(wanted, (one) => held.includes(one))
}

function isOneOf(wanted: string, fits: (one: string) => boolean): boolean {
  const isInverted = wanted.startsWith('!')
  const isFound = wanted
    .slice(isInverted ? 1 : 0)
    .split(',')
    .some(fits)
  return isFound !== isInverted
}

/** `schemaRef.id` reads a nested property, unless a property has exactly that name. */
function valueAt(record: JsonObject, path: string): unknown {
  return ownValue(record, path) ?? path.split('.').reduce<unknown>((at, name) => ownValue(objectOf(at), name), record)
}

/** `a:x,b:*`: every pair must match; `*` at the end of a value makes it a prefix. Only values can contain a colon. */
function matchesTags(tags: JsonObject, wanted: string): boolean {
  return wanted.split(',').every((pair) => {
    const colon = pair.indexOf(':')
    const [key, value] = colon < 0 ? [pair, '*'] : [pair.slice(0, colon), pair.slice(colon + 1)]
    const held = textsOf(ownValue(tags, key))
    return held.some((one) => (value.endsWith('*') ? one.startsWith(value.slice(0, -1)) : one === value))
  })
}

/** Milliseconds since the epoch, or an ISO 8601 date. */
export function timeOf(wanted: string): number {
  const time = /^-?\d+$/.test(wanted) ? Number(wanted) : Date.parse(wanted)
  if (Number.isNaN(time)) throw new Refusal(problem(400, `${JSON.stringify(wanted)} is not a timestamp.`))
  return time
}
