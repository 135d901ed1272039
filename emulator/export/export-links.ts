import { json, problem } from '../http/answers.ts'
import { asked, type Call } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'

/** An absolute link of Data Access. On the real platform it includes the port, and sometimes a regional host. */
export function exportLink(call: Call, path: string): { readonly self: { readonly href: string } } {
  return { self: { href: `${linkHost(call)}/data/foundation/export${path}` } }
}

function linkHost({ platform }: Call): string {
  const { links } = platform.settings()
  if (links === 'foreign-host') return 'https://platform-va7.adobe.io:443'
  return links === 'port-443' ? platform.publicUrl.replace(/(:\d+)?$/, ':443') : platform.publicUrl
}

/** A page of Data Access. Unlike in the Schema Registry, `count` is the number of all entries. */
export function exportPage(call: Call, entries: readonly unknown[]): Answer {
  const [start, limit] = [Number(asked(call, 'start') ?? 0), Number(asked(call, 'limit') ?? 100)]
  if (!Number.isInteger(start) || start < 0) return problem(400, 'start must be an offset.')
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return problem(400, 'limit must be from 1 to 100.')
  const next = start + limit < entries.length ? { next: pageLink(call, `start=${start + limit}&limit=${limit}`) } : {}
  const page = { href: `${linkHost(call)}${call.path}{?limit,start}`, templated: true }
  return json(200, {
    data: entries.slice(start, start + limit),
    _page: { limit, count: entries.length },
    _links: { ...next, page },
  })
}

function pageLink(call: Call, query: string): { readonly href: string } {
  const path = asked(call, 'path')
  const own = path === undefined ? '' : `path=${encodeURIComponent(path)}&`
  return { href: `${linkHost(call)}${call.path}?${own}${query}` }
}
