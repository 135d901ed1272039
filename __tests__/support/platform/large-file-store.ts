import type { Transport, HttpRequest } from '../../../src/platform/http/transport.ts'
import { answer, reset } from './scripted-transport.ts'

export type Trouble = 'too large' | 'lost after storing' | 'lost before storing' | undefined

export type Store = {
  readonly send: Transport
  /** The stored bytes, with each chunk in its place. */
  stored(): string
  readonly calls: readonly string[]
}

/**
 * The server for one large file: it stores the chunks, and reports its progress by HEAD. `trouble` decides the fate of
 * each chunk, `judges` the status of each completion.
 */
export function largeFileStore(trouble: (piece: number, bytes: number) => Trouble, judges: () => number): Store {
  let stored = Buffer.alloc(0)
  let pieces = 0
  const calls: string[] = []
  const patch = async (request: HttpRequest) => {
    const body = await bytesOf(request)
    const befalls = trouble(pieces++, body.length)
    if (befalls === 'too large') return answer(413)
    if (befalls === 'lost before storing') throw reset()
    const start = Number(/bytes (\d+)-/.exec(request.headers['content-range'] ?? '')?.[1])
    const end = Math.max(stored.length, start + body.length)
    stored = Buffer.concat([stored, Buffer.alloc(end - stored.length)])
    body.copy(stored, start)
    if (befalls === 'lost after storing') throw reset()
    return answer(200)
  }
  return {
    calls,
    stored: () => stored.toString(),
    async send(request) {
      calls.push(`${request.method}${request.url.search}`)
      if (request.method === 'PATCH') return await patch(request)
      if (request.method === 'HEAD') return answer(200, '', { range: `bytes=0-${stored.length - 1}` })
      if (request.url.search === '?action=INITIALIZE') stored = Buffer.alloc(0)
      return answer(request.url.search === '?action=COMPLETE' ? judges() : 200)
    },
  }
}

async function bytesOf({ body }: HttpRequest): Promise<Buffer> {
  const chunks: Buffer[] = []
  if (body !== undefined) for await (const chunk of body.bytes()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
