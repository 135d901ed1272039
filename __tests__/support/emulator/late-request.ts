import type { Emulator } from '../../../emulator/emulator.ts'
import type { EmulatorAnswer, EmulatorRequest } from '../../../emulator/http/exchange.ts'

type Observed = { readonly emulator: Emulator }

/**
 * Breaks the connection of the first request with this method. The platform acts on the request only when the returned
 * function delivers it.
 */
export function lateRequest({ emulator }: Observed, method: string): () => Promise<EmulatorAnswer> {
  const handle = emulator.handle.bind(emulator)
  let late: EmulatorRequest | undefined
  const told = async (request: EmulatorRequest): Promise<EmulatorAnswer> => {
    if (request.method !== method || late !== undefined) return handle(request)
    const body: Uint8Array[] = []
    for await (const chunk of request.body) body.push(chunk)
    late = { ...request, body: again(body) }
    return { kind: 'reset' }
  }
  // The server looks up `handle` on the emulator for each request, so the replacement takes effect.
  Object.assign(emulator, { handle: told })
  return async () => {
    if (late === undefined) throw new Error(`No ${method} got lost`)
    return handle(late)
  }
}

async function* again(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}
