import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request as httpRequest, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { farSide, portOf, type FarSide } from '../../../support/platform/http-far-side.ts'

const TLS = join(import.meta.dirname, '../../../fixtures/tls')
const CERTIFICATE = join(TLS, 'certificate.pem')
const SCRIPT = join(import.meta.dirname, '../../../support/platform/send-once.ts')

/** In a process of its own; proxies and certificates are read from the environment. */
async function send(url: URL, env: Readonly<Record<string, string>>): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, url.href], { env })
  return JSON.parse(stdout)
}

const store: RequestListener = (request, response) => {
  void buffer(request).then((body) => response.end(`stored ${body.toString()}`))
}

async function secureFarSide(): Promise<AsyncDisposable & { readonly url: URL }> {
  const files = [readFile(join(TLS, 'key.pem')), readFile(CERTIFICATE)] as const
  const [key, cert] = await Promise.all(files)
  const server = createTlsServer({ key, cert }, store).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: new URL(`https://localhost:${portOf(server)}/`),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

type Proxy = FarSide & { readonly asked: readonly string[] }

/** Forwards both ways in which a client may ask: an absolute address, and a tunnel. */
async function proxyServer({ refuses = false } = {}): Promise<Proxy> {
  const asked: string[] = []
  const sockets = new Set<Socket>()
  const far = await farSide((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const { method, headers } = request
    const onward = httpRequest(request.url ?? '', { method, headers }, (answer) => answer.pipe(response))
    request.pipe(onward)
  })
  far.server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`)
    sockets.add(socket)
    if (refuses) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const onward = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1')
    sockets.add(onward)
    onward.on('connect', () => socket.write('HTTP/1.1 200 Connection Established\r\n\r\n'))
    onward.on('error', () => socket.destroy()).pipe(socket)
    socket.on('error', () => onward.destroy()).pipe(onward)
  })
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await far[Symbol.asyncDispose]()
  }
  return { ...far, asked, [Symbol.asyncDispose]: close }
}

describe('a proxy from the environment', () => {
  it('never sees plain http to this machine', async () => {
    await using far = await farSide(store)
    await using proxy = await proxyServer()
    const env = { http_proxy: proxy.url.href, HTTPS_PROXY: proxy.url.href }
    expect(await send(far.url, env)).toEqual({ status: 200, text: 'stored some bytes' })
    expect(proxy.asked).toEqual([])
  })

  it('is left out for the hosts of no_proxy', async () => {
    await using far = await secureFarSide()
    await using proxy = await proxyServer()
    const env = { https_proxy: proxy.url.href, no_proxy: 'localhost', NODE_EXTRA_CA_CERTS: CERTIFICATE }
    expect(await send(far.url, env)).toEqual({ status: 200, text: 'stored some bytes' })
    expect(proxy.asked).toEqual([])
  })

  it.each(['https_proxy', 'HTTPS_PROXY', 'http_proxy'])('may be host:port alone, as in curl: %s', async (name) => {
    await using far = await secureFarSide()
    await using proxy = await proxyServer()
    const env = { [name]: proxy.url.host, NODE_EXTRA_CA_CERTS: CERTIFICATE }
    expect(await send(far.url, env)).toEqual({ status: 200, text: 'stored some bytes' })
    expect(proxy.asked).toEqual([`CONNECT ${far.url.host}`])
  })

  it.each(['http://me:pr0xypw@[bad', 'socks5://me:pr0xypw@localhost:1', 'http://me:pr0xypw%zz@localhost:1'])(
    'that cannot be read is a fault of its variable, which is named without its value: %s',
    async (value) => {
      const failed = await send(new URL('https://localhost:1/'), { https_proxy: value })
      expect(failed).toMatchObject({ name: 'Problem', error: expect.stringContaining('"https_proxy"') })
      expect(failed).toMatchObject({ error: expect.not.stringContaining('pr0xypw') })
    },
  )

  it('that cannot be read does not matter where another variable counts, or plain http to this machine', async () => {
    await using far = await secureFarSide()
    await using plain = await farSide(store)
    await using proxy = await proxyServer()
    const env = { http_proxy: 'http://[bad', https_proxy: proxy.url.href, NODE_EXTRA_CA_CERTS: CERTIFICATE }
    expect(await send(far.url, env)).toMatchObject({ status: 200 })
    expect(await send(plain.url, env)).toMatchObject({ status: 200 })
  })

  it('carries https through a tunnel, checking the certificate of the far side', async () => {
    await using far = await secureFarSide()
    await using proxy = await proxyServer()
    const env = { https_proxy: proxy.url.href, NODE_EXTRA_CA_CERTS: CERTIFICATE }
    expect(await send(far.url, env)).toEqual({ status: 200, text: 'stored some bytes' })
    expect(proxy.asked).toEqual([`CONNECT ${far.url.host}`])
  })

  it('that refuses the tunnel ends the request for good', async () => {
    await using far = await secureFarSide()
    await using proxy = await proxyServer({ refuses: true })
    expect(await send(far.url, { https_proxy: proxy.url.href })).toMatchObject({ reached: false, permanent: true })
  })
})

describe('https', () => {
  it('goes straight to a far side whose certificate is trusted', async () => {
    await using far = await secureFarSide()
    expect(await send(far.url, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toMatchObject({ status: 200 })
  })

  it('ends for good when the certificate is nobody’s that we trust', async () => {
    await using far = await secureFarSide()
    expect(await send(far.url, {})).toMatchObject({ name: 'ConnectionFailure', permanent: true })
  })

  it.each([{}, { tunnel: true }])(
    'checks the certificate whatever NODE_TLS_REJECT_UNAUTHORIZED says: %j',
    async (way) => {
      await using far = await secureFarSide()
      await using proxy = await proxyServer()
      const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', ...('tunnel' in way ? { https_proxy: proxy.url.href } : {}) }
      expect(await send(far.url, env)).toMatchObject({ name: 'ConnectionFailure', permanent: true })
    },
  )
})
