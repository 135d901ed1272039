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
  /** The batch has just finished and its record reports rejected rows: diagnostics that are missing may still come. */
  readonly mayBeLate: boolean
}

export type GatheredRows = {
  readonly rows: readonly RejectedRow[]
  /** `rows` has all rows that the platform keeps; if false, a sample, or as many as were read. */
  readonly isWhole: boolean
  readonly notes: readonly string[]
}

/** Reads the rejected rows of a batch, in bounded time and memory. Failures become notes. */
export async function gather(request: GatherRequest, context: Context): Promise<GatheredRows> {
  const isDone = ({ rows, notes }: GatheredRows) => !request.mayBeLate || rows.length > 0 || notes.length > 0
  const pauses = ({ looks, ageMs }: { readonly looks: number; readonly ageMs: number }) => {
    const pauseMs = DIAGNOSTICS_PAUSES_MS[looks - 1]
    return pauseMs === undefined || ageMs + pauseMs > DIAGNOSTICS_LAST_LOOK_MS ? undefined : pauseMs
  }
  return poll(() => look(request, context), { isDone, pauses }, context)
}

/** Reads the first source that has any rows: each source has the same rows as the one before it, in less detail. */
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
    // These are names of one sample. They are separate sources, because reading both would count each row twice.
    ...platform.diagnostics.samples(batch).map((sample) => ({ isWhole: false, files: async () => [sample] })),
    { isWhole: true, files: () => filesIn('failed') },
  ]
}

type RowTarget = { readonly collector: RowCollector; readonly request: RowReadOptions }

/** Reads short files first, so that long ones get the rest of their quota and no kind of error hides another. */
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

/** Collects rejected rows within the limits of number, size and time, and records why others are missing. */
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

  /** Begins a file, with an equal share of the remaining rows among the files left. */
  begin(file: string, filesLeft: number): void {
    this.#file = file
    this.#quota = this.rows.length + Math.ceil((DIAGNOSTICS_MOST_ROWS - this.rows.length) / filesLeft)
    this.#unread = 0
  }

  /** Counts the line against the limits, and returns whether its row can be added. */
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

  /** Turns a failure into a note, so that other files are still read. @throws the signal's reason */
  async readOrNote(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      signal.throwIfAborted()
      const { text, remedy } = noteOf('The rejected rows could not all be read', error)
      // Refusals of several files differ only in the request id, so one note is enough.
      if (!this.#notes.has(remedy)) this.#notes.set(remedy, text)
    }
  }

  result(isWhole: boolean): GatheredRows {
    return { rows: this.rows, isWhole: isWhole && !this.#isFull, notes: [...this.#notes.values()] }
  }
}

/** The note about an error that must not affect the verdict. `text` ends with the remedy. */
export function noteOf(what: string, error: unknown): { readonly text: string; readonly remedy: string } {
  if (error instanceof Problem) return { text: `${what}. ${error.message}. ${error.remedy}`, remedy: error.remedy }
  const remedy = 'Run the job again with debug logging, and report the problem.'
  return { text: `${what}: unexpected error (${nameOf(error)}). ${remedy}`, remedy }
}

/** A row from a diagnostics file. */
export type RejectedRow = {
  readonly errors: readonly RowError[]
  /** The key by which the row is found in our files. */
  readonly key: string
  /** The file that the platform names: one of ours in some documents, one of its own in others. */
  readonly fileName: string | undefined
  /** JSON; undefined if records are not kept. */
  readonly record: string | undefined
}

/** One error of a row, as reported by its diagnostics. */
type RowError = {
  readonly code: string
  /** JSON pointer to the field, as far as the platform names it; empty for the row itself. */
  readonly pointer: string
  /** May quote values of the row. */
  readonly message: string
}

export type RowReadOptions = { readonly origin: Origin; readonly keepRecords: boolean }

/**
 * Parses a line of diagnostics (guides "Error diagnostics" and "Retrieve failed batches").
 *
 * @returns undefined for a line that is not a rejected row in any documented form.
 */
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
    // Truncated, HTML, or nested too deeply: only this line is lost.
    return undefined
  }
}

/** Splits chunks into lines without their line ends. @throws Problem for a line that is too long for the memory limit */
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

/** Writes a losslessly parsed record as JSON: every number keeps its original digits. */
function recordText(value: unknown): string {
  if (value instanceof LosslessNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(recordText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${recordText(inner)}`)
  return `{${members.join(',')}}`
}

/** Members that diagnostics add to a row. */
const ADDED: ReadonlySet<string> = new Set(['_errors', '_validationErrors', '_filename'])

/**
 * Returns a key that matches nothing if the platform omits the faulty column, as in one of Adobe's samples: the rest is
 * another record, possibly that of a valid row. A missing required field is no such omission.
 */
function keyOfShown(record: unknown, errors: readonly RowError[], origin: Origin): string {
  const isShortened = errors.some(
    ({ code, pointer: to }) => !MISSING.has(code) && to !== '' && !hasFirstStep(record, to),
  )
  return isShortened ? corruptKey('') : recordKey(record, origin)
}

const MISSING: ReadonlySet<string> = new Set(['1555', 'INGEST-1555-400', 'required'])

/** Checks only the first step: below it, the names of lists and maps vary. */
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

/** Reads a violation of a JSON schema, which has a keyword instead of a code. */
function readViolation(at: JsonReader): RowError {
  const path = at.get('pointerToViolation').text()?.replace(/^#/, '') ?? ''
  return { code: plainCode(at.get('keyword')), pointer: path, message: at.get('message').text() ?? '' }
}

function withoutAdded(row: JsonReader): unknown {
  return Object.fromEntries(row.entries().flatMap(([name, at]) => (ADDED.has(name) ? [] : [[name, at.value()]])))
}
