import type { ChildProcess } from 'node:child_process'
import { vi } from 'vitest'
import type { LocalPlatform } from './local-platform.ts'
import type { ActionRun } from './run-action.ts'

type OnLine = NonNullable<ActionRun['onLine']>

/** Sends the signal as soon as the platform has seen so many changes of datasets. */
export function signalAtChange(
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
  platform: LocalPlatform,
  changes: number,
): OnLine {
  const act = async (child: ChildProcess) => {
    const areSeen = () => platform.requests('PATCH', /\/dataSets\//).length >= changes
    await vi.waitUntil(areSeen, { interval: 5, timeout: 20_000 })
    child.kill(signal)
  }
  return { match: /^Dataset /m, act }
}
