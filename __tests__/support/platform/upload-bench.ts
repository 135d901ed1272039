import type { Context } from '../../../src/context.ts'
import { createSemaphore } from '../../../src/lib/async.ts'
import { type Slot, batchesApi } from '../../../src/platform/batches.ts'
import type { Client } from '../../../src/platform/http/client.ts'
import { createPace } from '../../../src/publish/upload-pace.ts'
import type { ChunkTarget, UploadLimits, UploadTarget } from '../../../src/publish/upload.ts'
import { type Ports, contextOf } from '../runs/context.ts'
import { leapingClock } from '../time/fake-clock.ts'
import { heard, type Heard } from '../runs/heard.ts'
import { batchId } from '../make.ts'
import { LOYALTY } from './platform-client.ts'

type More = Ports & Partial<UploadLimits> & Partial<Pick<UploadTarget, 'width'>>

/** The context and targets of an upload, for a client from the test. */
export function uploadBench(client: Client, { semaphore, chunkBytes, pace, width = 4, ...ports }: More = {}) {
  const say: Heard = heard()
  const limits: UploadLimits = {
    semaphore: semaphore ?? createSemaphore(4),
    chunkBytes: chunkBytes ?? 1 << 20,
    pace: pace ?? createPace(),
  }
  const context: Context = contextOf({ batches: batchesApi(client), clock: leapingClock(), ...ports, log: say })
  const target: UploadTarget = { batch: batchId(), dataset: LOYALTY, limits, width }
  const chunkTarget = (slot: Slot): ChunkTarget => ({ slot, limits })
  return { say, context, target, chunkTarget }
}
