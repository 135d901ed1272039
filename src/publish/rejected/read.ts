import type { Context } from '../../context.ts'
import { poll } from '../../lib/async.ts'
import { Problem, nameOf } from '../../lib/errors.ts'
import { type JsonReader, jsonReader } from '../../lib/json-reader.ts'
import { LINE_FEED, count } from '../../lib/text.ts'
import type { Clock } from '../../lib/time.ts'
import type { DiagnosticFile, DiagnosticRoom } from '../../platform/data-access.ts'
import type { BatchId } from '../../platform/ids.ts'
import {
  DIAGNOSTICS_LAST_LOOK_MS,
  DIAGNOSTICS_MOST_CHARACTERS,
  DIAGNOSTICS_MOST_LINE_BYTES,
  DIAGNOSTICS_MOST_READ_MS,
  DIAGNOSTICS_MOST_ROWS,
  DIAGNOSTICS_PAUSES_MS,
} from '../../platform/limits.ts'
import { plainCode } from '../../platform/records.ts'
import { type Origin, corruptKey, recordKey, shownCorruptKey } from './keys.ts'
import { pointer, pointerSegments } from '../../lib/json-pointer.ts'
import { LosslessNumber, parseLossless } from '../../schema/json.ts'

export type GatherRequest = RowReadOptions & {
  readonly batch: BatchId
  /** The batch has just failed and its errors speak of rows: what is not there yet may come. */
  readonly mayBeLate: boolean
}

export type GatheredRows = {
  readonly rows: readonly RejectedRow[]
  /** These are all that the platform keeps; else a sample, or as many as are read. */
  readonly isWhole: boolean
  readonly notes: readonly string[]
}

/** Reads the rows that a batch lost, in bounded time and memory. What can't be read becomes a note. */
export async function gather(request: GatherRequest, context: Context): Promise<GatheredRows> {
  const isDone = ({ rows, notes }: GatheredRows) => !request.mayBeLate || rows.length > 0 || notes.length > 0
  const pauses = ({ looks, ageMs }: { readonly looks: number; readonly ageMs: number }) => {
    const pauseMs = DIAGNOSTICS_PAUSES_MS[looks - 1]
    return pauseMs === undefined || ageMs + pauseMs > DIAGNOSTICS_LAST_LOOK_MS ? undefined : pauseMs
  }
  return poll(() => look(request, context), { isDone, pauses }, context)
}

/** The first of the places that has any rows: each holds the same rows as the one before, in less detail. */
async function look(request: GatherRequest, context: Context): Promise<GatheredRows> {
  const collector = new RowCollector(context.clock)
  for (const { isWhole, files } of sourcesOf(request.batch, context)) {
    await collector.readOrNote(context.signal, async () => readAll(await files(), { collector, request }, context))
    if (collector.rows.length > 0) return collector.result(isWhole)
  }
  return collector.result(true)
}

type DiagnosticsSource = { readonly isWhole: boolean; readonly files: () => Promise<readonly DiagnosticFile[]> }

function sourcesOf(batch: BatchId, { platform, signal }: Context): readonly DiagnosticsSource[] {
  const filesIn = async (room: DiagnosticRoom) => {
    const found = await platform.diagnostics.list(batch, room, signal)
    return found.kind === 'found' ? found.record : []
  }
  return [
    { isWhole: true, files: () => filesIn('row_errors') },
    // Two names of one sample: where both are there, each row would count twice.
    ...platform.diagnostics.samples(batch).map((sample) => ({ isWhole: false, files: async () => [sample] })),
    { isWhole: true, files: () => filesIn('failed') },
  ]
}

type RowTarget = { readonly collector: RowCollector; readonly request: RowReadOptions }

/** Short files first, so that what they leave of their share goes to the long ones: no kind of error hides another. */
async function readAll(files: readonly DiagnosticFile[], into: RowTarget, context: Context): Promise<void> {
  const { collector } = into
  const sorted = files.toSorted((a, b) => (a.bytes ?? Infinity) - (b.bytes ?? Infinity) || 0)
  for (const [index, file] of sorted.entries()) {
    if (collector.isOver()) return
    const share = { file, filesLeft: sorted.length - index }
    await collector.readOrNote(context.signal, () => readOne(share, into, context))
  }
}

