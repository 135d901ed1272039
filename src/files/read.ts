import type { Context } from '../context.ts'
import { createHash } from 'node:crypto'
import type { FoundFile } from './discover.ts'
import { partitionsOf } from './names.ts'
import { type FileRefusal, refuse } from './refusal.ts'
import {
  MADE_LINES,
  type RunMapping,
  type SentAs,
  type SourceNotes,
  checkSource,
  convertedRefusal,
  joinSources,
  sentAs,
  sourceRefusals,
} from './mapping.ts'
import { type SliceChecker, checkFile } from '../formats/check.ts'
import type { FileFindings } from '../formats/results.ts'
import type { FileRecords, RecordShape, SummaryOptions } from '../formats/format.ts'
import type { CsvDialect } from '../formats/csv/grammar.ts'
import { FORMATS, splitRecords, summarise } from '../formats/formats.ts'
import { passMark } from '../formats/refusal.ts'
import type { ScratchFile } from '../github/workspace.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { runConcurrently } from '../lib/async.ts'
import { type Content, bytesContent, readAll } from '../lib/content.ts'
import { LINE_FEED, formatBytes } from '../lib/text.ts'
import type { SourceCheck } from '../mapping/columns.ts'
import { BATCH_MOST, PART_MOST_BYTES, WHOLE_FILE_MOST_BYTES } from '../platform/limits.ts'

/** A file that can be sent. Its name and format are those of the file itself, in whatever form it is uploaded. */
export type CheckedFile = Omit<FoundFile, 'content'> &
  SentAs & {
    /** The uploaded data: the file itself, or its records as JSON Lines. */
    readonly content: Content
    /** The mapping that makes the uploaded records from its rows; undefined if its own records are uploaded. */
    readonly mapping: RunMapping | undefined
    /** The same in chunks that can each be read alone; empty if it is not split. */
    readonly chunks: readonly Content[]
    /** The file itself. */
    readonly source: Content
    /** How the file holds its records. */
    readonly shape: RecordShape
    /** It is uploaded as JSON whose records may span lines. */
    readonly isMultiLine: boolean
    /** Whether it can be packed into one file with others, and what its end needs for that. */
    readonly packing: 'alone' | 'as it is' | 'with a line end'
    /** Size of the file itself. */
    readonly sourceBytes: number
    /** SHA-256 of the file itself, in hexadecimal. */
    readonly sha256: string
    /** Number of rows to upload; undefined for CSV, whose rows are not counted. */
    readonly rows: number | undefined
  }

export type Preflight = SourceNotes & {
  readonly files: readonly CheckedFile[]
  /** What validation found, file by file; undefined if rows were not checked. */
  readonly checks: readonly FileFindings[] | undefined
}

export type CsvChoices = Pick<Inputs, 'csvDelimiter' | 'csvQuote' | 'csvEscape'>

type ReadChoices = CsvChoices &
  Pick<Inputs, 'multilineJson'> & {
    /** Undefined where rows are not to be checked. */
    readonly checker: SliceChecker | undefined
    /** The mapping by which the checker makes records. */
    readonly mapping: RunMapping | undefined
    /**
     * A mapping will make the records later: a fault that only readers of the file itself would notice is no reason to
     * refuse it.
     */
    readonly isToBeMapped?: boolean
  }

type SplitChoices = Pick<Inputs, 'largeFiles' | 'mode'>

type PreflightChoices = ReadChoices & SplitChoices

/** Files read at once: enough to hide the disk, few enough to keep memory flat. */
const WIDTH = 4
/** Each has slices in progress: one file is read while another is checked. */
const CHECKING_WIDTH = 2

/**
 * Reads every file once, before a batch exists: counts its rows, hashes it, validates its rows, and converts arrays and
 * pretty-printed objects to JSON Lines. Large files that are to be split are read once more to find where.
 *
 * @throws InvalidFiles naming each file that must not be sent.
 */
export async function preflight(
  found: readonly FoundFile[],
  choices: PreflightChoices,
  context: Context,
): Promise<Preflight> {
  const all = { width: choices.checker === undefined ? WIDTH : CHECKING_WIDTH, signal: context.signal }
  const read = await runConcurrently(found, all, (file, signal) => readOnce(file, choices, { ...context, signal }))
  refuse(read.flatMap((result) => (result.kind === 'refused' ? result.refusals : [])))
  const good = read.flatMap((result) => (result.kind === 'read' ? [result] : []))
  if (choices.multilineJson === 'keep') refuseMixedLines(good)
  const files = await runConcurrently(good, all, (result, signal) => toCheckedFile(result, choices, signal))
  const checks = good.flatMap(({ check }) => (check === undefined ? [] : [check]))
  const sources = joinSources(good.map(({ source }) => source))
  return { files, checks: choices.checker === undefined ? undefined : checks, ...sources }
}

