import { BrokenBody, type EmulatorAnswer, type EmulatorRequest } from '../http/exchange.ts'

export type SeenRequest = {
  readonly sequence: number
  readonly method: string
  readonly target: string
  /** Without secrets: `…` replaces the token. */
  readonly headers: Readonly<Record<string, string>>
  readonly receivedBytes: number
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `undefined` while the request is being answered; `reset` if the connection broke. */
  readonly outcome: number | 'reset' | undefined
}

export type RequestLog = {
  /** Returns the request with a body that counts its bytes, and a function to call with the answer. */
  begin(request: EmulatorRequest, at: number): { readonly request: EmulatorRequest; end(answer: EmulatorAnswer): void }
  list(): readonly SeenRequest[]
  clear(): void
}

export function createRequestLog(): RequestLog {
  const entries: SeenRequest[] = []
  let sequence = 0
  return {
    begin(request, at) {
      const index = sequence++
      const entry = entryOf(request, index + 1, at)
      const place = entries.push(entry) - 1
      const change = (changes: Partial<SeenRequest>) => {
        const now = entries[place]
        if (now?.sequence === index + 1) entries[place] = { ...now, ...changes }
      }
      return {
        request: { ...request, body: counted(request.body, (receivedBytes) => change({ receivedBytes })) },
        end: (answer) => change({ outcome: answer.kind === 'reset' ? 'reset' : answer.status }),
      }
    },
    list: () => [...entries],
    clear: () => entries.splice(0),
  }
}

function entryOf({ method, target, headers }: EmulatorRequest, sequence: number, at: number): SeenRequest {
  return {
    sequence,
    method,
    target: withoutSecrets(target),
    headers: shownHeaders(headers),
    receivedBytes: 0,
    at,
    outcome: undefined,
  }
}

function shownHeaders(headers: EmulatorRequest['headers']): Readonly<Record<string, string>> {
  return 'authorization' in headers ? { ...headers, authorization: '…' } : headers
}

/** Token requests can contain the secret in their query. */
function withoutSecrets(target: string): string {
  return target.replace(/((?:client_secret|jwt_token)=)[^&]*/g, '$1…')
}

async function* counted(body: AsyncIterable<Uint8Array>, report: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let received = 0
  try {
    for await (const chunk of body) {
      received += chunk.length
      report(received)
      yield chunk
    }
  } catch (cause) {
    throw new BrokenBody('The request body broke off', { cause })
  } finally {
    report(received)
  }
}
