import type { LocalPlatform } from './local-platform.ts'
import type { ActionRun } from '../runs/run-action.ts'
import { waitUntil } from '../time/wait-until.ts'
import type { ChildProcess } from 'node:child_process'
import { mainPhase, stepOf } from '../runs/workflow-step.ts'

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGKILL'

/** The method and target of a request to wait for. */
export type Seen = readonly [method: string, target: RegExp]

/** Waits until the platform has received such a request. */
export async function waitForRequest(platform: LocalPlatform, [method, target]: Seen): Promise<void> {
  await waitUntil(() => platform.requests(method, target).length > 0)
}

/** After the dataset was found, sends the signal as soon as the platform has received such a request. */
export function signalAt(signal: Signal, platform: LocalPlatform, request: Seen): OnLine {
  return {
    match: /^Dataset /m,
    act: async (child) => {
      await waitForRequest(platform, request)
      child.kill(signal)
    },
  }
}

/** Sends the signal as soon as a line of the log matches. */
export function signalOn(signal: Signal, match: RegExp): OnLine {
  return { match, act: (child: ChildProcess) => void child.kill(signal) }
}

/** Lets completed batches finish only once a step waits for batches in progress. */
export function endsWhenWaitedFor({ emulator }: LocalPlatform): OnLine {
  return { match: /^Waiting for batches in progress/m, act: () => emulator.change({ loadedMs: 1 }) }
}

type OnLine = NonNullable<ActionRun['onLine']>

/** Sends the signal as soon as the platform has received this many changes of datasets. */
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

/** Leaves one batch in `loading`: its step was killed, together with the machine, before any post step. */
export async function leaveOpen(platform: LocalPlatform): Promise<string> {
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
  await mainPhase(platform, stepOf(['left'], { onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) }))
  const { id, stage } = await platform.batch()
  if (stage !== 'loading') throw new Error(`Batch ${id} is ${stage}`)
  return id
}
