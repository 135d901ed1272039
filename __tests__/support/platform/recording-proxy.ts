import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export type RecordingProxy = AsyncDisposable & {
  readonly url: string
  /** The requested hosts, tunnelled or forwarded, one entry per request. */
  readonly asked: readonly string[]
}

/** An HTTP proxy on the loopback. Like a company's proxy, it answers 403 for other hosts than the loopback. */
export async function recordingProxy(): Promise<RecordingProxy> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '').host)
    forward(request, response).catch(() => response.destroy())
  })
  server.on('connect', ({ url: host = '' }, socket) => {
    asked.push(host)
    if (isLocal(host)) tunnel(host, socket)
    else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port')
  const close = async () => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${address.port}`, asked, [Symbol.asyncDispose]: close }
}

function tunnel(host: string, near: Duplex): void {
  const { hostname, port } = new URL(`http://${host}`)
  const far = connect(Number(port), hostname, () => near.write('HTTP/1.1 200 Connection established\r\n\r\n'))
  Promise.all([pipeline(near, far), pipeline(far, near)]).catch(() => far.destroy())
}

async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, headers, url = '' } = request
  const onward = httpRequest(url, { method, headers })
  await pipeline(request, onward)
  const [answer] = (await once(onward, 'response')) as [IncomingMessage]
  response.writeHead(answer.statusCode ?? 502, answer.headers)
  await pipeline(answer, response)
}

function isLocal(host: string): boolean {
  return /^(127\.0\.0\.1|localhost):\d+$/.test(host)
}
