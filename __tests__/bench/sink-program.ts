import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { cannedPlatform, type Kind } from './sink/canned-platform.ts'
import { drain } from './sink/drain.ts'
import { createFarLine } from './sink/far-line.ts'
import { moment, type Moment } from './sink/moment.ts'
import { readRequests } from './sink/read-requests.ts'

/** One request, as seen by the sink. */
export type Exchange = {
  readonly method: string
  readonly kind: Kind
  readonly bodyBytes: number
  /** Counted from 0. */
  readonly connection: number
  readonly head: Moment
  readonly answered: Moment
}

/** The sink's parameters, as JSON in the first argument. */
export type SinkSetting = {
  readonly isTls: boolean
  readonly delayMs: number
  /** The bandwidth of all connections together, only without TLS; absent: unlimited. */
  readonly bytesPerSecond?: number
}

export const TLS_FOLDER = join(import.meta.dirname, '../fixtures/tls')

/** Answers requests in order. A chunk is processed before the next overwrites it. */
function conversation({ delayMs }: SinkSetting, exchanges: Exchange[]) {
  const platform = cannedPlatform()
  let connections = 0
  return (write: (text: string) => void) => {
    const connection = connections++
    return readRequests({
      onContinue: () => write('HTTP/1.1 100 Continue\r\n\r\n'),
      onRequest: (request) => {
        const { kind, status, json } = platform(request)
        const answer = () => {
          const { method, bodyBytes, head } = request
          exchanges.push({ method, kind, bodyBytes, connection, head, answered: moment() })
          write(answerText(status, json))
        }
        if (delayMs === 0) answer()
        else setTimeout(answer, delayMs)
      },
    })
  }
}

function answerText(status: number, json: unknown): string {
  const body = JSON.stringify(json)
  const head = `HTTP/1.1 ${status} \r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`
  return `${head}\r\n\r\n${body}`
}

function serverFor(setting: SinkSetting, exchanges: Exchange[]): Server {
  const converse = conversation(setting, exchanges)
  if (setting.bytesPerSecond !== undefined) {
    const carry = createFarLine(setting.bytesPerSecond)
    return createServer((socket) => {
      carry(
        socket,
        converse((text) => void socket.write(text)),
      )
      prepare(socket)
    })
  }
  if (!setting.isTls) {
    return createServer({ pauseOnConnect: true }, (accepted) => {
      const socket = drain(
        accepted,
        converse((text) => void socket.write(text)),
      )
      prepare(socket)
    })
  }
  return createTlsServer(keyAndCertificate(), (socket) => {
    socket.on(
      'data',
      converse((text) => void socket.write(text)),
    )
    prepare(socket)
  })
}

function prepare(socket: Socket): void {
  socket.setNoDelay(true)
  // A client that disconnects during a request is no failure of the sink.
  socket.on('error', () => undefined)
}

function keyAndCertificate() {
  const read = (name: string) => readFileSync(join(TLS_FOLDER, name))
  return { key: read('key.pem'), cert: read('certificate.pem') }
}

/** Runs until the process that started it ends, in whatever way. */
function main(setting: SinkSetting): void {
  const exchanges: Exchange[] = []
  const server = serverFor(setting, exchanges)
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }))
  process.on('message', () => process.send?.({ exchanges: exchanges.splice(0) }))
  process.on('disconnect', () => process.exit())
}

if (import.meta.main) main(JSON.parse(process.argv[2] ?? '') as SinkSetting)
