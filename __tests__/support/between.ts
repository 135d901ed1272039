import type { Emulator } from '../../emulator/emulator.ts'
import type { EmulatorAnswer, EmulatorRequest } from '../../emulator/exchange.ts'

type Observed = { readonly emulator: Emulator }

/** What happens just before or just after the platform acts on a request, which waits for it. */
export type Turn = {
  readonly method: string
  readonly target: RegExp
  /** Which of the requests that fit, from 1; all of them when absent. */
  readonly nth?: number
  readonly before?: () => unknown
  readonly after?: () => unknown
}

export type Overheard = { readonly method: string; readonly target: string; readonly body: string }

/** Lets others take their turn between the requests of a run; what it wrote is kept, in the order in which it came in. */
export function between({ emulator }: Observed, ...turns: readonly Turn[]): readonly Overheard[] {
  const handle = emulator.handle.bind(emulator)
  const heard: Overheard[] = []
  // Files are not copied, nor looks counted that nobody asks for.
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
  // The server asks its emulator for the function with every request.
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
