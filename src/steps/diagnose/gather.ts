import type { Clock } from '../../base/clock.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { DiagnosticFile, DiagnosticRoom, DiagnosticsApi } from '../../platform/diagnostics.ts'
import { lines } from './lines.ts'
import { readRejectedRow, type RowReading } from './rejected-row.ts'
import { RowBin, type Gathered } from './row-bin.ts'

export type GatherOrder = RowReading & {
  readonly batch: BatchId
  /** The batch has just failed and its errors speak of rows: what is not there yet may come. */
  readonly mayBeLate: boolean
}

export type GatherTools = {
  readonly diagnostics: DiagnosticsApi
  readonly clock: Clock
  readonly signal: AbortSignal
}

const PAUSES_MS = [1_000, 3_000, 6_000, 9_000] as const
/** Whatever the looks themselves take, none begins later. */
const LAST_LOOK_MS = 20_000

/** Reads the rows that a batch lost, in bounded time and memory. What can't be read becomes a note. */
export async function gather(order: GatherOrder, tools: GatherTools): Promise<Gathered> {
  const startMs = tools.clock.now()
  for (const pauseMs of PAUSES_MS) {
    const gathered = await look(order, tools)
    const isOver = tools.clock.now() + pauseMs > startMs + LAST_LOOK_MS
    if (!order.mayBeLate || isOver || gathered.rows.length > 0 || gathered.notes.length > 0) return gathered
    await tools.clock.sleep(pauseMs, tools.signal)
  }
  return await look(order, tools)
}

type Source = { readonly isWhole: boolean; readonly files: () => Promise<readonly DiagnosticFile[]> }

/** The first of the places that has any rows: each holds the same rows as the one before, in less detail. */
async function look(order: GatherOrder, tools: GatherTools): Promise<Gathered> {
  const bin = new RowBin(tools.clock)
  for (const { isWhole, files } of sourcesOf(order.batch, tools)) {
    await bin.attempt(tools.signal, async () => readAll(await files(), { bin, order, tools }))
    if (bin.rows.length > 0) return bin.gathered(isWhole)
  }
  return bin.gathered(true)
}

function sourcesOf(batch: BatchId, { diagnostics, signal }: GatherTools): readonly Source[] {
  const filesIn = async (room: DiagnosticRoom) => {
    const found = await diagnostics.list(batch, room, signal)
    return found.kind === 'found' ? found.record : []
  }
  return [
    { isWhole: true, files: () => filesIn('row_errors') },
    // Two names of one sample: where both are there, each row would count twice.
    ...diagnostics.samples(batch).map((sample) => ({ isWhole: false, files: async () => [sample] })),
    { isWhole: true, files: () => filesIn('failed') },
  ]
}

type Into = { readonly bin: RowBin; readonly order: RowReading; readonly tools: GatherTools }

/** Short files first, so that what they leave of their share goes to the long ones: no kind of error hides another. */
async function readAll(files: readonly DiagnosticFile[], into: Into): Promise<void> {
  const sorted = files.toSorted((a, b) => (a.bytes ?? Infinity) - (b.bytes ?? Infinity) || 0)
  for (const [index, file] of sorted.entries()) {
    const { bin, tools } = into
    if (bin.isOver()) return
    await bin.attempt(tools.signal, () => readOne(file, sorted.length - index, into))
  }
}

async function readOne(file: DiagnosticFile, filesLeft: number, { bin, order, tools }: Into): Promise<void> {
  bin.begin(file.id, filesLeft)
  for await (const line of lines(tools.diagnostics.read(file, tools.signal))) {
    if (line.trim() === '') continue
    if (!bin.hasRoomFor(line)) break
    bin.add(readRejectedRow(line, order))
  }
  bin.end()
}
