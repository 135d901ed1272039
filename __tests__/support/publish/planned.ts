import { expect } from 'vitest'
import { runStep, type Stepped } from '../runs/in-memory-action.ts'
import type { InMemoryPlatform } from '../emulator/in-memory-platform.ts'
import { NAMED, type Asked } from '../runs/publishing-desk.ts'

/** Plans in a separate run, and expects that run to send only reading requests. */
export async function planned(
  platform: InMemoryPlatform,
  files: Readonly<Record<string, string>>,
  inputs: Asked = NAMED,
): Promise<Stepped> {
  const run = { runId: '1100' }
  const before = platform.emulator.requests().length
  const stepped = await runStep(platform, { inputs: { ...NAMED, ...inputs, mode: 'plan' }, files, run })
  expect(writes(platform, before)).toEqual([])
  expect(stepped.state['ledger'] ?? '[]').toBe('[]')
  return stepped
}

/** Requests that change something. */
export function writes({ emulator }: InMemoryPlatform, from: number): readonly string[] {
  return emulator
    .requests()
    .slice(from)
    .filter(({ method, target }) => method !== 'GET' && target !== '/ims/token/v3')
    .map(({ method, target }) => `${method} ${target}`)
}

/** The lines of the log that describe the plan. */
export const saysOf = ({ log }: Stepped) => log.split('\n').filter((line) => /^(Would|Why)/.test(line))
