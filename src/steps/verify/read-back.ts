import type { AccessApi } from '../../platform/access.ts'
import { Problem } from '../../base/problem.ts'
import type { BatchId } from '../../platform/ids.ts'

/** What the data lake holds of a batch; `rows` is undefined where it doesn't say. */
export type ReadBack = { readonly rows: number | undefined; readonly note: string | undefined }

export type ReadBackTools = { readonly access: AccessApi; readonly signal: AbortSignal }

/** Counts the rows of a batch's files (Data Access API). A read that fails is said and changes nothing. */
export async function readBack(batch: BatchId, { access, signal }: ReadBackTools): Promise<ReadBack> {
  try {
    const found = await access.files(batch, signal)
    if (found.kind === 'missing') return unknown('the platform does not list its files')
    if (found.record.length === 0) return unknown('the platform lists no file of it')
    const counts = found.record.map(({ records }) => records)
    const known = counts.filter((count) => count !== undefined)
    if (known.length < counts.length) return unknown('the platform does not say how many rows each file has')
    return { rows: known.reduce((sum, count) => sum + count, 0), note: undefined }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return unknown(error.message)
  }
}

function unknown(why: string): ReadBack {
  return { rows: undefined, note: `What was written could not be read back: ${why}.` }
}
