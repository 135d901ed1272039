import { createHash } from 'node:crypto'
import { bytesContent, type Content } from '../../base/content.ts'
import { formatBytes } from '../../base/words.ts'
import type { Kept } from '../../github/kept-file.ts'
import type { Workspace } from '../../github/workspace.ts'
import { checkFile } from '../../rows/check-file.ts'
import type { FileFindings } from '../../rows/merged-result.ts'
import { readAll } from '../../rows/read-all.ts'
import type { SliceChecker } from '../../rows/slice-checker.ts'
import { summarise, type FileRecords, type RowFormat, type SummaryOptions } from '../../rows/summarise.ts'
import type { FoundFile } from '../discover.ts'
import type { Inputs } from '../inputs.ts'
import { MOST_BYTES } from '../plan/limits.ts'
import type { Refusal } from '../refusals.ts'
import { csvDialect, type CsvChoices } from './csv-dialect.ts'

export type ReadFile = {
  readonly kind: 'read'
  readonly file: FoundFile
  readonly records: FileRecords
  /** Of the file itself, in hexadecimal. */
  readonly sha256: string
  /** Its records as JSON Lines, where they are not so in the file and are to travel so. */
  readonly lines: Content | undefined
  /** What travels ends with a line feed. */
  readonly endsLine: boolean
  /** Undefined where rows are not checked. */
  readonly check: FileFindings | undefined
}

export type Refused = { readonly kind: 'refused'; readonly refusal: Refusal }

export type ReadChoices = CsvChoices & Pick<Inputs, 'multilineJson'>

export type ReadTools = {
  readonly workspace: Workspace
  /** Undefined where rows are not to be checked. */
  readonly checker: SliceChecker | undefined
  readonly signal: AbortSignal
}

/** Reads a file from end to end, in one go for all who want to know something of it. */
export async function readOnce(file: FoundFile, choices: ReadChoices, tools: ReadTools): Promise<ReadFile | Refused> {
  if (file.content.size > MOST_BYTES) return { kind: 'refused', refusal: tooLarge(file) }
  await using kept = tools.workspace.keep(file.name)
  const watch = new Watch(kept, tools)
  const options = { dialect: csvDialect(choices), ...watch.options(choices) }
  const records = await summarise(await atHand(file.content), rowFormat(file), options)
  if (records.kind === 'refused') {
    const { says: reason, remedy, place } = records
    return { kind: 'refused', refusal: { path: file.path, reason, remedy, place } }
  }
  const isConverted = records.multiLine && choices.multilineJson === 'convert'
  const lines = isConverted ? await kept.content() : undefined
  return { kind: 'read', file, records, lines, ...watch.seen(isConverted) }
}

const LINE_FEED = 0x0a

/** Sees a file's bytes on their way. */
class Watch {
  #kept: Kept
  #tools: ReadTools
  #hash = createHash('sha256')
  #last: number | undefined
  #check: FileFindings | undefined

  constructor(kept: Kept, tools: ReadTools) {
    this.#kept = kept
    this.#tools = tools
  }

  options({ multilineJson }: ReadChoices): Omit<SummaryOptions, 'dialect'> {
    const { checker, signal } = this.#tools
    return {
      onBytes: (chunk) => {
        signal.throwIfAborted()
        this.#hash.update(chunk)
        this.#last = chunk.at(-1)
      },
      onLines: multilineJson === 'keep' ? undefined : (lines) => this.#kept.write(lines),
      read:
        checker === undefined
          ? undefined
          : async (content, layout) => {
              this.#check = await checkFile({ content, layout }, { checker, signal })
            },
    }
  }

  seen(isConverted: boolean): Pick<ReadFile, 'sha256' | 'endsLine' | 'check'> {
    const endsLine = isConverted || this.#last === LINE_FEED
    return { sha256: this.#hash.digest('hex'), endsLine, check: this.#check }
  }
}

/** A small file is opened once, though its beginning is looked at before the rest. */
const SMALL_BYTES = 1 << 17

async function atHand(content: Content): Promise<Content> {
  return content.size > SMALL_BYTES ? content : bytesContent(await readAll(content))
}

/** The extension promises one object a line; `.json` promises nothing. */
function rowFormat({ format, path }: FoundFile): RowFormat {
  return format === 'json' && /\.(jsonl|ndjson)$/i.test(path) ? 'json-lines' : format
}

function tooLarge({ path, content }: FoundFile): Refusal {
  const reason = `has ${formatBytes(content.size)}, and a batch takes ${formatBytes(MOST_BYTES)}`
  return { path, reason, remedy: 'Split the file.' }
}
