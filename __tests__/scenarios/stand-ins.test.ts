import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { type IncomingMessage, type RequestListener, type ServerResponse, createServer } from 'node:http'
import { createSecureServer } from 'node:http2'
import { createRequire } from 'node:module'
import { type AddressInfo, connect } from 'node:net'
import { dirname, join, relative } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type Dispatcher, fetch as undiciFetch } from 'undici'
import { describe, expect, it } from 'vitest'
import { readPrograms } from '../support/repository/bundle.ts'
import { caught } from '../support/caught.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'

const ROOT = join(import.meta.dirname, '../..')
const STAND_IN = join(ROOT, 'scripts/stand-ins/undici/index.cjs')
const UNDICI = join(ROOT, 'node_modules/undici')

const { LEFT_OUT } = (await import(pathToFileURL(join(dirname(STAND_IN), 'left-out.mjs')).href)) as {
  readonly LEFT_OUT: Readonly<Record<string, unknown>>
}

type Fetch = (url: string, options: Readonly<Record<string, unknown>>) => Promise<Response>

/** In the bundle it stands for undici; here it has the whole of undici behind it. */
const standIn = createRequire(import.meta.url)(STAND_IN) as {
  readonly fetch: Fetch
  readonly ProxyAgent: new (options: { readonly uri: string }) => Dispatcher
}

async function serve(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { server, port, url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close }
}

const BODY = JSON.stringify({ text: 'Ångström '.repeat(1_000) })

const ANSWERS: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  plain: (response) => void response.end(BODY),
  gzip: (response) => void response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY)),
  br: (response) => void response.setHeader('content-encoding', 'br').end(brotliCompressSync(BODY)),
  twice: (response) => void response.setHeader('content-encoding', 'gzip, br').end(brotliCompressSync(gzipSync(BODY))),
  nothing: (response) => void response.writeHead(204, { 'content-encoding': 'gzip' }).end(),
  moved: (response) => void response.writeHead(301, { location: '/plain' }).end(),
  refused: (response) =>
    void response.writeHead(403, { 'retry-after': '7', 'x-a': ['1', '2'] }).end('{"message":"no"}'),
  broken: (response) => void response.destroy(),
  sent: (response, request) => void request.pipe(response),
}

async function seen(fetch: Fetch, url: string, more: object = {}) {
  const headers = { accept: 'application/json', 'user-agent': 'test' }
  const asked = fetch(url, { method: 'GET', redirect: 'manual', headers, ...more })
  try {
    const answer = await asked
    const fields = Object.fromEntries(answer.headers)
    for (const name of ['date', 'connection', 'keep-alive']) delete fields[name]
    const parts: Uint8Array[] = []
    for await (const part of answer.body ?? []) parts.push(part)
    return { status: answer.status, url: answer.url, fields, text: Buffer.concat(parts).toString() }
  } catch (error) {
    return error instanceof Error ? error.name : error
  }
}

describe('what GitHub is asked by in the bundle', () => {
  it.each(Object.keys(ANSWERS))('takes an answer as the fetch of undici does: %s', async (name) => {
    await using server = await serve((request, response) => ANSWERS[name]?.(response, request))
    const body = name === 'sent' ? { method: 'POST', body: BODY } : {}
    const expected = await seen(undiciFetch, `${server.url}/${name}?a=1`, body)
    expect(await seen(standIn.fetch, `${server.url}/${name}?a=1`, body)).toEqual(expected)
  })

  it('takes a packed answer that is cut off for no answer, unlike undici', async () => {
    await using server = await serve((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(BODY).subarray(0, 40))
    })
    expect(await seen(standIn.fetch, server.url)).toBe('Error')
  })

  it('ends with the reason of the signal, and with a TypeError that has a cause where nobody answers', async () => {
    await using server = await serve(() => undefined)
    const reason = new Error('stop')
    const stop = new AbortController()
    const running = caught(standIn.fetch(server.url, { redirect: 'manual', signal: stop.signal }))
    stop.abort(reason)
    expect(await running).toBe(reason)
    const port = server.port
    await server[Symbol.asyncDispose]()
    expect(await caught(standIn.fetch(`http://127.0.0.1:${port}`, { redirect: 'manual' }))).toMatchObject({
      name: 'TypeError',
      cause: { code: 'ECONNREFUSED' },
    })
  })

  it('follows nothing, so nobody may ask it to', async () => {
    expect(await caught(standIn.fetch('http://127.0.0.1:1', {}))).toMatchObject({ name: 'TypeError' })
  })
})

