import { createClient, NO_CREDENTIALS, type Client, type Credentials } from '../../../src/platform/http/client.ts'
import { WAIT_GRACE_MS } from '../../../src/platform/limits.ts'
import { createWaitBudget } from '../../../src/lib/time.ts'
import { leapingClock, type FakeClock } from '../time/fake-clock.ts'
import { scriptedTransport, type Reply, type Scripted } from './scripted-transport.ts'

export type Bench = {
  readonly client: Client
  readonly far: Scripted
  readonly clock: FakeClock
  readonly traces: readonly string[]
  readonly notices: readonly string[]
}

type Limits = { readonly timeoutMs?: number; readonly showValues?: boolean }

/** A client whose server replies as scripted, and whose waits take no time. */
export function clientAt(
  replies: readonly Reply[],
  credentials: Credentials = NO_CREDENTIALS,
  { timeoutMs = Infinity, showValues = false }: Limits = {},
): Bench {
  const far = scriptedTransport(...replies)
  const clock = leapingClock()
  const traces: string[] = []
  const notices: string[] = []
  const client = createClient({
    origin: new URL('https://platform.example'),
    transport: far.send,
    credentials,
    clock,
    random: () => 0.5,
    showValues,
    budget: createWaitBudget({ totalMs: timeoutMs, graceMs: WAIT_GRACE_MS }, clock),
    trace: (line) => traces.push(line),
    notice: (line) => notices.push(line),
  })
  return { client, far, clock, traces, notices }
}
