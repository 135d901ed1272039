import { concurrently } from '../base/concurrently.ts'
import type { Content } from '../base/content.ts'
import type { FileFindings } from '../rows/merged-result.ts'
import type { RecordShape } from '../rows/summarise.ts'
import type { FoundFile } from './discover.ts'
import { refuseMixedLines } from './preflight/mixed-lines.ts'
import { readOnce, type ReadChoices, type ReadFile, type ReadTools } from './preflight/read-once.ts'
import { splitContent, type SplitChoices } from './preflight/split-content.ts'
import { refuse } from './refusals.ts'

/** A file that may be sent. */
export type CheckedFile = Omit<FoundFile, 'content'> & {
  /** What travels: the file itself, or its records as JSON Lines. */
  readonly content: Content
  /** The same in pieces that can be read by themselves; none where it travels in one. */
  readonly pieces: readonly Content[]
  /** The file itself. */
  readonly source: Content
  /** How it holds its records. */
  readonly shape: RecordShape
  /** It travels as JSON whose records may span lines. */
  readonly isMultiLine: boolean
  /** Whether it may travel in one file with others, and what it needs for that at its end. */
  readonly packing: 'alone' | 'as it is' | 'with a line end'
  /** Of the file itself. */
  readonly sourceBytes: number
  /** SHA-256 of the file itself, in hexadecimal. */
  readonly sha256: string
  /** Undefined for CSV, whose rows nobody counts. */
  readonly rows: number | undefined
}

export type Preflight = {
  readonly files: readonly CheckedFile[]
  /** What the check of the rows found, file by file; undefined where nobody checked. */
  readonly checks: readonly FileFindings[] | undefined
}

type Choices = ReadChoices & SplitChoices

/** Files read at once: enough to hide the disk, few enough to keep memory flat. */
const WIDTH = 4
/** Each has slices in work: one file is read while another is checked. */
const CHECKING_WIDTH = 2

/**
 * Reads every file before a batch exists, once: counts its rows, takes its hash, checks its rows, makes JSON Lines of arrays
 * and pretty-printed objects. Where large files are to be split, they are read once more for where.
 *
 * @throws InvalidFiles naming each file that must not be sent.
 */
export async function preflight(found: readonly FoundFile[], choices: Choices, tools: ReadTools): Promise<Preflight> {
  const all = { width: tools.checker === undefined ? WIDTH : CHECKING_WIDTH, signal: tools.signal }
  const read = await concurrently(found, all, (file, signal) => readOnce(file, choices, { ...tools, signal }))
  refuse(read.flatMap((result) => (result.kind === 'refused' ? [result.refusal] : [])))
  const good = read.flatMap((result) => (result.kind === 'read' ? [result] : []))
  if (choices.multilineJson === 'keep') refuseMixedLines(good)
  const files = await concurrently(good, all, (result, signal) => checkedFile(result, choices, signal))
  const checks = good.flatMap(({ check }) => (check === undefined ? [] : [check]))
  return { files, checks: tools.checker === undefined ? undefined : checks }
}

async function checkedFile(
  { file, records, lines, ...read }: ReadFile,
  choices: Choices,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const content = lines ?? file.content
  return {
    ...file,
    content,
    pieces: await splitContent({ content, shape: records.shape }, choices, signal),
    source: file.content,
    shape: records.shape,
    isMultiLine: records.multiLine && lines === undefined,
    packing: packingOf({ file, records, lines, ...read }, choices),
    sourceBytes: file.content.size,
    sha256: read.sha256,
    rows: records.rows,
  }
}

const PARTITION = /(?:^|\/)[^/=]+=[^/]*\//

/** JSON Lines alone; but what is kept as it is stays a file of its own, and the directory of a partition is a column. */
function packingOf({ file, endsLine }: ReadFile, { multilineJson }: Choices): CheckedFile['packing'] {
  if (file.format !== 'json' || multilineJson === 'keep' || PARTITION.test(file.name)) return 'alone'
  return endsLine ? 'as it is' : 'with a line end'
}
