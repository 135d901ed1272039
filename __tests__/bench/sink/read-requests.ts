import { moment, type Moment } from './moment.ts'

export type SeenRequest = {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** When the last byte of the head arrived. */
  readonly head: Moment
  readonly bodyBytes: number
  /** Empty for files, whose bytes are counted and dropped. */
  readonly body: string
}

export type Watchers = {
  /** Called for a request with `Expect: 100-continue`, which curl sends for large bodies. */
  readonly onContinue: () => void
  readonly onRequest: (request: SeenRequest) => void
}

type Begun = Omit<SeenRequest, 'body'> & { readonly parts: Buffer[] }

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/** Just enough HTTP/1.1 to separate requests: heads are parsed, bytes of files are counted and dropped without a copy. */
export function readRequests({ onContinue, onRequest }: Watchers): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0)
  let begun: Begun | undefined
  let leftBytes = 0
  const end = (request: Begun) => {
    begun = undefined
    const { parts, ...seen } = request
    onRequest({ ...seen, body: Buffer.concat(parts).toString() })
  }
  const begin = (bytes: Buffer): number => {
    const length = bytes.indexOf(END_OF_HEAD)
    if (length < 0) {
      pending = Buffer.from(bytes)
      return bytes.length
    }
    pending = Buffer.alloc(0)
    const head = bytes.toString('latin1', 0, length)
    begun = beginOf(head)
    leftBytes = begun.bodyBytes
    if (leftBytes > 0 && /^expect: *100-continue/im.test(head)) onContinue()
    if (leftBytes === 0) end(begun)
    return length + END_OF_HEAD.length
  }
  return (chunk) => {
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    for (let at = 0; at < bytes.length;) {
      if (begun === undefined) {
        at += begin(bytes.subarray(at))
        continue
      }
      const taken = Math.min(leftBytes, bytes.length - at)
      if (isKept(begun)) begun.parts.push(Buffer.from(bytes.subarray(at, at + taken)))
      at += taken
      leftBytes -= taken
      if (leftBytes === 0) end(begun)
    }
  }
}

function beginOf(head: string): Begun {
  const [, method = '', target = ''] = /^(\S+) (\S+)/.exec(head) ?? []
  const bodyBytes = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
  return { method, target, head: moment(), bodyBytes, parts: [] }
}

/** Files are sent by PUT and PATCH; bodies that the sink must understand, by POST. */
function isKept({ method }: Begun): boolean {
  return method === 'POST'
}
