import { concurrently } from '../base/concurrently.ts'
import type { Content } from '../base/content.ts'
import { Problem } from '../base/problem.ts'
import { count, formatBytes, formatDuration } from '../base/words.ts'
import type { Slot } from '../platform/files.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import type { Transfer } from './plan/loads.ts'
import type { BatchPlan } from './plan.ts'
import { createProgress } from './upload/progress.ts'
import { sharedPace } from './upload/pace.ts'
import { goesWhole } from './upload/request-bytes.ts'
import { scoutOf } from './upload/scout.ts'
import { sendInPieces, type PieceTools } from './upload/send-in-pieces.ts'
import { timed } from './upload/timed.ts'

export type Destination = { readonly batch: BatchId; readonly dataset: DatasetId }

export type UploadTools = PieceTools & {
  /** Files under way at once. */
  readonly width: number
}

/**
 * A file went whole, may have been stored, and can't be sent so: what beginning it as a large file would do to what is
 * stored is written nowhere, so it needs a new batch in which it goes by pieces from the start.
 */
export class NeedsPieces extends Problem {
  override readonly name = 'NeedsPieces'
  readonly remoteName: string

  constructor(remoteName: string, problem: Problem) {
    super(problem.message, { remedy: problem.remedy, isPassing: true, mayHaveActed: true, cause: problem })
    this.remoteName = remoteName
  }
}

/**
 * Uploads every file of a batch. Returns only when the platform has acknowledged every byte of every one; throws only
 * when nothing is under way any more.
 *
 * @throws NeedsPieces; Problem naming each file that failed.
 */
export async function upload(plan: BatchPlan, destination: Destination, tools: UploadTools): Promise<void> {
  const startMs = tools.clock.now()
  const progress = createProgress(plan.bytes, tools)
  const sendOne = async (transfer: Transfer, signal: AbortSignal, pace = tools.pace) => {
    const slot = { ...destination, name: transfer.remoteName }
    const watched = { ...transfer, content: progress.watch(transfer.content) }
    await send(watched, slot, { ...tools, signal, pace }).catch((error: unknown) => {
      throw named(transfer, error)
    })
  }
  const scout = scoutOf(plan.transfers, tools.pace)
  const others = plan.transfers.filter((transfer) => transfer !== scout)
  const together = Math.min(tools.width, others.length)
  if (scout !== undefined) await sendOne(scout, tools.signal, sharedPace(tools.pace, together))
  await concurrently(others, tools, (transfer, signal) => sendOne(transfer, signal)).catch((error: unknown) => {
    throw error instanceof AggregateError ? (error.errors.find(isForPieces) ?? allOf(error)) : error
  })
  const took = formatDuration(tools.clock.now() - startMs)
  tools.say.info(`Uploaded ${count(plan.transfers.length, 'file')}, ${formatBytes(plan.bytes)}, in ${took}`)
}

async function send(transfer: Transfer, slot: Slot, tools: UploadTools): Promise<void> {
  const { content } = transfer
  if (transfer.how === 'chunked' || !goesWhole(content.size, tools.pace))
    return await sendInPieces(content, slot, tools)
  const put = (whole: Content) => tools.batches.put(slot, whole, tools.signal)
  const receipt = await tools.gate.enter(tools.signal, () => timed(content, put, tools))
  switch (receipt.kind) {
    case 'stored':
      return
    case 'too large':
      tools.say.info(`${receipt.problem.message}; it goes by pieces`)
      return await sendInPieces(content, slot, { ...tools, chunkBytes: Math.min(tools.chunkBytes, content.size / 2) })
    case 'in doubt':
      throw new NeedsPieces(transfer.remoteName, receipt.problem)
    default:
      return receipt satisfies never
  }
}

function named({ remoteName }: Transfer, error: unknown): unknown {
  if (isForPieces(error) || !(error instanceof Problem) || error.message.includes(JSON.stringify(remoteName)))
    return error
  const message = `Cannot upload ${JSON.stringify(remoteName)}: ${error.message}`
  return new Problem(message, { remedy: error.remedy, cause: error })
}

/** It is mended by another way, whatever befell the others. */
function isForPieces(error: unknown): boolean {
  return error instanceof NeedsPieces
}

function allOf({ errors }: AggregateError): Problem {
  const messages = errors.map((error: unknown) => `- ${error instanceof Error ? error.message : String(error)}`)
  const remedies = errors.flatMap((error: unknown) => (error instanceof Problem ? [error.remedy] : []))
  return new Problem(`Cannot upload ${count(errors.length, 'file')}:\n${messages.join('\n')}`, {
    remedy: [...new Set(remedies)].join('\n'),
    cause: errors[0],
  })
}
