import type { ChildProcess } from 'node:child_process'
import type { LocalPlatform } from './local-platform.ts'
import type { ActionRun } from './run-action.ts'
import { waitUntil } from './wait-until.ts'

type OnLine = NonNullable<ActionRun['onLine']>

/** Sends the signal as soon as the platform has seen so many changes of datasets. */
export function signalAtChange(
  signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL',
  platform: LocalPlatform,
  changes: number,
): OnLine {
  const act = async (child: ChildProcess) => {
    const areSeen = () => platform.requests('PATCH', /\/dataSets\//).length >= changes
    await waitUntil(areSeen)
    child.kill(signal)
  }
  return { match: /^Dataset /m, act }
}
