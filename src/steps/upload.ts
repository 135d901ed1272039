import { concurrently } from '../base/concurrently.ts'
import type { Clock } from '../base/clock.ts'
import type { Gate } from '../base/gate.ts'
import { Problem } from '../base/problem.ts'
import { count, formatBytes, formatDuration } from '../base/words.ts'
import type { BatchesApi, Slot } from '../platform/batches.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import { chunks } from './chunks.ts'
import type { Say } from './discover.ts'
import type { BatchPlan, Transfer } from './plan.ts'

export type Destination = { readonly batch: BatchId; readonly dataset: DatasetId }

export type UploadTools = {
  readonly batches: BatchesApi
  readonly clock: Clock
  readonly say: Say
  /** Around each single request. */
  readonly gate: Gate
  /** Files under way at once. */
  readonly width: number
  readonly chunkBytes: number
  readonly signal: AbortSignal
}

/**
 * Uploads every file of a batch. Returns only when the platform has acknowledged every byte of every one; throws only
 * when nothing is under way any more.
 *
 * @throws Problem naming each file that failed.
 */
export async function upload(plan: BatchPlan, destination: Destination, tools: UploadTools): Promise<void> {
  const startMs = tools.clock.now()
  await concurrently(plan.transfers, tools, async (transfer, signal) => {
    await send(transfer, { ...destination, name: transfer.remoteName }, { ...tools, signal }).catch(
      (error: unknown) => {
        throw named(transfer, error)
      },
    )
  }).catch((error: unknown) => {
    throw error instanceof AggregateError ? together(error) : error
  })
  const took = formatDuration(tools.clock.now() - startMs)
  tools.say.info(`Uploaded ${count(plan.transfers.length, 'file')}, ${formatBytes(plan.bytes)}, in ${took}`)
}

async function send(transfer: Transfer, slot: Slot, tools: UploadTools): Promise<void> {
  switch (transfer.how) {
    case 'whole':
      return await inTurn(tools, () => tools.batches.put(slot, transfer.content, tools.signal))
    case 'chunked':
      return await sendInChunks(transfer, slot, tools)
    default:
      return transfer.how satisfies never
  }
}

/** One chunk after the other: what the platform makes of chunks out of order is written nowhere. */
async function sendInChunks({ content }: Transfer, slot: Slot, tools: UploadTools): Promise<void> {
  const { batches, signal } = tools
  await inTurn(tools, () => batches.initialize(slot, signal))
  for (const { start, end } of chunks(content.size, tools.chunkBytes)) {
    await inTurn(tools, () => batches.patch(slot, { start, end, content: content.slice(start, end) }, signal))
  }
  await inTurn(tools, () => batches.completeFile(slot, signal))
}

function inTurn(tools: UploadTools, work: () => Promise<void>): Promise<void> {
  return tools.gate.enter(tools.signal, work)
}

function named({ remoteName }: Transfer, error: unknown): unknown {
  if (!(error instanceof Problem) || error.message.includes(JSON.stringify(remoteName))) return error
  return new Problem(`Cannot upload ${JSON.stringify(remoteName)}: ${error.message}`, {
    remedy: error.remedy,
    cause: error,
  })
}

function together({ errors }: AggregateError): Problem {
  const messages = errors.map((error: unknown) => `- ${error instanceof Error ? error.message : String(error)}`)
  const remedies = errors.flatMap((error: unknown) => (error instanceof Problem ? [error.remedy] : []))
  return new Problem(`Cannot upload ${count(errors.length, 'file')}:\n${messages.join('\n')}`, {
    remedy: [...new Set(remedies)].join('\n'),
    cause: errors[0],
  })
}
