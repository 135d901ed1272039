import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator, type Emulator } from './emulator.ts'
import type { EmulatorAnswer } from './http/exchange.ts'
import { fileStorage } from './uploads/file-storage.ts'
import { createPauses, type Pauses } from './http/pauses.ts'
import type { Settings } from './settings.ts'

export type EmulatorOptions = {
  /** Default: 0, a free port. */
  readonly port?: number
  readonly settings?: Partial<Settings>
  /** The existing folder for uploads. Default: a temporary one, removed at the end. */
  readonly directory?: string
  /** Default: the machine's clock. */
  readonly clock?: { now(): number }
}

export type RunningEmulator = {
  readonly url: string
  readonly emulator: Emulator
  /** Ends every connection, including those that wait for an answer. */
  readonly close: () => Promise<void>
}

/** Serves the emulator over HTTP, only on 127.0.0.1. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<RunningEmulator> {
  const pauses = createPauses()
  const door: { emulator?: Emulator } = {}
  // Large reads from the socket: the default of 64 KiB halves the speed of uploads.
  const server = createServer({ highWaterMark: 1 << 20, requestTimeout: 0 }, (request, response) => {
    if (door.emulator) void answer({ emulator: door.emulator, pauses }, request, response)
  })
  const url = await listen(server, options.port ?? 0)
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'emulator-')))
  const { settings = {} } = options
  const world = {
    clock: options.clock ?? { now: () => Date.now() },
    random: () => Math.random(),
    storage: fileStorage(directory),
    wait: pauses.wait,
  }
  const emulator = createEmulator({ ...world, publicUrl: url, settings })
  door.emulator = emulator
  const close = async () => {
    pauses.end()
    await shut(server)
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
  return { url, emulator, close }
}

type Room = { readonly emulator: Emulator; readonly pauses: Pauses }

async function answer({ emulator, pauses }: Room, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = await emulator.handle(emulatorRequest(request)).catch(breakdown)
  if (given.kind === 'reset') return void request.socket.destroy()
  if (given.delayMs > 0) await pauses.wait(given.delayMs)
  write(request, response, given)
}

function emulatorRequest(request: IncomingMessage) {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: Object.fromEntries(headers),
    // A refusal in the middle of an upload must still be sent on the same connection.
    body: request.iterator({ destroyOnReturn: false }),
  }
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Extract<EmulatorAnswer, { kind: 'answer' }>,
): void {
  const announced = headers['content-length']
  const isHead = request.method === 'HEAD'
  response.writeHead(status, isHead ? headers : { 'content-length': String(body.length), ...headers })
  if (isHead || announced === undefined || Number(announced) <= body.length)
    return void response.end(isHead ? undefined : body)
  response.write(body, () => request.socket.destroy())
}

/** The answer for a defect of the emulator itself, which shows a client's test the defect and its place. */
function breakdown(error: unknown): EmulatorAnswer {
  const body = Buffer.from(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return { kind: 'answer', status: 500, headers: { 'content-type': 'text/plain' }, body, delayMs: 0 }
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`)
    })
  })
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