type ReadFile = {
  readonly kind: 'read'
  readonly file: FoundFile
  readonly records: FileRecords
  /** SHA-256 of the file itself, in hexadecimal. */
  readonly sha256: string
  /** Its records as JSON Lines, if they are uploaded in that form and the file has another. */
  readonly lines: Content | undefined
  /** The uploaded data ends with a line feed. */
  readonly endsLine: boolean
  /** Undefined where rows are not checked. */
  readonly check: FileFindings | undefined
  readonly source: SourceCheck | undefined
}

type RefusedFile = { readonly kind: 'refused'; readonly refusals: readonly FileRefusal[] }

/** Reads a file from start to end, in one pass for everything that is to be known of it. */
async function readOnce(found: FoundFile, choices: ReadChoices, context: Context): Promise<ReadFile | RefusedFile> {
  if (found.content.size > BATCH_MOST.bytes) return { kind: 'refused', refusals: [sizeRefusal(found)] }
  const { file, held } = await openSource(found, choices)
  await using scratch = context.workspace.keep(file.name)
  const observer = new FileObserver({ ...file, scratch }, choices, context.signal)
  const options = { dialect: csvDialect(choices), ...observer.options() }
  const records = await summarise({ path: file.path, content: held }, file.format, options)
  if (records.kind === 'refused') {
    const { says: reason, remedy, place } = records
    return { kind: 'refused', refusals: [{ path: file.path, reason, remedy, place }] }
  }
  const isMapped = choices.mapping !== undefined
  const results = observer.results(isMapped || (records.isRewritten && records.isMultiLine))
  const refusals = isMapped ? mappedRefusals(file, results) : []
  if (refusals.length > 0) return { kind: 'refused', refusals }
  const lines = isMapped || records.isRewritten ? await scratch.content() : undefined
  return { kind: 'read', file, records, lines, ...results }
}

function mappedRefusals({ path }: FoundFile, { source, check }: FileResults): readonly FileRefusal[] {
  const unfit = sourceRefusals(path, source)
  return unfit.length > 0 || check === undefined ? unfit : convertedRefusal(path, check)
}

export function csvDialect({ csvDelimiter, csvQuote, csvEscape }: CsvChoices): CsvDialect {
  return { delimiter: csvDelimiter, quote: csvQuote, escape: csvEscape }
}

type FileResults = Pick<ReadFile, 'sha256' | 'endsLine' | 'check' | 'source'>

type ObservedFile = Pick<FoundFile, 'name' | 'format'> & { readonly scratch: ScratchFile }

/** Observes a file's bytes while they are read. */
class FileObserver {
  #file: ObservedFile
  #choices: ReadChoices
  #signal: AbortSignal
  #hash = createHash('sha256')
  #last: number | undefined
  #check: FileFindings | undefined
  #source: SourceCheck | undefined

  constructor(file: ObservedFile, choices: ReadChoices, signal: AbortSignal) {
    this.#file = file
    this.#choices = choices
    this.#signal = signal
  }

