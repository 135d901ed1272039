import type { Say } from '../files/discover.ts'
import type { BatchPlan, Transfer } from '../files/plan.ts'
import { type Semaphore, runConcurrently } from '../lib/async.ts'
import type { Content } from '../lib/content.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { count, formatBytes, formatDuration } from '../lib/text.ts'
import type { Clock } from '../lib/time.ts'
import type { FilesApi, Receipt, Slot } from '../platform/batches.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import { CHUNKED_FILE_MOST_STARTS, CHUNK_LEAST_BYTES, CHUNK_MOST_DOUBTS, CHUNK_PAUSE_MS } from '../platform/limits.ts'
import { type Pace, createProgress, goesWhole, nextChunkBytes, scoutOf, sharedPace } from './pace.ts'

export type TimingTools = { readonly clock: Clock; readonly pace: Pace }

/**
 * Sends a content, and notes how fast it went: from when its bytes were asked for last, since the attempts before, and the
 * pauses after them, say nothing of the line. What was cut off says that the line carries less.
 */
export async function sendTimed(
  content: Content,
  sendContent: (content: Content) => Promise<Receipt>,
  { clock, pace }: TimingTools,
): Promise<Receipt> {
  let startMs = clock.now()
  const bytes = () => {
    startMs = clock.now()
    return content.bytes()
  }
  const receipt = await sendContent({ ...content, bytes })
  const ms = clock.now() - startMs
  if (receipt.kind === 'stored') pace.note(content.size, ms)
  if (receipt.kind === 'in doubt') pace.noteLess(content.size, ms)
  return receipt
}

export type ChunkTools = {
  readonly batches: FilesApi
  readonly clock: Clock
  readonly say: Say
  /** Around each single request. */
  readonly semaphore: Semaphore
  /** The most that one PATCH carries; a slow line gets less. */
  readonly chunkBytes: number
  readonly pace: Pace
  readonly signal: AbortSignal
}

/**
 * API guide, "Ingest large Parquet files": INITIALIZE, chunks with their ranges one after the other, COMPLETE. What
 * the platform makes of chunks out of order is written nowhere. After a doubt it is asked what it holds, and the file goes
 * on from there; when it finds at the end that the chunks make no file, the file is begun anew, once.
 *
 * @throws Problem when the file can't be brought to its end.
 */
export async function sendInChunks(content: Content, slot: Slot, tools: ChunkTools): Promise<void> {
  for (let start = 1; start <= CHUNKED_FILE_MOST_STARTS; start++) {
    await withSemaphore(tools, () => tools.batches.initialize(slot, tools.signal))
    await sendChunks(content, slot, tools)
    if (await withSemaphore(tools, () => tools.batches.completeFile(slot, tools.signal))) return
    tools.say.info(`The platform finds that the pieces of ${JSON.stringify(slot.name)} make no whole file`)
  }
  throw new Problem(`Cannot upload ${JSON.stringify(slot.name)}: its pieces were refused, also after a second start`, {
    remedy: 'Split the file so that its parts stay below 256 MB, or give the batch id to Adobe support.',
  })
}

/** No poll: each turn sends, and goes on where the platform says that it stands. */
async function sendChunks(content: Content, slot: Slot, tools: ChunkTools): Promise<void> {
  let mostBytes = Math.floor(tools.chunkBytes)
  let doubts = 0
  for (let position = 0; position < content.size;) {
    const bytes = Math.max(nextChunkBytes(tools.pace, mostBytes), CHUNK_LEAST_BYTES)
    const end = Math.min(position + bytes, content.size)
    const chunk = (part: Content) => tools.batches.patch(slot, { start: position, content: part }, tools.signal)
    const receipt = await withSemaphore(tools, () => sendTimed(content.slice(position, end), chunk, tools))
    if (receipt.kind === 'stored') {
      position = end
      doubts = 0
      continue
    }
    if (receipt.kind === 'too large' && bytes <= CHUNK_LEAST_BYTES) throw receipt.problem
    const held =
      receipt.kind === 'in doubt' ? await bytesHeldAfter(++doubts, receipt.problem, { slot, tools }) : position
    if (held !== undefined && held > position) doubts = 0
    position = Math.min(held ?? position, content.size)
    mostBytes = Math.floor(bytes / 2)
    tools.say.info(`${receipt.problem.message}; going on with smaller pieces from byte ${position}`)
  }
}

