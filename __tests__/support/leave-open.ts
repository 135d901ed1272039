import type { LocalPlatform } from './local-platform.ts'
import { signalAt } from './on-request.ts'
import { stepOf } from './step-of-members.ts'
import { mainPhase } from './workflow-step.ts'

/** A batch in `loading`, the only one: its step was killed, and the machine with it, before any post step. */
export async function leaveOpen(platform: LocalPlatform): Promise<string> {
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
  await mainPhase(platform, stepOf(['left'], { onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) }))
  const { id, stage } = await platform.batch()
  if (stage !== 'loading') throw new Error(`Batch ${id} is ${stage}`)
  return id
}
