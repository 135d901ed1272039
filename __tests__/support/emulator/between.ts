import type { Emulator } from '../../../emulator/emulator.ts'
import type { EmulatorAnswer, EmulatorRequest } from '../../../emulator/http/exchange.ts'

type Observed = { readonly emulator: Emulator }

/** An action just before or just after the platform handles a request. The request waits for it. */
export type Turn = {
  readonly method: string
  readonly target: RegExp
  /** The number of the matching request, from 1; absent: every matching request. */
  readonly nth?: number
  readonly before?: () => unknown
  readonly after?: () => unknown
}

export type Overheard = { readonly method: string; readonly target: string; readonly body: string }

/** Lets other actors act between the requests of a run. Returns the run's writing requests in the order of arrival. */
export function between({ emulator }: Observed, ...turns: readonly Turn[]): readonly Overheard[] {
  const handle = emulator.handle.bind(emulator)
  const heard: Overheard[] = []
  // Only these methods are recorded: files are not copied, and reads count only if a turn names them.
  const heeded = new Set(['POST', 'PATCH', 'DELETE', ...turns.map(({ method }) => method)])
  const told = async (request: EmulatorRequest): Promise<EmulatorAnswer> => {
    if (!heeded.has(request.method)) return handle(request)
    const { method, target } = request
    const body = await textOf(request.body)
    heard.push({ method, target, body })
    const fitting = turns.filter((turn) => turn.method === method && turn.target.test(target))
    const due = fitting.filter((turn) => turn.nth === undefined || turn.nth === countOf(heard, turn))
    for (const turn of due) await turn.before?.()
    const answer = await handle({ ...request, body: again(body) })
    for (const turn of due) await turn.after?.()
    return answer
  }
  // The server looks up `handle` on the emulator for each request, so the replacement takes effect.
  Object.assign(emulator, { handle: told })
  return heard
}

function countOf(heard: readonly Overheard[], { method, target }: Turn): number {
  return heard.filter((request) => request.method === method && target.test(request.target)).length
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function* again(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield Buffer.from(text)
}