type DoubtfulChunk = { readonly slot: Slot; readonly tools: ChunkTools }

/** Undefined: the platform doesn't say, so the chunk is sent again, and if it can't bear that, it says so at the end. */
async function bytesHeldAfter(
  doubts: number,
  problem: Problem,
  { slot, tools }: DoubtfulChunk,
): Promise<number | undefined> {
  if (doubts >= CHUNK_MOST_DOUBTS) throw problem
  await tools.clock.sleep(CHUNK_PAUSE_MS * 2 ** doubts, tools.signal)
  return withSemaphore(tools, () => tools.batches.bytesHeld(slot, tools.signal))
}

function withSemaphore<T>(tools: ChunkTools, work: () => Promise<T>): Promise<T> {
  return tools.semaphore.enter(tools.signal, work)
}

export type Destination = { readonly batch: BatchId; readonly dataset: DatasetId }

export type UploadTools = ChunkTools & {
  /** Files under way at once. */
  readonly width: number
}

/**
 * A file went whole, may have been stored, and can't be sent so: what beginning it as a large file would do to what is
 * stored is written nowhere, so it needs a new batch in which it goes by chunks from the start.
 */
export class NeedsChunks extends Problem {
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
    const watched = { ...transfer, content: progress.track(transfer.content) }
    await send(watched, slot, { ...tools, signal, pace }).catch((error: unknown) => {
      throw namingFile(transfer, error)
    })
  }
  const scout = scoutOf(plan.transfers, tools.pace)
  const others = plan.transfers.filter((transfer) => transfer !== scout)
  const together = Math.min(tools.width, others.length)
  if (scout !== undefined) await sendOne(scout, tools.signal, sharedPace(tools.pace, together))
  await runConcurrently(others, tools, (transfer, signal) => sendOne(transfer, signal)).catch((error: unknown) => {
    throw error instanceof AggregateError ? (error.errors.find(isForChunks) ?? joinProblems(error)) : error
  })
  const took = formatDuration(tools.clock.now() - startMs)
  tools.say.info(`Uploaded ${count(plan.transfers.length, 'file')}, ${formatBytes(plan.bytes)}, in ${took}`)
}

async function send(transfer: Transfer, slot: Slot, tools: UploadTools): Promise<void> {
  const { content } = transfer
  if (transfer.how === 'chunked' || !goesWhole(content.size, tools.pace))
    return await sendInChunks(content, slot, tools)
  const put = (whole: Content) => tools.batches.put(slot, whole, tools.signal)
  const receipt = await tools.semaphore.enter(tools.signal, () => sendTimed(content, put, tools))
  switch (receipt.kind) {
    case 'stored':
      return
    case 'too large':
      tools.say.info(`${receipt.problem.message}; it goes by pieces`)
      return await sendInChunks(content, slot, { ...tools, chunkBytes: Math.min(tools.chunkBytes, content.size / 2) })
    case 'in doubt':
      throw new NeedsChunks(transfer.remoteName, receipt.problem)
    default:
      return receipt satisfies never
  }
}

function namingFile({ remoteName }: Transfer, error: unknown): unknown {
  if (isForChunks(error) || !(error instanceof Problem) || error.message.includes(JSON.stringify(remoteName)))
    return error
  const message = `Cannot upload ${JSON.stringify(remoteName)}: ${error.message}`
  return new Problem(message, { remedy: error.remedy, cause: error })
}

/** It is mended by another way, whatever befell the others. */
function isForChunks(error: unknown): boolean {
  return error instanceof NeedsChunks
}

function joinProblems({ errors }: AggregateError): Problem {
  const messages = errors.map((error: unknown) => `- ${messageOf(error)}`)
  const remedies = errors.flatMap((error: unknown) => (error instanceof Problem ? [error.remedy] : []))
  return new Problem(`Cannot upload ${count(errors.length, 'file')}:\n${messages.join('\n')}`, {
    remedy: [...new Set(remedies)].join('\n'),
    cause: errors[0],
  })
}
