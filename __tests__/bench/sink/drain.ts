import { Socket, type SocketConstructorOpts } from 'node:net'

/** The size of one read; larger reads were not faster. */
const READ_BYTES = 1 << 16

/** How Node's own servers create a socket from a connection. It is undocumented and not in the types. */
type FromConnection = Omit<SocketConstructorOpts, 'handle'> & { readonly handle: unknown }

/**
 * Reads a socket, which the server accepted paused, repeatedly into one buffer: with an allocation for each read, the sink
 * was busy for four fifths of the time, without for two fifths. `onread` works only for sockets created by the caller, so
 * this function creates one around the connection.
 */
export function drain(accepted: Socket, take: (chunk: Buffer) => void): Socket {
  const handle: unknown = Reflect.get(accepted, '_handle')
  if (handle === undefined || handle === null) throw new Error('A socket of this Node has no "_handle"')
  Reflect.set(accepted, '_handle', null)
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
  const callback = (length: number) => {
    take(buffer.subarray(0, length))
    return true
  }
  const options: FromConnection = { handle, readable: true, writable: true, onread: { buffer, callback } }
  const socket = new Socket(options as SocketConstructorOpts)
  socket.read(0)
  return socket
}
