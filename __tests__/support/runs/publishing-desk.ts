import type { Settings } from '../../../emulator/settings.ts'
import { runStep, type Step, type Stepped } from './in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../emulator/in-memory-platform.ts'

/** Inputs of a step. */
export type Asked = Readonly<Record<string, string>>

export const NAMED = { publication: 'members' }
export const PREVIOUS = { ...NAMED, 'replay-predecessors': 'previous' }
/** Batches that take five minutes. */
export const RETRYING: Partial<Settings> = { hold: { status: 'retrying', forMs: 300_000 } }

export function desk(settings: Partial<Settings> = {}) {
  const platform = inMemoryPlatform(settings)
  return { platform, publish: publishing(platform) }
}

/** Publishes under the name `members`. Each call is a separate run, numbered upwards from 1001. */
export function publishing(platform: InMemoryPlatform) {
  let runs = 1000
  return (files: Step['files'], inputs: Asked = NAMED, run: Step['run'] = {}): Promise<Stepped> =>
    runStep(platform, { inputs, run: { runId: String(++runs), ...run }, ...(files === undefined ? {} : { files }) })
}

export function outcome({ outputs }: Stepped): string | undefined {
  return outputs['outcome']
}

/** The number of batch creations requested. */
export function creations({ emulator }: InMemoryPlatform): number {
  const isCreation = (method: string, target: string) => method === 'POST' && target.endsWith('/batches')
  return emulator.requests().filter(({ method, target }) => isCreation(method, target)).length
}
