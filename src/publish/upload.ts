import type { Context } from '../context.ts'
import type { BatchPlan, Transfer } from '../files/plan.ts'
import { type Semaphore, runConcurrently } from '../lib/async.ts'
import type { Content } from '../lib/content.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { count, formatBytes, formatDuration } from '../lib/text.ts'
import type { Clock } from '../lib/time.ts'
import type { Receipt, Slot } from '../platform/batches.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import {
  ARRIVAL_FIRST_ASKED,
  CHUNKED_FILE_MOST_STARTS,
  CHUNK_LEAST_BYTES,
  CHUNK_MOST_DOUBTS,
  CHUNK_PAUSE_MS,
} from '../platform/limits.ts'
import { type Pace, createProgress, goesWhole, nextChunkBytes, scoutOf, sharedPace } from './upload-pace.ts'

export type Stopwatch = { readonly clock: Clock; readonly pace: Pace }

/**
 * Sends one file and records its speed. The time starts with the last read of its bytes, because earlier attempts and the
 * pauses after them say nothing about the connection. A request that was cut off shows that the connection is slower.
 */
export async function sendTimed(
  content: Content,
  sendContent: (content: Content) => Promise<Receipt>,
  { clock, pace }: Stopwatch,
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

/** State that the requests of an upload share. */
export type UploadLimits = {
  /** Limits the concurrent requests. */
  readonly semaphore: Semaphore
  /** The most bytes of one PATCH; a slow connection gets smaller ones. */
  readonly chunkBytes: number
  readonly pace: Pace
}

/** The target of one file, and the limits for sending it. */
export type ChunkTarget = { readonly slot: Slot; readonly limits: UploadLimits }

/**
 * Uploads a file by API guide, "Ingest large Parquet files": INITIALIZE, the chunks with their ranges in order, COMPLETE. No
 * document says what the platform does with chunks out of order. If the result of a chunk is unknown, the platform is
 * asked how many bytes it holds, and the upload continues from there. If at the end the chunks are incomplete or refused,
 * the whole file is sent once more.
 *
 * @throws Problem when the file can't be completed.
 */
export async function sendInChunks(content: Content, target: ChunkTarget, context: Context): Promise<void> {
  const { slot, limits } = target
  const { platform, log, signal } = context
  for (let start = 1; start <= CHUNKED_FILE_MOST_STARTS; start++) {
    await limits.semaphore.enter(signal, () => platform.batches.initialize(slot, signal))
    await sendChunks(content, target, context)
    const held = await heldOrUnknown(target, context)
    // A missing last chunk leaves no gap, so COMPLETE would accept the file as whole.
    if (held !== undefined && held < content.size) {
      log.info(`The platform holds ${held} of ${content.size} bytes of ${JSON.stringify(slot.name)}`)
      continue
    }
    if (await limits.semaphore.enter(signal, () => platform.batches.completeFile(slot, signal))) return
    log.info(`The platform reports that the chunks of ${JSON.stringify(slot.name)} do not make a complete file`)
  }
  throw new Problem(
    `Cannot upload ${JSON.stringify(slot.name)}: its chunks were refused or did not all arrive, also after a second attempt`,
    {
      remedy: 'Split the file so that its parts stay below 256 MB, or give the batch id to Adobe support.',
    },
  )
}

/** Not a poll: each turn sends a chunk and continues at the byte that the platform reports. */
async function sendChunks(content: Content, target: ChunkTarget, context: Context): Promise<void> {
  const { slot, limits } = target
  const { platform, clock, log, signal } = context
  let mostBytes = Math.floor(limits.chunkBytes)
  let doubts = 0
  for (let position = 0; position < content.size;) {
    const bytes = Math.max(nextChunkBytes(limits.pace, mostBytes), CHUNK_LEAST_BYTES)
    const end = Math.min(position + bytes, content.size)
    const chunk = (part: Content) => platform.batches.patch(slot, { start: position, content: part }, signal)
    const receipt = await limits.semaphore.enter(signal, () =>
      sendTimed(content.slice(position, end), chunk, { clock, pace: limits.pace }),
    )
    if (receipt.kind === 'stored') {
      position = end
      doubts = 0
      continue
    }
    if (receipt.kind === 'too large' && bytes <= CHUNK_LEAST_BYTES) throw receipt.problem
    const held =
      receipt.kind === 'in doubt'
        ? await bytesHeldAfter({ doubts: ++doubts, problem: receipt.problem }, target, context)
        : position
    if (held !== undefined && held > position) doubts = 0
    position = Math.min(held ?? position, content.size)
    mostBytes = Math.floor(bytes / 2)
    log.info(`${receipt.problem.message}; continuing with smaller chunks from byte ${position}`)
  }
}

type ChunkDoubt = { readonly doubts: number; readonly problem: Problem }

/** Undefined: the platform doesn't tell, so the chunk is sent again. If that breaks the file, the upload's end shows it. */
async function bytesHeldAfter(
  { doubts, problem }: ChunkDoubt,
  { slot, limits }: ChunkTarget,
  { platform, waits, signal }: Context,
): Promise<number | undefined> {
  if (doubts >= CHUNK_MOST_DOUBTS) throw problem
  await waits.budget.clock.sleep(CHUNK_PAUSE_MS * 2 ** doubts, signal)
  return limits.semaphore.enter(signal, () => platform.batches.bytesHeld(slot, signal))
}

/** How many bytes the platform holds of a file; undefined if it doesn't tell or the request fails. */
async function heldOrUnknown(
  { slot, limits }: ChunkTarget,
  { platform, signal }: Context,
): Promise<number | undefined> {
  try {
    return await limits.semaphore.enter(signal, () => platform.batches.bytesHeld(slot, signal))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The target of the files of a batch, and how they are sent. */
export type UploadTarget = {
  readonly batch: BatchId
  readonly dataset: DatasetId
  readonly limits: UploadLimits
  /** Files sent at the same time. */
  readonly width: number
  /**
   * Called when every file is acknowledged, before the platform is asked what arrived, and again after missing files were
   * sent again.
   */
  readonly whenSent?: (() => void) | undefined
}

/**
 * A file that was sent whole may have been stored, but can't be sent that way. No document says what INITIALIZE would do to
 * the stored file, so a new batch is needed that sends it in chunks from the start.
 */
export class NeedsChunks extends Problem {
  override readonly name = 'NeedsChunks'
  readonly remoteName: string

  constructor(remoteName: string, problem: Problem) {
    super(problem.message, { remedy: problem.remedy, isPassing: true, mayHaveActed: true, cause: problem })
    this.remoteName = remoteName
  }
}

/**
 * Uploads every file of a batch. Returns only when the platform has acknowledged every byte and holds all files, as far as
 * it tells. Throws only when no request is running any more.
 *
 * @throws NeedsChunks; Problem that names each failed file.
 */
export async function upload(plan: BatchPlan, target: UploadTarget, context: Context): Promise<void> {
  const { limits, width } = target
  const { clock, log, signal: whole } = context
  const startMs = clock.now()
  const progress = createProgress(plan.bytes, context)
  const wentWhole: Transfer[] = []
  const sendOne: SendOne = async (transfer, signal, pace = limits.pace) => {
    const tracked = { ...transfer, content: progress.track(transfer.content) }
    const mayBeStored = wentWhole.includes(transfer)
    const to = { ...placeOf(transfer, target), limits: { ...limits, pace }, mayBeStored }
    const how = await send(tracked, to, { ...context, signal }).catch((error: unknown) => {
      throw withFileName(transfer, error)
    })
    if (how === 'whole') wentWhole.push(transfer)
  }
  const scout = scoutOf(plan.transfers, limits.pace)
  const others = plan.transfers.filter((transfer) => transfer !== scout)
  const together = Math.min(width, others.length)
  if (scout !== undefined) await sendOne(scout, whole, sharedPace(limits.pace, together))
  await sendAll(others, sendOne, { width, signal: whole })
  const took = formatDuration(clock.now() - startMs)
  log.info(`Uploaded ${count(plan.transfers.length, 'file')}, ${formatBytes(plan.bytes)}, in ${took}`)
  target.whenSent?.()
  await confirmArrival(wentWhole, { target, sendOne }, context)
}

type SendOne = (transfer: Transfer, signal: AbortSignal, pace?: Pace) => Promise<void>

async function sendAll(
  transfers: readonly Transfer[],
  sendOne: SendOne,
  options: { readonly width: number; readonly signal: AbortSignal },
): Promise<void> {
  const sent = runConcurrently(transfers, options, (transfer, signal) => sendOne(transfer, signal))
  await sent.catch((error: unknown) => {
    throw error instanceof AggregateError ? (error.errors.find(isForChunks) ?? joinProblems(error)) : error
  })
}

function placeOf({ remoteName: name }: Transfer, { batch, dataset, limits }: UploadTarget): ChunkTarget {
  return { slot: { batch, dataset, name }, limits }
}

type Arriving = { readonly target: UploadTarget; readonly sendOne: SendOne }

/**
 * Asks the platform how much it holds of acknowledged files: a proxy may have answered in its place. No document says that
 * HEAD covers files sent whole, so if it knows none of the first few, the upload is not verified. Missing files are sent
 * once more, which replaces what may be there.
 *
 * @throws Problem that names the files still missing.
 */
async function confirmArrival(sent: readonly Transfer[], { target, sendOne }: Arriving, context: Context) {
  const { log, signal } = context
  const { width } = target
  const ask = (transfers: readonly Transfer[]) =>
    runConcurrently(transfers, { width, signal }, async (transfer, sibling) => ({
      transfer,
      held: await heldOrUnknown(placeOf(transfer, target), { ...context, signal: sibling }),
    }))
  const first = await ask(sent.slice(0, ARRIVAL_FIRST_ASKED))
  if (first.every(({ held }) => held === undefined)) {
    if (sent.length > 0)
      log.info(
        `The platform does not report what it received of ${count(sent.length, 'file')}: the upload was not verified`,
      )
    return
  }
  const missing = [...first, ...(await ask(sent.slice(ARRIVAL_FIRST_ASKED)))].filter(isMissing)
  if (missing.length === 0) return
  for (const { transfer, held } of missing) log.info(`${missingLine(transfer, held)}; it is uploaded again`)
  await sendAll(
    missing.map(({ transfer }) => transfer),
    sendOne,
    { width, signal },
  )
  target.whenSent?.()
  const lost = (await ask(missing.map(({ transfer }) => transfer))).filter(isMissing)
  if (lost.length === 0) return
  throw new Problem(lost.map(({ transfer, held }) => missingLine(transfer, held)).join('\n'), {
    remedy:
      'Something between this runner and Experience Platform drops uploads. Check proxies, and run the job again.',
  })
}

type AskedFile = { readonly transfer: Transfer; readonly held: number | undefined }

function isMissing({ transfer, held }: AskedFile): boolean {
  return held === undefined || held < transfer.content.size
}

function missingLine({ remoteName, content }: Transfer, held = 0): string {
  return `Cannot find ${JSON.stringify(remoteName)} at the platform: it holds ${held} of ${content.size} bytes`
}

type FileTarget = ChunkTarget & {
  /** An earlier request sent the whole file, and the platform acknowledged it. */
  readonly mayBeStored: boolean
}

async function send(transfer: Transfer, target: FileTarget, context: Context): Promise<'whole' | 'chunked'> {
  const { content, remoteName } = transfer
  const { slot, limits, mayBeStored } = target
  const { platform, clock, log, signal } = context
  const { pace, semaphore } = limits
  const inChunks = async (most: number, why = tooSlowProblem(remoteName)) => {
    if (mayBeStored) throw new NeedsChunks(remoteName, why)
    await sendInChunks(content, { slot, limits: { ...limits, chunkBytes: most } }, context)
    return 'chunked' as const
  }
  if (transfer.how === 'chunked' || !goesWhole(content.size, pace)) return await inChunks(limits.chunkBytes)
  const put = (whole: Content) => platform.batches.put(slot, whole, signal)
  const receipt = await semaphore.enter(signal, () => sendTimed(content, put, { clock, pace }))
  switch (receipt.kind) {
    case 'stored':
      return 'whole'
    case 'too large':
      log.info(`${receipt.problem.message}; uploading it in chunks`)
      return await inChunks(Math.min(limits.chunkBytes, content.size / 2), receipt.problem)
    case 'in doubt': {
      const held = await heldOrUnknown(target, context)
      if (held === undefined || held < content.size) throw new NeedsChunks(remoteName, receipt.problem)
      log.info(`${receipt.problem.message}; the platform holds the whole file`)
      return 'whole'
    }
    default:
      return receipt satisfies never
  }
}

function tooSlowProblem(remoteName: string): Problem {
  return new Problem(`Cannot upload ${JSON.stringify(remoteName)} again in one request: the connection is too slow`, {
    remedy: 'Run the job again, or split the file.',
  })
}

function withFileName({ remoteName }: Transfer, error: unknown): unknown {
  if (isForChunks(error) || !(error instanceof Problem) || error.message.includes(JSON.stringify(remoteName)))
    return error
  const message = `Cannot upload ${JSON.stringify(remoteName)}: ${error.message}`
  return new Problem(message, { remedy: error.remedy, cause: error })
}

/** This error has its own solution (a new batch), so it takes precedence over those of other files. */
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
