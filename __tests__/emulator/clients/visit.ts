import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text as textOf } from 'node:stream/consumers'
import { startEmulator } from '../../../emulator/server.ts'
import { seededCredential } from '../../../emulator/seed.ts'
import { at, badRow, goodRow, standing as credentials, tokenRequest, type Got } from '../platform-in-memory.ts'
import { dataset, imports, standing, type Asked } from './asked.ts'

export type Visit = {
  readonly url: string
  /** Sends what a client sends, over HTTP, with what the placeholders stand for. */
  readonly ask: (asked: Omit<Asked, 'gets'>) => Promise<Got>
  /** The same value with the batches that its placeholders stand for; matchers stay as they are. */
  readonly filled: <T>(value: T) => T
  readonly close: () => Promise<void>
}

/** An emulator of its own, and in it the batches that the placeholders of `wanted` stand for. */
export async function visit(wanted: string): Promise<Visit> {
  const { url, close } = await startEmulator({ settings: { loadedMs: 0, stagingMs: 0, stagedMs: 0 } })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const token = await send(`POST ${url}/ims/token/v3`, form, tokenRequest(seededCredential.clientId).toString())
  const own = credentials(String(at(token.json, 'access_token')))
  const batches: Record<string, string> = {}
  const filled = <T>(value: T): T => replaced(value, batches) as T
  const ask: Visit['ask'] = async ({ by, call, headers, body }) =>
    await send(filled(call).replace(' ', ` ${url}`), { ...own, ...standing[by], ...headers }, bytesOf(filled(body)))
  for (const [name, prepare] of Object.entries(preparations)) {
    if (wanted.includes(`{${name}}`)) batches[name] = await prepare(ask)
  }
  return { url, ask, filled, close }
}

type Ask = Visit['ask']

const preparations: Readonly<Record<string, (ask: Ask) => Promise<string>>> = {
  B: (ask) => published(ask, goodRow),
  F: (ask) => published(ask, badRow),
  O: (ask) => withRows(ask, goodRow),
  async I(ask) {
    const id = await begun(ask)
    const file = `${imports}/${id}/datasets/${dataset}/files/big.json`
    await ask({ by: 'aepp', call: `POST ${file}?action=INITIALIZE` })
    const piece = { 'content-type': 'application/octet-stream', 'content-range': 'bytes 0-1' }
    await ask({ by: 'aepp', call: `PATCH ${file}`, headers: piece, body: '{}' })
    return id
  },
}

async function published(ask: Ask, rows: string): Promise<string> {
  const id = await withRows(ask, rows)
  await ask({ by: 'aepp', call: `POST ${imports}/${id}?action=COMPLETE` })
  return id
}

async function withRows(ask: Ask, rows: string): Promise<string> {
  const id = await begun(ask)
  const headers = { 'content-type': 'application/octet-stream' }
  await ask({ by: 'aepp', call: `PUT ${imports}/${id}/datasets/${dataset}/files/rows.json`, headers, body: rows })
  return id
}

async function begun(ask: Ask): Promise<string> {
  const body = { datasetId: dataset, inputFormat: { format: 'json' }, enableErrorDiagnostics: true }
  return String(at((await ask({ by: 'aepp', call: `POST ${imports}`, body })).json, 'id'))
}

/** As the request line has it: `fetch` would encode a quote, which one of the collections doesn't. */
async function send(call: string, headers: Readonly<Record<string, string>>, body?: string | Uint8Array): Promise<Got> {
  const [, method = '', origin = '', path = ''] = /^(\S+) (https?:\/\/[^/]+)(\/.*)$/.exec(call) ?? []
  const { hostname, port } = new URL(origin)
  const sent = request({ method, hostname, port, path, headers }).end(body)
  const [response]: readonly IncomingMessage[] = await once(sent, 'response')
  if (response === undefined) throw new Error(`${call}: no answer`)
  const text = await textOf(response)
  const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(given), text, json: parsed(text) }
}

function bytesOf(body: unknown): string | Uint8Array | undefined {
  if (typeof body === 'string' || body instanceof Uint8Array || body === undefined) return body
  return JSON.stringify(body)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function replaced(value: unknown, batches: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(/\{([A-Z])\}/g, (whole, name: string) => batches[name] ?? whole)
  if (Array.isArray(value)) return value.map((item) => replaced(item, batches))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  const entries = Object.entries(value).map(([name, inner]) => [replaced(name, batches), replaced(inner, batches)])
  return Object.fromEntries(entries)
}
