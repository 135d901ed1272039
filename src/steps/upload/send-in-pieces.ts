import type { Clock } from '../../base/clock.ts'
import type { Content } from '../../base/content.ts'
import type { Gate } from '../../base/gate.ts'
import { Problem } from '../../base/problem.ts'
import type { FilesApi, Slot } from '../../platform/files.ts'
import type { Say } from '../discover.ts'
import type { Pace } from './pace.ts'
import { pieceBytes } from './request-bytes.ts'
import { timed } from './timed.ts'

export type PieceTools = {
  readonly batches: FilesApi
  readonly clock: Clock
  readonly say: Say
  /** Around each single request. */
  readonly gate: Gate
  /** The most that one PATCH carries; a slow line gets less. */
  readonly chunkBytes: number
  readonly pace: Pace
  readonly signal: AbortSignal
}

/** No gateway refuses less than this. */
const LEAST_BYTES = 1 << 20
/** Doubts in a row that bring nothing forward. */
const MOST_DOUBTS = 6
/** Doubled with each doubt. */
const PAUSE_MS = 500
/** A file is begun anew at most once: whatever is wrong with its pieces is hardly mended by a third time. */
const MOST_STARTS = 2

/**
 * API guide, "Ingest large Parquet files": INITIALIZE, pieces with their ranges one after the other, COMPLETE. What
 * the platform makes of pieces out of order is written nowhere. After a doubt it is asked what it holds, and the file goes
 * on from there; when it finds at the end that the pieces make no file, the file is begun anew, once.
 *
 * @throws Problem when the file can't be brought to its end.
 */
export async function sendInPieces(content: Content, slot: Slot, tools: PieceTools): Promise<void> {
  for (let start = 1; start <= MOST_STARTS; start++) {
    await inTurn(tools, () => tools.batches.initialize(slot, tools.signal))
    await sendPieces(content, slot, tools)
    if (await inTurn(tools, () => tools.batches.completeFile(slot, tools.signal))) return
    tools.say.info(`The platform finds that the pieces of ${JSON.stringify(slot.name)} make no whole file`)
  }
  throw new Problem(`Cannot upload ${JSON.stringify(slot.name)}: its pieces were refused, also after a second start`, {
    remedy: 'Split the file so that its parts stay below 256 MB, or give the batch id to Adobe support.',
  })
}

async function sendPieces(content: Content, slot: Slot, tools: PieceTools): Promise<void> {
  let mostBytes = Math.floor(tools.chunkBytes)
  let doubts = 0
  for (let position = 0; position < content.size;) {
    const bytes = Math.max(pieceBytes(tools.pace, mostBytes), LEAST_BYTES)
    const end = Math.min(position + bytes, content.size)
    const piece = (part: Content) => tools.batches.patch(slot, { start: position, content: part }, tools.signal)
    const receipt = await inTurn(tools, () => timed(content.slice(position, end), piece, tools))
    if (receipt.kind === 'stored') {
      position = end
      doubts = 0
      continue
    }
    if (receipt.kind === 'too large' && bytes <= LEAST_BYTES) throw receipt.problem
    const held = receipt.kind === 'in doubt' ? await heldAfter(++doubts, receipt.problem, { slot, tools }) : position
    if (held !== undefined && held > position) doubts = 0
    position = Math.min(held ?? position, content.size)
    mostBytes = Math.floor(bytes / 2)
    tools.say.info(`${receipt.problem.message}; going on with smaller pieces from byte ${position}`)
  }
}

type Asked = { readonly slot: Slot; readonly tools: PieceTools }

/** Undefined: the platform doesn't say, so the piece is sent again, and if it can't bear that, it says so at the end. */
async function heldAfter(doubts: number, problem: Problem, { slot, tools }: Asked): Promise<number | undefined> {
  if (doubts >= MOST_DOUBTS) throw problem
  await tools.clock.sleep(PAUSE_MS * 2 ** doubts, tools.signal)
  return inTurn(tools, () => tools.batches.held(slot, tools.signal))
}

function inTurn<T>(tools: PieceTools, work: () => Promise<T>): Promise<T> {
  return tools.gate.enter(tools.signal, work)
}
