import { CHECK_SCHEMA } from '../check-schema.ts'
import type { SeenRequest } from './read-requests.ts'

export type Kind = 'token' | 'dataset' | 'schema' | 'batches' | 'batch' | 'create' | 'act' | 'file' | 'files' | 'other'

export type CannedAnswer = { readonly kind: Kind; readonly status: number; readonly json: unknown }

export const SINK_DATASET = '650000000000000000000001'

type Made = { readonly id: string; readonly record: Readonly<Record<string, unknown>>; status: string }

type Route = {
  readonly kind: Kind
  /** Matches the method, a space, then path and query. */
  readonly match: RegExp
  readonly answer: (found: RegExpExecArray, request: SeenRequest) => unknown
}

/** One dataset, and batches that succeed on COMPLETE. Every known request gets 200, whatever its content. */
export function cannedPlatform(): (request: SeenRequest) => CannedAnswer {
  const made = new Map<string, Made>()
  const routes = [...FIXED, ...batchRoutes(made)]
  return (request) => {
    const line = `${request.method} ${request.target}`
    for (const { kind, match, answer } of routes) {
      const found = match.exec(line)
      if (found !== null) return { kind, status: 200, json: answer(found, request) }
    }
    return { kind: 'other', status: 404, json: { title: `The sink knows nothing of ${line}` } }
  }
}

const FIXED: readonly Route[] = [
  { kind: 'file', match: /^(?:PUT|PATCH) .*\/files\//, answer: () => ({}) },
  { kind: 'act', match: /^POST .*\/files\/.*\?action=/, answer: () => ({}) },
  {
    kind: 'token',
    match: /^POST \/ims\/token/,
    answer: () => ({ access_token: 'token-of-the-sink', token_type: 'bearer', expires_in: 86_399 }),
  },
  { kind: 'dataset', match: /^GET .*\/dataSets\/([^?]+)/, answer: ([, id = '']) => ({ [id]: dataset() }) },
  { kind: 'schema', match: /^GET .*\/schemas\//, answer: () => CHECK_SCHEMA },
  { kind: 'schema', match: /^GET .*\/descriptors/, answer: () => ({ results: [] }) },
  { kind: 'files', match: /^GET .*\/export\/batches\//, answer: () => ({ data: [] }) },
]

function dataset() {
  return {
    name: 'Benchmark',
    state: 'ACTIVE',
    version: '1.0.0',
    tags: { 'adobe/siphon/table/format': ['delta'] },
    classification: { dataBehavior: 'record', managedBy: 'CUSTOMER' },
    fileDescription: { format: 'parquet' },
    schemaRef: { id: CHECK_SCHEMA.$id, contentType: 'application/vnd.adobe.xed-full+json;version=1' },
  }
}

function batchRoutes(made: Map<string, Made>): readonly Route[] {
  return [
    { kind: 'create', match: /^POST .*\/import\/batches$/, answer: (_, { body }) => create(made, body) },
    {
      kind: 'act',
      match: /^POST .*\/import\/batches\/([^?/]+)\?action=(\w+)/,
      answer: ([, id = '', action = '']) => {
        const batch = made.get(id)
        if (batch !== undefined) batch.status = action === 'COMPLETE' ? 'success' : 'aborted'
        return {}
      },
    },
    { kind: 'batch', match: /^GET .*\/catalog\/batches\/([^?]+)/, answer: ([, id = '']) => listed(pick(made, id)) },
    { kind: 'batches', match: /^GET .*\/catalog\/batches\?/, answer: (_, { target }) => page(made, target) },
  ]
}

function create(made: Map<string, Made>, body: string) {
  const id = `01SINK${String(made.size + 1).padStart(20, '0')}`
  const order = JSON.parse(body) as Readonly<Record<string, unknown>>
  const record = { ...order, created: Date.now(), relatedObjects: [{ type: 'dataSet', id: order['datasetId'] }] }
  made.set(id, { id, record, status: 'loading' })
  // As documented: without predecessors, `replay` is an empty object.
  return { replay: {}, ...order, id, status: 'loading' }
}

function pick(made: ReadonlyMap<string, Made>, id: string): readonly Made[] {
  const batch = made.get(id)
  return batch === undefined ? [] : [batch]
}

/** Ignores filters: the client compares the answers itself. */
function page(made: ReadonlyMap<string, Made>, target: string) {
  return listed(/[?&]start=0(?:&|$)/.test(target) ? Array.from(made.values()) : [])
}

function listed(batches: readonly Made[]) {
  return Object.fromEntries(batches.map(({ id, record, status }) => [id, { ...record, status }]))
}
