import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const CONNECTED = 'undici:client:connected'
const SENDING = 'undici:client:sendHeaders'

/** A response head that announces another one (RFC 9110, 15.2), except 101, after which the connection changes protocol. */
const INTERIM = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r][^]*?\r\n\r\n/
const INTERIM_START = /^HTTP\/1\.[01] 1(?!01)\d\d[ \r]/
/** Longer than any real interim response. */
const LONGEST_BYTES = 16_384

type WatchedSocket = {
  /** A request was sent, and nothing of its response has arrived. */
  isAwaiting: boolean
  held: Buffer
}

/**
 * Skips unrequested interim responses, such as `100 Continue`. Some proxies send one before a response, and a client has
 * to ignore it (RFC 9110, 15.2). But undici takes it for a broken connection, which leaves it open whether the platform
 * acted.
 */
export function passOverInterim(): Disposable {
  const sockets = new WeakMap<Socket, WatchedSocket>()
  const onConnected = (message: unknown) => {
    const socket = socketIn(message)
    if (socket === undefined || sockets.has(socket)) return
    const watched: WatchedSocket = { isAwaiting: false, held: Buffer.alloc(0) }
    sockets.set(socket, watched)
    filterReads(socket, watched)
  }
  const onSending = (message: unknown) => {
    const watched = sockets.get(socketIn(message) ?? NO_SOCKET)
    if (watched !== undefined) watched.isAwaiting = true
  }
  subscribe(CONNECTED, onConnected)
  subscribe(SENDING, onSending)
  return {
    [Symbol.dispose]() {
      unsubscribe(CONNECTED, onConnected)
      unsubscribe(SENDING, onSending)
    },
  }
}

const NO_SOCKET = {} as Socket

function socketIn(message: unknown): Socket | undefined {
  return (message as { readonly socket?: Socket } | undefined)?.socket
}

/** undici reads its sockets whole, by `read()` without a size. */
function filterReads(socket: Socket, watched: WatchedSocket): void {
  const read = socket.read.bind(socket)
  socket.read = (size?: number): unknown => {
    for (;;) {
      const chunk: unknown = read(size)
      if (!watched.isAwaiting || !Buffer.isBuffer(chunk)) return chunk
      const rest = withoutInterim(Buffer.concat([watched.held, chunk]))
      watched.held = rest.held
      watched.isAwaiting = rest.isAwaiting
      if (rest.passed.length > 0) return rest.passed
    }
  }
}

type Filtered = { readonly passed: Buffer; readonly held: Buffer; readonly isAwaiting: boolean }

const NOTHING = Buffer.alloc(0)

function withoutInterim(bytes: Buffer): Filtered {
  const head = bytes.subarray(0, LONGEST_BYTES).toString('latin1')
  const interim = INTERIM.exec(head)?.[0]
  if (interim !== undefined) return withoutInterim(bytes.subarray(interim.length))
  const mayBecome = INTERIM_START.test(head) ? bytes.length < LONGEST_BYTES : mayBegin(head)
  if (mayBecome) return { passed: NOTHING, held: bytes, isAwaiting: true }
  return { passed: bytes, held: NOTHING, isAwaiting: false }
}

function mayBegin(head: string): boolean {
  return 'HTTP/1.1 1'.startsWith(head) || /^HTTP\/1\.(?:0(?: (?:1\d{0,2})?)?|1 1\d{0,2})$/.test(head)
}
