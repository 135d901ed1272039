import { createHash } from 'node:crypto'
import { concurrently } from '../base/concurrently.ts'
import type { Content } from '../base/content.ts'
import { formatBytes } from '../base/words.ts'
import type { Workspace } from '../github/workspace.ts'
import { summarise, type RecordShape, type RowFormat } from '../rows/summarise.ts'
import { toJsonLines } from '../rows/to-json-lines.ts'
import type { FoundFile } from './discover.ts'
import type { Inputs } from './inputs.ts'
import { refuseMixedLines, type Looked } from './preflight/mixed-lines.ts'
import { MOST_BYTES } from './plan/limits.ts'
import { refuse, type Refusal } from './refusals.ts'

/** A file that may be sent. */
export type CheckedFile = Omit<FoundFile, 'content'> & {
  /** What travels: the file itself, or its records as JSON Lines. */
  readonly content: Content
  /** The file itself. */
  readonly source: Content
  /** How it holds its records. */
  readonly shape: RecordShape
  /** It travels as JSON whose records may span lines. */
  readonly isMultiLine: boolean
  /** Of the file itself. */
  readonly sourceBytes: number
  /** SHA-256 of the file itself, in hexadecimal. */
  readonly sha256: string
  /** Undefined for CSV, whose rows nobody counts. */
  readonly rows: number | undefined
}

export type PreflightTools = { readonly workspace: Workspace; readonly signal: AbortSignal }

type Choices = Pick<Inputs, 'multilineJson' | 'csvDelimiter' | 'csvQuote' | 'csvEscape'>

/** Files looked at at once: enough to hide the disk, few enough to keep memory flat. */
const WIDTH = 4

/**
 * Reads every file before a batch exists: counts its rows, takes its hash, makes JSON Lines of arrays and pretty-printed
 * objects.
 *
 * @throws InvalidFiles naming each file that must not be sent.
 */
export async function preflight(
  files: readonly FoundFile[],
  choices: Choices,
  { workspace, signal }: PreflightTools,
): Promise<readonly CheckedFile[]> {
  const looked = await concurrently(files, { width: WIDTH, signal }, (file, sibling) => look(file, choices, sibling))
  refuse(looked.flatMap((result) => (result.kind === 'refused' ? [result.refusal] : [])))
  const good = looked.flatMap((result) => (result.kind === 'good' ? [result] : []))
  if (choices.multilineJson === 'keep') refuseMixedLines(good)
  return concurrently(good, { width: WIDTH, signal }, async (result, sibling) => ({
    ...result.file,
    content: await travelling(result, choices, { workspace, signal: sibling }),
    isMultiLine: result.records.multiLine && choices.multilineJson === 'keep',
    source: result.file.content,
    shape: result.records.shape,
    sourceBytes: result.file.content.size,
    sha256: result.sha256,
    rows: result.records.rows,
  }))
}

type Result = ({ readonly kind: 'good' } & Looked) | { readonly kind: 'refused'; readonly refusal: Refusal }

async function look(
  file: FoundFile,
  { csvDelimiter, csvQuote, csvEscape }: Choices,
  signal: AbortSignal,
): Promise<Result> {
  if (file.content.size > MOST_BYTES) return { kind: 'refused', refusal: tooLarge(file) }
  const hash = createHash('sha256')
  const dialect = { delimiter: csvDelimiter, quote: csvQuote, escape: csvEscape }
  const onBytes = (chunk: Uint8Array) => {
    signal.throwIfAborted()
    hash.update(chunk)
  }
  const records = await summarise(file.content, rowFormat(file), { dialect, onBytes })
  if (records.kind === 'records') return { kind: 'good', file, records, sha256: hash.digest('hex') }
  return {
    kind: 'refused',
    refusal: { path: file.path, reason: records.says, remedy: records.remedy, place: records.place },
  }
}

/** The extension promises one object a line; `.json` promises nothing. */
function rowFormat({ format, path }: FoundFile): RowFormat {
  return format === 'json' && /\.(jsonl|ndjson)$/i.test(path) ? 'json-lines' : format
}

async function travelling(
  { file, records }: Looked,
  { multilineJson }: Choices,
  { workspace, signal }: PreflightTools,
): Promise<Content> {
  if (!records.multiLine || multilineJson === 'keep') return file.content
  return workspace.keep(file.name, toJsonLines(file.content, { onBytes: () => signal.throwIfAborted() }))
}

function tooLarge({ path, content }: FoundFile): Refusal {
  const reason = `has ${formatBytes(content.size)}, and a batch takes ${formatBytes(MOST_BYTES)}`
  return { path, reason, remedy: 'Split the file.' }
}
