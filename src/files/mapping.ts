import type { FormatName, RecordShape } from '../formats/format.ts'
import type { FileFindings } from '../formats/results.ts'
import { type SourceCheck, type SourceColumns, checkColumnsOf } from '../mapping/columns.ts'
import type { CompiledMapping } from '../mapping/compile.ts'
import { noteText } from '../mapping/fault.ts'
import type { MappingPlan } from '../mapping/plan.ts'
import type { FoundFile } from './discover.ts'
import { remoteName } from './names.ts'
import type { FileRefusal } from './refusal.ts'

/** A mapping set as a run uses it. */
export type RunMapping = {
  readonly plan: MappingPlan
  readonly compiled: CompiledMapping
  /** Names of columns that may be data are shown. */
  readonly showValues: boolean
}

/** The name and the format of a file in its batch. */
export type SentAs = { readonly sentName: string; readonly sentFormat: FormatName }

/** Mapped records are sent as JSON Lines, and the extension shows that. */
export function sentAs({ name, format }: Pick<FoundFile, 'name' | 'format'>, isMapped: boolean): SentAs {
  if (!isMapped || format === 'json') return { sentName: name, sentFormat: format }
  return { sentName: remoteName(`${name}.json`), sentFormat: 'json' }
}

/** The shape of mapped records. */
export const MADE_LINES: RecordShape = { format: 'json', kind: 'lines' }

/** Checks a file's columns against the mapping before its rows are read; undefined if each row names its own fields. */
export function checkSource({ compiled, showValues }: RunMapping, shape: RecordShape): SourceCheck | undefined {
  const columns = columnsOf(shape)
  return columns === undefined ? undefined : checkColumnsOf(compiled, { ...columns, showValues })
}

function columnsOf(shape: RecordShape): Omit<SourceColumns, 'showValues'> | undefined {
  switch (shape.format) {
    case 'csv':
      return { names: shape.header, areTexts: true }
    case 'parquet':
      return { names: [...new Set(shape.columns.flatMap(({ path }) => path.slice(0, 1)))], areTexts: false }
    case 'json':
      return undefined
    default:
      return shape satisfies never
  }
}

/** A refusal for each fault of the file's columns. */
export function sourceRefusals(path: string, source: SourceCheck | undefined): readonly FileRefusal[] {
  return (source?.faults ?? []).map(({ mapping, target, message }) => ({
    path,
    reason: `does not fit the mapping: ${noteText({ message, ...(mapping === undefined ? {} : { mapping }), ...(target === undefined ? {} : { target }) })}`,
    remedy: mapping === undefined ? OTHER_DELIMITER : 'Correct the mapping set, or the names of the columns.',
    place: { line: 1, column: 1 },
  }))
}

/** The remedy for a fault that concerns no single mapping. */
const OTHER_DELIMITER = 'Correct "csv-delimiter", or the header of the file.'

/** Refuses a file with rows that cannot be read at all: a mapping cannot make records of them. */
export function convertedRefusal(path: string, { findings }: FileFindings): readonly FileRefusal[] {
  const [failure] = findings.filter(({ fate }) => fate === 'fails-batch').flatMap(({ first }) => first)
  if (failure === undefined) return []
  const { expected, received } = failure.issue
  const reason = `has rows that cannot be read, so the mapping cannot make records of them: expected ${expected}, found ${received}`
  return [{ path, reason, remedy: 'Write or download it again.' }]
}

/** Notes on all files together, each one once. */
export type SourceNotes = {
  readonly notes: readonly string[]
  /** Columns that no mapping reads. */
  readonly unmapped: readonly string[]
}

export function joinSources(sources: readonly (SourceCheck | undefined)[]): SourceNotes {
  const known = sources.flatMap((source) => source ?? [])
  return {
    notes: [...new Set(known.flatMap(({ notes }) => notes.map(noteText)))],
    unmapped: [...new Set(known.flatMap(({ unmapped }) => unmapped))],
  }
}
