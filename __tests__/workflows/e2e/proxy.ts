// An HTTP proxy that leads every request to one host, whichever was asked for: who gets there, came through it.
//   node proxy.ts http://127.0.0.1:8080
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const far = new URL(process.argv[2] ?? '')
const server = createServer((near, answer) => void forward(near, answer).catch(() => answer.destroy()))
server.on('connect', (_, near) => tunnel(near))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(`A proxy listens at http://127.0.0.1:${address?.port}`)
})

function tunnel(near: Duplex): void {
  const onward = connect(Number(far.port), far.hostname, () =>
    near.write('HTTP/1.1 200 Connection established\r\n\r\n'),
  )
  Promise.all([pipeline(near, onward), pipeline(onward, near)]).catch(() => onward.destroy())
}

async function forward(near: IncomingMessage, answer: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(near.url ?? '/', far)
  const onward = httpRequest(new URL(pathname + search, far), { method: near.method, headers: near.headers })
  await pipeline(near, onward)
  const [given] = (await once(onward, 'response')) as [IncomingMessage]
  answer.writeHead(given.statusCode ?? 502, given.headers)
  await pipeline(given, answer)
}
