import { json, problem } from '../http/answers.ts'
import { asked, type Call } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { objectOf, type JsonObject, ownValue } from '../json.ts'

/**
 * A page of the Schema Registry. `start` is the sort value of the last entry seen, not an offset: a real registry
 * answered `start=0` with nothing. So entries that share a value, as titles can, are lost if a page ends between them.
 * `count` counts the page. `limit` is a hint; values other than 0 to 500 (OpenAPI file) are refused.
 */
export function registryPage(call: Call, entries: readonly JsonObject[], { path, key, shown }: Listing): Answer {
  const orderby = asked(call, 'orderby') ?? key
  const [field, descending] = orderby.startsWith('-') ? [orderby.slice(1), true] : [orderby, false]
  const valueOf = (entry: JsonObject) => textOf(ownValue(entry, field))
  const isBefore = (one: string, other: string) => (descending ? one > other : one < other)
  const ordered = entries.toSorted(
    (one, other) => Number(isBefore(valueOf(other), valueOf(one))) - Number(isBefore(valueOf(one), valueOf(other))),
  )
  const start = asked(call, 'start')
  // Ids begin with "https", so a cursor of "0" would precede all of them; the real registry nevertheless finds nothing.
  const isBehind = (entry: JsonObject) => start === undefined || (start !== '0' && isBefore(start, valueOf(entry)))
  const behind = ordered.filter(isBehind)
  const limit = Number(asked(call, 'limit') ?? MAX_LIMIT)
  if (!Number.isInteger(limit) || limit < 0 || limit > MAX_LIMIT) return problem(400, 'limit must be from 0 to 500.')
  const page = behind.slice(0, Math.min(limit, call.platform.settings().schemasPerPage))
  const last = page.at(-1)
  const next = page.length < behind.length && last !== undefined ? valueOf(last) : null
  const link = next === null ? null : { href: `${path}?start=${encodeURIComponent(next)}` }
  const results = page.map(shown)
  return json(200, { results, _page: { orderby, next, count: page.length }, _links: { next: link } })
}

/** A list: its path, the property that identifies its entries, and the form in which they are shown. */
export type Listing = {
  readonly path: string
  readonly key: string
  readonly shown: (entry: JsonObject) => unknown
}

const MAX_LIMIT = 500

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** `title~loyalty`, `@type==a,xdm:sourceSchema==https://…` (as aepp joins them): every condition must hold. */
export function matchesProperties(call: Call, entry: JsonObject): boolean {
  const conditions = call.query.getAll('property').flatMap((wanted) => wanted.split(/,(?=[\w:.@$/-]+(?:==|!=|<|>|~))/))
  return conditions.every((wanted) => wanted === '' || matches(entry, wanted))
}

function matches(entry: JsonObject, wanted: string): boolean {
  const [, path = '', operator, value = ''] = wanted.match(/^(.+?)(==|!=|<=|>=|<|>|~)(.*)$/) ?? [undefined, wanted]
  const held =
    ownValue(entry, path) ?? path.split('.').reduce<unknown>((at, name) => ownValue(objectOf(at), name), entry)
  if (operator === undefined) return held !== undefined
  return compare(held, operator, value)
}

function compare(held: unknown, operator: string, value: string): boolean {
  if (operator === '!=') return held !== undefined && !compare(held, '==', value)
  if (Array.isArray(held)) return held.some((item) => compare(item, operator, value))
  const text = String(held)
  if (operator === '==') return text === value
  if (operator === '~') return new RegExp(value, 'i').test(text)
  if (operator === '<=' || operator === '>=') return text === value || compare(held, operator.charAt(0), value)
  return operator === '<' ? text < value : text > value
}