describe('HTTP/2, which the bundle leaves out', () => {
  it('is agreed on with no far side, directly or through a proxy', async () => {
    const tls = join(ROOT, '__tests__/fixtures/tls')
    const [key, cert] = await Promise.all(
      ['key.pem', 'certificate.pem'].map((name) => readFile(join(tls, name), 'utf8')),
    )
    const known = getCACertificates('default')
    const versions: string[] = []
    const far = createSecureServer({ allowHTTP1: true, key, cert }, (request, response) => {
      versions.push(request.httpVersion)
      response.end('{}')
    }).listen(0, '127.0.0.1')
    await once(far, 'listening')
    const url = `https://localhost:${(far.address() as AddressInfo).port}/`
    await using proxy = await serve(() => undefined)
    proxy.server.on('connect', (request, socket) => {
      const there = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        there.pipe(socket).pipe(there)
      })
      for (const one of [there, socket]) one.on('error', () => undefined)
    })
    setDefaultCACertificates([...known, cert ?? ''])
    const dispatcher = new standIn.ProxyAgent({ uri: proxy.url })
    try {
      for (const way of [{}, { dispatcher }]) {
        const answer = await standIn.fetch(url, { redirect: 'manual', ...way })
        expect(await answer.text()).toBe('{}')
      }
      expect(versions).toEqual(['1.1', '1.1'])
    } finally {
      setDefaultCACertificates(known)
      await dispatcher.destroy()
      far.close()
    }
  })
})

/** Files of undici that the bundle holds, each with those left out that it can ask for. */
async function askedFor(): Promise<readonly string[]> {
  const found = new Set<string>()
  const waiting = [STAND_IN, join(dirname(STAND_IN), 'fetch.cjs')]
  const seenFiles = new Set(waiting)
  for (const file of waiting) {
    const code = await readFile(file, 'utf8')
    const { resolve } = createRequire(file)
    for (const [, name = ''] of code.matchAll(/require\('([^']+)'\)/g)) {
      if (name.startsWith('node:')) continue
      const target = resolve(name)
      const left = relative(UNDICI, target).replaceAll('\\', '/')
      if (Object.hasOwn(LEFT_OUT, left)) found.add(`${relative(UNDICI, file).replaceAll('\\', '/')} → ${left}`)
      else if (!seenFiles.has(target)) waiting.push(target)
      seenFiles.add(target)
    }
  }
  return [...found].toSorted()
}

describe('the bundle', () => {
  it('is plain ASCII, which Node holds in one byte a sign', () => {
    const programs = [...readPrograms()]
    expect(programs.length).toBeGreaterThan(2)
    expect(programs.filter(([, code]) => /[^\0-\x7f]/.test(code)).map(([name]) => name)).toEqual([])
  })
})

describe('what the bundle leaves out', () => {
  it('is asked for by no other file of undici than is known, each of which was read for when it does', async () => {
    expect(await askedFor()).toEqual([
      // For a body that is a form.
      'lib/core/request.js → lib/web/fetch/formdata.js',
      'lib/core/request.js → lib/web/webidl/index.js',
      'lib/dispatcher/client-h1.js → lib/dispatcher/parser-h1.js',
      'lib/dispatcher/client-h1.js → lib/web/fetch/body.js',
      // Where a far side has agreed on it.
      'lib/dispatcher/client.js → lib/dispatcher/client-h2.js',
    ])
  })

  it('is not missed by a pattern with braces, nor where the environment asks for the other parser', async () => {
    await using platform = await localPlatform()
    const files = { 'data/{a}.jsonl': member('1'), 'data/a.jsonl': member('2') }
    const run = await platform.publish({ files, inputs: { glob: 'data/{a}.jsonl' }, env: { UNDICI_USE_MILO: '1' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(Object.values(await platform.received())).toEqual([member('1')])
  })
})
