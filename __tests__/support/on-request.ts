import type { ChildProcess } from 'node:child_process'
import type { LocalPlatform } from './local-platform.ts'
import type { ActionRun } from './run-action.ts'
import { waitUntil } from './wait-until.ts'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL'

/** What a request looks like: its method and its target. */
export type Seen = readonly [method: string, target: RegExp]

/** Until the platform has seen such a request. */
export async function waitForRequest(platform: LocalPlatform, [method, target]: Seen): Promise<void> {
  await waitUntil(() => platform.requests(method, target).length > 0)
}

/** Sends the signal as soon as the platform has seen such a request, once the files were found. */
export function signalAt(signal: Signal, platform: LocalPlatform, request: Seen): OnLine {
  return {
    match: /^Found /m,
    act: async (child) => {
      await waitForRequest(platform, request)
      child.kill(signal)
    },
  }
}

/** Sends the signal as soon as the log says so. */
export function signalOn(signal: Signal, match: RegExp): OnLine {
  return { match, act: (child: ChildProcess) => void child.kill(signal) }
}

/** A platform that works on completed batches for hours, until a step waits for what is in work already. */
export function endsWhenWaitedFor({ emulator }: LocalPlatform): OnLine {
  return { match: /^Waiting for what is in work/m, act: () => emulator.change({ loadedMs: 1 }) }
}

type OnLine = NonNullable<ActionRun['onLine']>