type FileToGather = { readonly file: DiagnosticFile; readonly filesLeft: number }

async function readOne(
  { file, filesLeft }: FileToGather,
  { collector, request }: RowTarget,
  { platform, signal }: Context,
): Promise<void> {
  collector.begin(file.id, filesLeft)
  for await (const line of readLines(platform.diagnostics.read(file, signal))) {
    if (line.trim() === '') continue
    if (!collector.hasRoomFor(line)) break
    collector.add(readRejectedRow(line, request))
  }
  collector.end()
}

/** Takes rejected rows, as many as there is room and time for, and remembers what kept others out. */
class RowCollector {
  readonly rows: RejectedRow[] = []
  #clock: Clock
  #endMs: number
  #characters = 0
  #isFull = false
  #file = ''
  #quota = 0
  #unread = 0
  #notes = new Map<string, string>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#endMs = clock.now() + DIAGNOSTICS_MOST_READ_MS
  }

  /** A file from which as many rows may come as from each of those that are left. */
  begin(file: string, filesLeft: number): void {
    this.#file = file
    this.#quota = this.rows.length + Math.ceil((DIAGNOSTICS_MOST_ROWS - this.rows.length) / filesLeft)
    this.#unread = 0
  }

  /** Counts the line. */
  hasRoomFor(line: string): boolean {
    this.#characters += line.length
    if (this.rows.length >= this.#quota) this.#isFull = true
    return !this.isOver() && this.rows.length < this.#quota
  }

  isOver(): boolean {
    const isOver =
      this.rows.length >= DIAGNOSTICS_MOST_ROWS ||
      this.#characters > DIAGNOSTICS_MOST_CHARACTERS ||
      this.#clock.now() > this.#endMs
    if (isOver) this.#isFull = true
    return isOver
  }

  add(row: RejectedRow | undefined): void {
    if (row === undefined) this.#unread++
    else this.rows.push(row)
  }

  end(): void {
    if (this.#unread === 0) return
    const what = `${count(this.#unread, 'line')} of the diagnostics in ${JSON.stringify(this.#file)}`
    this.#notes.set(this.#file, `${what} could not be read as rejected rows.`)
  }

  /** What keeps one file from being read keeps no other. @throws the signal's reason */
  async readOrNote(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      signal.throwIfAborted()
      const { text, remedy } = noteOf('The rejected rows could not all be read', error)
      // A refusal is the same for every file, but for the id of its request.
      if (!this.#notes.has(remedy)) this.#notes.set(remedy, text)
    }
  }

  result(isWhole: boolean): GatheredRows {
    return { rows: this.rows, isWhole: isWhole && !this.#isFull, notes: [...this.#notes.values()] }
  }
}

/** What is said of an error that must not take a verdict away. `text` ends with the remedy. */
export function noteOf(what: string, error: unknown): { readonly text: string; readonly remedy: string } {
  if (error instanceof Problem) return { text: `${what}. ${error.message}. ${error.remedy}`, remedy: error.remedy }
  const remedy = 'Run the job again with debug logging, and report the problem.'
  return { text: `${what}: unexpected error (${nameOf(error)}). ${remedy}`, remedy }
}

/** A row as it stands in a file of diagnostics. */
export type RejectedRow = {
  readonly errors: readonly RowError[]
  /** What a row of our files is recognised by. */
  readonly key: string
  /** A file that the platform names: one of ours in some documents, one of its own in others. */
  readonly fileName: string | undefined
  /** JSON; undefined where it isn't to be kept. */
  readonly record: string | undefined
}

/** One thing that is wrong with a row, as its diagnostics say it. */
type RowError = {
  readonly code: string
  /** JSON pointer to the field, as far as the platform names it; empty for the row itself. */
  readonly pointer: string
  /** It may quote values of the row. */
  readonly message: string
}

export type RowReadOptions = { readonly origin: Origin; readonly keepRecords: boolean }

/** Guides "Error diagnostics" and "Retrieve failed batches". @returns undefined for what is no rejected row in any documented form. */
export function readRejectedRow(line: string, { origin, keepRecords }: RowReadOptions): RejectedRow | undefined {
  try {
    const value = parseLossless(line)
    const row = jsonReader(value, 'row')
    const errors = errorsOf(row)
    if (errors.length === 0) return undefined
    const corrupt = row.get('_corrupt_record').text()
    const record = corrupt ?? withoutAdded(row)
    return {
      errors,
      key: corrupt === undefined ? keyOfShown(record, errors, origin) : shownCorruptKey(corrupt, origin),
      fileName: row.get('_filename').text(),
      record: keepRecords ? recordText(record) : undefined,
    }
  } catch {
    // Cut off, HTML, or nested beyond what anyone can read: a line less, and no reason to lose the others.
    return undefined
  }
}

/** The lines of a text that comes in chunks, without their ends. @throws Problem for a line that is too long to be held */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let begunBytes = 0
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)]).toString()
      begun = []
      begunBytes = 0
      start = end + 1
    }
    begun.push(Buffer.from(chunk.subarray(start)))
    begunBytes += chunk.length - start
    if (begunBytes > DIAGNOSTICS_MOST_LINE_BYTES) throw tooLongProblem()
  }
  if (begunBytes > 0) yield Buffer.concat(begun).toString()
}

