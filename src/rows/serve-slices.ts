import { parentPort, workerData } from 'node:worker_threads'
import { checkSlice } from './check-slice.ts'
import type { Slice } from './read-slice.ts'
import type { SliceResult } from './inspector.ts'
import type { RowCheck } from './row.ts'

/** What a row worker answers to each slice. */
export type Answer =
  { readonly kind: 'checked'; readonly result: SliceResult } | { readonly kind: 'failed'; readonly error: unknown }

/**
 * The whole life of a row worker: makes the check once of what the pool was given for it, then checks slices, one after
 * another, until the pool ends it. The entry point calls it when it finds itself in a thread (`isMainThread`).
 */
export function serveSlices(checkOf: (setup: unknown) => RowCheck): void {
  const port = parentPort
  if (port === null) throw new Error('Rows are served in a worker thread alone')
  const setup: unknown = workerData
  const check = checkOf(setup)
  port.on('message', (slice: Slice) => {
    void answer(slice, check).then((said) => port.postMessage(said))
  })
}

async function answer(slice: Slice, check: RowCheck): Promise<Answer> {
  try {
    return { kind: 'checked', result: await checkSlice(slice, check) }
  } catch (error) {
    return { kind: 'failed', error }
  }
}
