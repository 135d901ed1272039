import { startEmulator } from '../../src/emulator/server.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import type { SeenBatch } from '../../src/emulator/inspection.ts'
import type { SeenRequest } from '../../src/emulator/request-log.ts'
import type { Settings } from '../../src/emulator/settings.ts'
import { platformInputs } from './platform-inputs.ts'
import { runAction, type ActionResult, type ActionRun } from './run-action.ts'

export type LocalPlatform = AsyncDisposable & {
  readonly emulator: Emulator
  readonly url: string
  /** Runs the built action against this platform; `inputs` are added to those that reach it. */
  publish(run: Partial<ActionRun>): Promise<ActionResult>
  /** The only batch there is. */
  batch(): Promise<SeenBatch>
  /** What the only batch holds: name → text. */
  received(): Promise<Readonly<Record<string, string>>>
  requests(method: string, target: RegExp): readonly SeenRequest[]
}

/** Batches that are promoted as soon as they are looked at. */
const QUICK = { loadedMs: 1, stagingMs: 1, stagedMs: 1 } as const

/** A platform for one test: starting one takes a few milliseconds, and no test sees what another did. */
export async function localPlatform(settings: Partial<Settings> = {}): Promise<LocalPlatform> {
  const { emulator, url, close } = await startEmulator({ settings: { ...QUICK, ...settings } })
  const batch = () => onlyBatch(emulator)
  return {
    emulator,
    url,
    publish: ({ inputs = {}, ...run }) => runAction({ ...run, inputs: { ...platformInputs(url), ...inputs } }),
    batch,
    received: async () => {
      const { id, files } = await batch()
      const texts = files.map(async ({ name }) => [name, String(Buffer.from((await emulator.file(id, name)) ?? []))])
      return Object.fromEntries(await Promise.all(texts))
    },
    requests: (method, target) =>
      emulator.requests().filter((request) => request.method === method && target.test(request.target)),
    [Symbol.asyncDispose]: close,
  }
}

async function onlyBatch(emulator: Emulator): Promise<SeenBatch> {
  const [batch, ...others] = await emulator.batches()
  if (batch === undefined || others.length > 0) throw new Error(`There are ${batch ? others.length + 1 : 0} batches`)
  return batch
}