function tooLongProblem(): Problem {
  return new Problem(
    `Cannot read which rows the platform rejected: a line has more than ${DIAGNOSTICS_MOST_LINE_BYTES} bytes`,
    {
      remedy: 'Look up the rejected rows in the Experience Platform UI.',
    },
  )
}

/** JSON of a record that was read without loss: every number has the digits it came with. */
function recordText(value: unknown): string {
  if (value instanceof LosslessNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(recordText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${recordText(inner)}`)
  return `{${members.join(',')}}`
}

/** What diagnostics add to a row. */
const ADDED: ReadonlySet<string> = new Set(['_errors', '_validationErrors', '_filename'])

/**
 * A sample of Adobe's shows a row without the column that is wrong with it. What is left is another record, and may be that
 * of a row that is right: so it is found nowhere. A required field that is missing is meant to be.
 */
function keyOfShown(record: unknown, errors: readonly RowError[], origin: Origin): string {
  const isShortened = errors.some(
    ({ code, pointer: to }) => !MISSING.has(code) && to !== '' && !hasFirstStep(record, to),
  )
  return isShortened ? corruptKey('') : recordKey(record, origin)
}

const MISSING: ReadonlySet<string> = new Set(['1555', 'INGEST-1555-400', 'required'])

/** Only the first step: below it, lists and maps are named in ways that differ. */
function hasFirstStep(record: unknown, to: string): boolean {
  const [name = ''] = pointerSegments(to)
  return typeof record !== 'object' || record === null || Object.hasOwn(record, name)
}

function errorsOf(row: JsonReader): readonly RowError[] {
  return [...row.get('_errors').items().map(readError), ...row.get('_validationErrors').items().map(readViolation)]
}

function readError(at: JsonReader): RowError {
  const path = at.get('column').text()?.split('.') ?? []
  return { code: plainCode(at.get('code')), pointer: pointer(path), message: at.get('message').text() ?? '' }
}

/** A violation of a JSON schema: it has a keyword and no code. */
function readViolation(at: JsonReader): RowError {
  const path = at.get('pointerToViolation').text()?.replace(/^#/, '') ?? ''
  return { code: plainCode(at.get('keyword')), pointer: path, message: at.get('message').text() ?? '' }
}

function withoutAdded(row: JsonReader): unknown {
  return Object.fromEntries(row.entries().flatMap(([name, at]) => (ADDED.has(name) ? [] : [[name, at.value()]])))
}
