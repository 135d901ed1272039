import type { HttpRequest, HttpResponse, Transport } from '../../../src/platform/http/transport.ts'

export type EndlessList = 'batches' | 'dataSets' | 'files' | 'diagnostics'

const PATHS: Readonly<Record<EndlessList, RegExp>> = {
  batches: /\/catalog\/batches$/,
  dataSets: /\/catalog\/dataSets$/,
  files: /\/export\/batches\/\w+\/files$/,
  diagnostics: /\/export\/batches\/\w+\/(?:meta|failed)$/,
}

/** A network in which this list never ends: each page is full, and begins with the last entry of the previous page. */
export function endlessLists(send: Transport, list: EndlessList): Transport {
  return async (request, signal) => (isPageOf(request, list) ? endlessPage(request, list) : await send(request, signal))
}

/** Whether the request is for a page of the list, not for a file of its entries. */
export function isPageOf({ method, url }: HttpRequest, list: EndlessList): boolean {
  return method === 'GET' && PATHS[list].test(url.pathname) && url.searchParams.has('start')
}

export function endlessPage({ url }: HttpRequest, list: EndlessList): HttpResponse {
  const start = Number(url.searchParams.get('start'))
  const limit = Number(url.searchParams.get('limit'))
  const numbers = Array.from({ length: limit }, (_, i) => start + i)
  return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(pageOf(numbers, list))) }
}

function pageOf(numbers: readonly number[], list: EndlessList): object {
  const named = (digits: number) => numbers.map((number) => String(number).padStart(digits, '0'))
  switch (list) {
    case 'batches':
      return Object.fromEntries(named(25).map((id) => [`0${id}`, { status: 'success', tags: {}, relatedObjects: [] }]))
    case 'dataSets':
      return Object.fromEntries(named(24).map((id) => [id, { name: 'Another' }]))
    case 'files':
      return { data: named(12).map((id) => ({ dataSetFileId: id, records: '1' })) }
    case 'diagnostics':
      return { data: named(12).map((name) => ({ name, length: '10' })) }
    default:
      return list satisfies never
  }
}
