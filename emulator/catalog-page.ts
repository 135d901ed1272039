import { ownValue } from './json.ts'
import { json, problem } from './answers.ts'
import { asked, type Call } from './call.ts'
import type { Answer } from './exchange.ts'
import type { JsonObject } from './json.ts'

type Entry = readonly [id: string, record: JsonObject]

/** One page of a Catalog list: a map by id, without anything that says how many there are. */
export function catalogPage(call: Call, entries: readonly Entry[]): Answer {
  const limit = Number(call.query.get('limit') || 20)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    return problem(400, 'Please supply a valid query limit: (1 - 100)')
  }
  const start = Number(asked(call, 'start') ?? asked(call, 'offset') ?? 0)
  const page = ordered(entries, asked(call, 'orderBy') ?? asked(call, 'sort')).slice(start, start + limit)
  return json(
    200,
    Object.fromEntries(page.map(([id, record]) => [id, withProperties(record, asked(call, 'properties'))])),
  )
}

export function withProperties(record: JsonObject, properties: string | undefined): JsonObject {
  if (properties === undefined) return record
  const wanted = new Set(properties.split(',').map((name) => name.trim()))
  return Object.fromEntries(Object.entries(record).filter(([name]) => wanted.has(name)))
}

/** `desc:created` or `asc:created,updated`. */
function ordered(entries: readonly Entry[], orderBy: string | undefined): readonly Entry[] {
  if (orderBy === undefined) return entries
  const colon = orderBy.indexOf(':')
  const direction = orderBy.slice(0, Math.max(colon, 0)) === 'desc' ? -1 : 1
  const fields = orderBy.slice(colon + 1).split(',')
  return entries.toSorted((one, other) => direction * compared(one, other, fields))
}

function compared([, one]: Entry, [, other]: Entry, fields: readonly string[]): number {
  for (const field of fields) {
    const [left, right] = [ownValue(one, field), ownValue(other, field)]
    if (left === right) continue
    if (typeof left === 'number' && typeof right === 'number') return left - right
    return String(left) < String(right) ? -1 : 1
  }
  return 0
}
