import { createEmulator, type Emulator, type EmulatorRequest } from '../../emulator/emulator.ts'
import { outsiderCredential, seededCredential } from '../../emulator/seed.ts'
import { seededDatasetIds, seededOrg } from '../../emulator/seed/ids.ts'
import type { Settings } from '../../emulator/settings.ts'
import { memoryStorage, type Storage, type StoredBytes } from '../../emulator/uploads/storage.ts'

type Sent = {
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Objects travel as JSON; text and bytes as an octet stream. */
  readonly body?: unknown
}

export type Got = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: unknown
}

export type PlatformInMemory = {
  readonly emulator: Emulator
  /** Moves the clock on. */
  pass(ms: number): void
  send(method: string, path: string, sent?: Sent): Promise<Got>
  token(clientId?: string): Promise<string>
  createBatch(body?: object): Promise<string>
  /** A batch of one JSON Lines file, completed and settled. */
  publish(lines: string, body?: object): Promise<string>
  complete(batchId: string): Promise<void>
  record(batchId: string): Promise<unknown>
  /** From now on nothing stored can be read. */
  breakStorage(): void
}

export const imports = '/data/foundation/import/batches'
export const catalog = '/data/foundation/catalog'
export const access = '/data/foundation/export'
export const registry = '/data/foundation/schemaregistry'
export const goodRow = '{"_emutenant":{"loyalty":{"loyaltyId":"L1","points":3}}}\n'
export const badRow = '{"_emutenant":{"loyalty":{"loyaltyId":"L2","points":"many"}}}\n'

/** The emulator with a clock that stands still and chance that repeats itself. */
export async function platformInMemory(settings: Partial<Settings> = {}): Promise<PlatformInMemory> {
  let nowMs = 1_755_300_000_000
  let seed = 7
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647
  }
  const { storage, breakStorage } = breakableStorage()
  const world = { clock: { now: () => nowMs }, random, storage, publicUrl: 'http://emulator.test' }
  const emulator = createEmulator({ ...world, settings })
  const exchange = async (method: string, path: string, sent: Sent): Promise<Got> => {
    const answer = await emulator.handle(requestOf(method, path, sent))
    if (answer.kind === 'reset') throw new Error('connection reset')
    const text = Buffer.from(answer.body).toString('utf8')
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) }
  }
  const token = async (clientId: string = seededCredential.clientId) => {
    const got = await exchange('POST', '/ims/token/v3', { body: tokenRequest(clientId) })
    return String(at(got.json, 'access_token'))
  }
  const own = await token()
  const send = (method: string, path: string, sent: Sent = {}) =>
    exchange(method, path, { ...sent, headers: { ...standing(own), ...sent.headers } })
  const createBatch = async (body: object = {}) => {
    const wanted = {
      datasetId: seededDatasetIds.loyalty,
      inputFormat: { format: 'json' },
      enableErrorDiagnostics: true,
      ...body,
    }
    const got = await send('POST', imports, { body: wanted })
    if (got.status !== 201) throw new Error(`${got.status} ${got.text}`)
    return String(at(got.json, 'id'))
  }
  const complete = async (batchId: string) => {
    await send('POST', `${imports}/${batchId}?action=COMPLETE`)
    nowMs += 10_000
  }
  const publish = async (lines: string, body: object & { datasetId?: string } = {}) => {
    const batchId = await createBatch(body)
    const path = `${imports}/${batchId}/datasets/${body.datasetId ?? seededDatasetIds.loyalty}/files/rows.json`
    const got = await send('PUT', path, { body: lines })
    if (got.status >= 300) throw new Error(`${got.status} ${got.text}`)
    await complete(batchId)
    return batchId
  }
  const record = async (batchId: string) => at((await send('GET', `${catalog}/batches/${batchId}`)).json, batchId)
  const pass = (ms: number) => void (nowMs += ms)
  return { emulator, pass, send, token, createBatch, publish, complete, record, breakStorage }
}

function breakableStorage() {
  const [memory, state] = [memoryStorage(), { broken: false }]
  const create: Storage['create'] = async () => {
    const stored = await memory.create()
    const read: StoredBytes['read'] = async (start, end) => {
      if (state.broken) throw new Error('the disk is gone')
      return await stored.read(start, end)
    }
    return { ...stored, read }
  }
  return { storage: { create }, breakStorage: () => void (state.broken = true) }
}

/** What lies at a path of a JSON value. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((held, key) => (isIndexed(held) ? held[key] : undefined), value)
}

function isIndexed(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null
}

export function tokenRequest(clientId: string, changes: Readonly<Record<string, string>> = {}): URLSearchParams {
  const credential = clientId === outsiderCredential.clientId ? outsiderCredential : seededCredential
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: credential.secrets[0],
    scope: credential.scopes.join(','),
    ...changes,
  })
}

export function standing(
  token: string,
  clientId: string = seededCredential.clientId,
): Readonly<Record<string, string>> {
  return {
    authorization: `Bearer ${token}`,
    'x-api-key': clientId,
    'x-gw-ims-org-id': seededOrg,
    'x-sandbox-name': 'dev',
  }
}

function requestOf(method: string, target: string, { headers = {}, body }: Sent): EmulatorRequest {
  const [bytes, type] = encoded(body)
  const length = bytes === undefined ? {} : { 'content-length': String(bytes.length), 'content-type': type }
  const given = Object.entries({ ...length, ...headers }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return { method, target, headers: Object.fromEntries(given), body: chunks(bytes) }
}

function encoded(body: unknown): [Uint8Array | undefined, string] {
  if (body === undefined) return [undefined, '']
  if (body instanceof URLSearchParams) return [Buffer.from(body.toString()), 'application/x-www-form-urlencoded']
  if (typeof body === 'string') return [Buffer.from(body), 'application/octet-stream']
  if (body instanceof Uint8Array) return [body, 'application/octet-stream']
  return [Buffer.from(JSON.stringify(body)), 'application/json']
}

async function* chunks(bytes: Uint8Array | undefined): AsyncGenerator<Uint8Array> {
  const all = bytes ?? new Uint8Array(0)
  for (let start = 0; start < all.length; start += 1000) yield all.subarray(start, start + 1000)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
