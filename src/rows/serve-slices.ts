import { parentPort, workerData } from 'node:worker_threads'
import { checkSlice } from './check-slice.ts'
import type { Slice } from './read-slice.ts'
import type { SliceResult } from './inspector.ts'
import type { RowCheck } from './row.ts'

/** What a row worker answers to each slice. */
export type Answer = ({ readonly kind: 'checked' } & Checked) | { readonly kind: 'failed'; readonly error: unknown }

/** The bytes go back, to be filled again. */
export type Checked = { readonly result: SliceResult; readonly bytes: Uint8Array<ArrayBuffer> }

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
    void answer(slice, check).then((said) => port.postMessage(said, said.kind === 'checked' ? [said.bytes.buffer] : []))
  })
}

async function answer(slice: Slice, check: RowCheck): Promise<Answer> {
  try {
    return { kind: 'checked', result: await checkSlice(slice, check), bytes: slice.bytes }
  } catch (error) {
    return { kind: 'failed', error }
  }
}
