import type { Transport, HttpRequest } from '../../src/platform/http/transport.ts'
import { answer, reset } from './scripted-transport.ts'

export type Trouble = 'too large' | 'lost after storing' | 'lost before storing' | undefined

export type Store = {
  readonly send: Transport
  /** What is stored, piece by piece where each belongs. */
  stored(): string
  readonly calls: readonly string[]
}

/**
 * The far side of one large file: keeps what it is sent, and tells by HEAD how far it got. `trouble` says what befalls
 * each piece; `judges` what a completion is answered.
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
