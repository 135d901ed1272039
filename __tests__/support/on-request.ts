import type { LocalPlatform } from './local-platform.ts'
import type { ActionRun } from './run-action.ts'
import { waitUntil } from './wait-until.ts'
import type { ChildProcess } from 'node:child_process'
import { mainPhase, stepOf } from './workflow-step.ts'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL'

/** What a request looks like: its method and its target. */
export type Seen = readonly [method: string, target: RegExp]

/** Until the platform has seen such a request. */
export async function waitForRequest(platform: LocalPlatform, [method, target]: Seen): Promise<void> {
  await waitUntil(() => platform.requests(method, target).length > 0)
}

/** Sends the signal as soon as the platform has seen such a request, once the dataset was found. */
export function signalAt(signal: Signal, platform: LocalPlatform, request: Seen): OnLine {
  return {
    match: /^Dataset /m,
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

/** A platform that works on completed batches for hours, until a step waits for what is in progress already. */
export function endsWhenWaitedFor({ emulator }: LocalPlatform): OnLine {
  return { match: /^Waiting for batches in progress/m, act: () => emulator.change({ loadedMs: 1 }) }
}

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

/** A batch in `loading`, the only one: its step was killed, and the machine with it, before any post step. */
export async function leaveOpen(platform: LocalPlatform): Promise<string> {
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
  await mainPhase(platform, stepOf(['left'], { onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) }))
  const { id, stage } = await platform.batch()
  if (stage !== 'loading') throw new Error(`Batch ${id} is ${stage}`)
  return id
}
