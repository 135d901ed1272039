import { startEmulator } from '../../../emulator/server.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import type { SeenBatch } from '../../../emulator/inspection/inspection.ts'
import type { SeenRequest } from '../../../emulator/inspection/request-log.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { platformInputs, SECRET } from '../runs/platform-inputs.ts'
import { runAction, type ActionResult, type ActionRun, type SharedClock } from '../runs/run-action.ts'

export type LocalPlatform = AsyncDisposable & {
  readonly emulator: Emulator
  readonly url: string
  readonly clock: SharedClock
  /** Runs the built action against this platform; `inputs` are added to those that connect to it. */
  publish(run: Partial<ActionRun>): Promise<ActionResult>
  /** The only batch of the platform. */
  batch(): Promise<SeenBatch>
  /** The files of the only batch: name → text. */
  received(): Promise<Readonly<Record<string, string>>>
  requests(method: string, target: RegExp): readonly SeenRequest[]
  /** A valid access token, to use as an input. */
  token(): Promise<string>
}

/** Longer than any test lasts: for a batch that stays in progress, or an answer that does not come. */
export const NEVER_MS = 86_400_000

/** Batches are promoted as soon as a request looks at them. */
const QUICK = { loadedMs: 1, stagingMs: 1, stagedMs: 1 } as const

/** A platform for one test: it starts in a few milliseconds, and no test sees the changes of another. */
export async function localPlatform(settings: Partial<Settings> = {}): Promise<LocalPlatform> {
  const clock = sharedClock()
  const now = () => Date.now() + clock.aheadMs()
  const { emulator, url, close } = await startEmulator({ settings: { ...QUICK, ...settings }, clock: { now } })
  const batch = () => onlyBatch(emulator)
  return {
    emulator,
    url,
    clock,
    publish: ({ inputs = {}, ...run }) =>
      runAction({ ...timeOf(run, clock), ...run, inputs: { ...platformInputs(url), ...patience(run), ...inputs } }),
    batch,
    received: async () => {
      const { id, files } = await batch()
      const texts = files.map(async ({ name }) => [name, String(Buffer.from((await emulator.file(id, name)) ?? []))])
      return Object.fromEntries(await Promise.all(texts))
    },
    requests: (method, target) =>
      emulator.requests().filter((request) => request.method === method && target.test(request.target)),
    token: () => tokenOf(url),
    [Symbol.asyncDispose]: close,
  }
}

function sharedClock(): SharedClock {
  let aheadMs = 0
  let guests = 0
  return {
    aheadMs: () => aheadMs,
    leap(ms) {
      const leapMs = guests === 1 ? ms : 0
      aheadMs += leapMs
      return leapMs
    },
    admit() {
      guests++
      return () => void guests--
    },
  }
}

/** Time is real in a run with `onLine`, so that its action in the middle of the run is not too late. */
function isInRealTime({ onLine, isInRealTime: isReal }: Partial<ActionRun>): boolean {
  return onLine !== undefined || isReal === true
}

function timeOf(run: Partial<ActionRun>, clock: SharedClock): Pick<ActionRun, 'clock'> {
  return isInRealTime(run) ? {} : { clock }
}

/** Where time is real, the run waits as long as other processes take on a machine under load. */
function patience(run: Partial<ActionRun>): ActionRun['inputs'] {
  return isInRealTime(run) ? { 'timeout-minutes': '60' } : {}
}

async function onlyBatch(emulator: Emulator): Promise<SeenBatch> {
  const [batch, ...others] = await emulator.batches()
  if (batch === undefined || others.length > 0) throw new Error(`There are ${batch ? others.length + 1 : 0} batches`)
  return batch
}

async function tokenOf(url: string): Promise<string> {
  const fields = {
    grant_type: 'client_credentials',
    client_id: platformInputs(url)['client-id'] ?? '',
    scope: 'openid',
  }
  const body = new URLSearchParams({ ...fields, client_secret: SECRET })
  const answer: unknown = await (await fetch(`${url}/ims/token/v3`, { method: 'POST', body })).json()
  if (typeof answer === 'object' && answer !== null && 'access_token' in answer) return String(answer.access_token)
  throw new Error(`There is no token in ${JSON.stringify(answer)}`)
}
