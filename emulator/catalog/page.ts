import { json, problem } from '../http/answers.ts'
import { asked, type Call } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { isObject, ownValue, type JsonObject } from '../json.ts'

export type Entry = readonly [id: string, record: JsonObject]

/** "Filter Catalog data": a page of datasets with the property `observableSchema` holds 20 at most. */
const MOST_WITH_OBSERVABLE_SCHEMA = 20

/** One page of a Catalog list: a map by id, without a count. */
export function catalogPage(call: Call, entries: readonly Entry[]): Answer {
  const limit = Number(call.query.get('limit') || 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return problem(400, 'Please supply a valid query limit: (1 - 100)')
  }
  // OpenAPI file of Catalog: an integer, an offset from 0.
  const start = Number(asked(call, 'start') ?? asked(call, 'offset') ?? 0)
  if (!Number.isInteger(start) || start < 0) return problem(400, 'Please supply a valid query start: (0 or more)')
  const properties = asked(call, 'properties')
  const most = properties?.split(',').includes('observableSchema') === true ? MOST_WITH_OBSERVABLE_SCHEMA : limit
  const page = ordered(entries, asked(call, 'orderBy') ?? asked(call, 'sort'))
  return shownEntries(call, page.slice(start, start + Math.min(limit, most)))
}

/** The objects by their ids, each with the properties that the call asks for. */
export function shownEntries(
  call: Call,
  entries: readonly Entry[],
  headers?: Readonly<Record<string, string>>,
): Answer {
  const properties = asked(call, 'properties')
  const shown = entries.map(([id, record]) => [id, withProperties(record, properties)])
  return json(200, Object.fromEntries(shown), headers)
}

/**
 * "Retrieve multiple objects" of the Catalog guide: `GET /dataSets/A,B` shows several objects at once. Those that do not
 * exist are left out. If none exists, the answer is that of a single look-up (a {@link Refusal}).
 */
export function severalEntries(ids: string, find: (id: string) => Entry): readonly Entry[] {
  const [first = '', ...others] = ids.split(',')
  if (others.length === 0) return [find(first)]
  const found = [first, ...others].map((id) => orMissing(() => find(id))).filter((entry) => entry !== undefined)
  return found.length === 0 ? [find(first)] : found
}

function orMissing(find: () => Entry): Entry | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

/** Top-level properties and, since 2025, nested ones (`fileDescription.format`). */
function withProperties(record: JsonObject, properties: string | undefined): JsonObject {
  if (properties === undefined) return record
  const wanted = properties.split(',').map((name) => name.trim())
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const inside = wanted.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1))
      if (wanted.includes(name)) return [[name, value]]
      return inside.length > 0 && isObject(value) ? [[name, withProperties(value, inside.join(','))]] : []
    }),
  )
}

/** `name,desc:created`: each property has its own direction; the default is ascending. */
function ordered(entries: readonly Entry[], orderBy: string | undefined): readonly Entry[] {
  if (orderBy === undefined) return entries
  const orders = orderBy.split(',').map((one) => {
    const [, direction, field = ''] = one.trim().match(/^(?:(asc|desc):)?(.*)$/) ?? []
    return { field, sign: direction === 'desc' ? -1 : 1 }
  })
  return entries.toSorted(([, one], [, other]) => {
    for (const { field, sign } of orders) {
      const difference = compared(ownValue(one, field), ownValue(other, field))
      if (difference !== 0) return sign * difference
    }
    return 0
  })
}

function compared(left: unknown, right: unknown): number {
  if (left === right) return 0
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left) < String(right) ? -1 : 1
}