  options(): Omit<SummaryOptions, 'dialect'> {
    const { checker } = this.#choices
    return {
      onBytes: (chunk) => {
        this.#signal.throwIfAborted()
        this.#hash.update(chunk)
        this.#last = chunk.at(-1)
      },
      onLines: this.#lineTaker(),
      isConverted: isConverted(this.#choices),
      read: checker === undefined ? undefined : (content, shape) => this.#checkRows({ content, shape }, checker),
    }
  }

  /** `isCompact`: each record was written on its own line. */
  results(isCompact: boolean): FileResults {
    const endsLine = isCompact || this.#last === LINE_FEED
    return { sha256: this.#hash.digest('hex'), endsLine, check: this.#check, source: this.#source }
  }

  /** With a mapping, the check itself writes the records that are sent instead of the rows. */
  #lineTaker(): SummaryOptions['onLines'] {
    const { mapping, multilineJson } = this.#choices
    if (mapping !== undefined) return async () => undefined
    return multilineJson === 'keep' ? undefined : (lines) => this.#file.scratch.write(lines)
  }

  async #checkRows(file: WholeContent, checker: SliceChecker): Promise<void> {
    const { mapping } = this.#choices
    const tools = { checker, signal: this.#signal }
    if (mapping === undefined) {
      this.#check = await checkFile(file, tools)
      return
    }
    this.#source = checkSource(mapping, file.shape)
    // The file is refused, so none of its rows need to be read.
    if ((this.#source?.faults ?? []).length > 0) return
    const { sentName: name } = sentAs(this.#file, true)
    const write = (lines: Uint8Array) => this.#file.scratch.write(lines)
    this.#check = await checkFile(file, { ...tools, sending: { name, write } })
  }
}

/** Whether a mapping makes records of the rows, so that the platform never reads the file itself. */
function isConverted({ mapping, isToBeMapped = false }: ReadChoices): boolean {
  return isToBeMapped || mapping !== undefined
}

/**
 * Skips a byte-order mark, which Excel writes, if a mapping converts the file: only the platform's readers do not allow
 * one.
 */
async function openSource(file: FoundFile, choices: ReadChoices) {
  const held = await holdSmall(file.content)
  if (!isConverted(choices)) return { file, held }
  const text = await passMark(held)
  const { size } = file.content
  return { file: { ...file, content: file.content.slice(size - text.size, size) }, held: text }
}

/** A small file is opened once, although its beginning is read before the rest. */
const SMALL_BYTES = 1 << 17

async function holdSmall(content: Content): Promise<Content> {
  return content.size > SMALL_BYTES ? content : bytesContent(await readAll(content))
}

function sizeRefusal({ path, content }: FoundFile): FileRefusal {
  const reason = `has ${formatBytes(content.size)}, and a batch takes ${formatBytes(BATCH_MOST.bytes)}`
  return { path, reason, remedy: 'Split the file.' }
}

/** A file whose records were counted. */
type CountedFile = { readonly file: FoundFile; readonly records: FileRecords }

/**
 * Files that are uploaded unchanged must fit the one `isMultiLineJson` of their batch. A reader of multi-line JSON
 * reads one array or object per file: it would see only the first line of JSON Lines, or the first of several objects.
 *
 * @throws InvalidFiles naming each file that one setting for all would misread.
 */
function refuseMixedLines(files: readonly CountedFile[]): void {
  const several = files.filter(({ records }) => isDocuments(records.shape) && records.rows !== 1)
  refuse(
    several.map(({ file }) =>
      misreadRefusal(file.path, 'contains several objects that span lines instead of one array'),
    ),
  )
  const lines = files.filter(({ records }) => !records.isMultiLine)
  if (lines.length === files.length) return
  refuse(
    lines.map(({ file }) =>
      misreadRefusal(file.path, 'contains one object per line, while records of other files span lines'),
    ),
  )
}

function isDocuments(shape: RecordShape): boolean {
  return shape.format === 'json' && shape.kind === 'documents'
}

function misreadRefusal(path: string, reason: string): FileRefusal {
  return {
    path,
    reason,
    remedy: 'Set "multiline-json: convert", or publish the two kinds of files in separate steps.',
  }
}

async function toCheckedFile(
  { file, records, lines, ...read }: ReadFile,
  choices: PreflightChoices,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const { mapping } = choices
  const content = lines ?? file.content
  const shape = mapping === undefined ? records.shape : MADE_LINES
  return {
    ...file,
    ...sentAs(file, mapping !== undefined),
    mapping,
    content,
    chunks: await splitContent({ content, shape }, choices, signal),
    source: file.content,
    shape: records.shape,
    isMultiLine: records.isMultiLine && lines === undefined,
    packing: packingOf({ file, records, lines, ...read }, choices),
    sourceBytes: file.content.size,
    sha256: read.sha256,
    rows: mapping === undefined ? records.rows : read.check?.converted?.rows,
  }
}

/** Data, and how it holds its records. */
type WholeContent = { readonly content: Content; readonly shape: RecordShape }

/**
 * Splits data that is too large to upload whole at the ends of records, into chunks of about the same size that are
 * uploaded in parallel. Empty if it is not split.
 */
export async function splitContent(
  { content, shape }: WholeContent,
  choices: SplitChoices,
  signal: AbortSignal,
): Promise<readonly Content[]> {
  const isLarge = content.size > WHOLE_FILE_MOST_BYTES
  const isSent = choices.mode !== 'validate'
  if (choices.largeFiles === 'chunk' || !isLarge || !isSent) return []
  return await splitRecords(content, shape, { mostBytes: PART_MOST_BYTES, signal })
}

/**
 * JSON Lines can be packed. A file that is kept unchanged stays alone, and so does one in a partition, whose directory
 * is a column.
 */
function packingOf({ file, endsLine }: ReadFile, choices: PreflightChoices): CheckedFile['packing'] {
  const { multilineJson, mapping } = choices
  const { isJoinedByLines } = FORMATS[sentAs(file, mapping !== undefined).sentFormat]
  if (!isJoinedByLines || multilineJson === 'keep' || partitionsOf(file.name) !== '') return 'alone'
  return endsLine ? 'as it is' : 'with a line end'
}
