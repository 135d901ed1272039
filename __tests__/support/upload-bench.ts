import { createSemaphore } from '../../src/lib/async.ts'
import { batchesApi } from '../../src/platform/batches.ts'
import type { Client } from '../../src/platform/http/client.ts'
import { createPace } from '../../src/publish/pace.ts'
import type { UploadTools } from '../../src/publish/upload.ts'
import { leapingClock } from './fake-clock.ts'
import { heard, type Heard } from './heard.ts'
import { never } from './never.ts'

/** What an upload works with, over a client that a test has made. */
export function uploadTools(client: Client, more: Partial<UploadTools> = {}): UploadTools & { readonly say: Heard } {
  return {
    batches: batchesApi(client),
    clock: leapingClock(),
    semaphore: createSemaphore(4),
    width: 4,
    chunkBytes: 1 << 20,
    pace: createPace(),
    signal: never(),
    ...more,
    say: heard(),
  }
}
