import { LineBuffer, type RowConversion, type SliceConversion, type SliceSpot } from '../formats/conversion.ts'
import type { Slice } from '../formats/format.ts'
import type { Watch } from '../formats/pool.ts'
import type { RecordLocator, ReportIssue, RowIssue, RowKey } from '../formats/record.ts'
import { Problem } from '../lib/errors.ts'
import type { CompiledMapping } from '../mapping/compile.ts'
import { type MappedFault, type MappedRow, needsRowNumbers, recordText } from '../mapping/mapper.ts'
import { withEmptyRecords } from '../mapping/counts.ts'
import { type MappingPlan, compilePlan } from '../mapping/plan.ts'
import { type JsonObject, isPlainObject, parseVerbatim } from '../schema/json.ts'
import { type CheckOptions, type RecordCheck, recordCheck, sizeIssue } from '../schema/record.ts'
import { shorten } from '../lib/text.ts'
import { issueOf } from '../schema/rules.ts'
import { typeName } from '../schema/walk.ts'
import { RowMapper } from './row-mapper.ts'

export type MappingSetup = {
  readonly plan: MappingPlan
  /** Also validates the records against the schema; otherwise only rows that cannot be mapped are counted. */
  readonly isChecked: boolean
}

/**
 * Normal expressions take microseconds per row, and some seconds for a string of 64 MiB. A regular expression may have
 * more ways to match than there is time for.
 */
const ROW_MOST_MS = 10_000

/** The watch for mapping sets that run regular expressions. */
export function watchOf(plan: MappingPlan | undefined): Watch {
  return {
    mostMs: ROW_MOST_MS,
    problemOf: (mark) => {
      const target = plan?.set.entries.find(({ number }) => number === mark)?.target ?? ''
      return new Problem(
        `Cannot map the rows: mapping ${mark} (→ ${target}) took longer than ${ROW_MOST_MS / 1_000} s for one row`,
        {
          remedy:
            'Its regular expression has too many ways to match: avoid repetitions within repetitions, as in (a+)+.',
        },
      )
    },
  }
}

/** The rules by which mapped records are checked. */
type RecordRules = Pick<CheckOptions, 'showValues'> & {
  readonly keyOf: (record: unknown) => RowKey
  /** See {@link RowMapper}. */
  readonly progress: Int32Array | undefined
}

/** Makes XDM records of rows, and checks them. @throws Problem for a set that does not fit the schema */
export function mappedRows(
  { plan, isChecked }: MappingSetup,
  { showValues, keyOf, progress }: RecordRules,
): RowConversion {
  const mapping = compilePlan(plan)
  const { nowMs, isForProfile } = plan
  const options = { showValues, isForProfile }
  const check = isChecked ? recordCheck(mapping.schema, options) : undefined
  const rules = { mapping, nowMs, progress, check, keyOf, ...options }
  return {
    ...needsOf(mapping),
    begin: (slice, spot) => new MappedSlice(rules, slice, spot),
  }
}

/** Whether slices must be converted in order, and whether that can be slow. */
export function needsOf(mapping: CompiledMapping): Pick<RowConversion, 'isInOrder' | 'isSlow'> {
  return {
    isInOrder: needsRowNumbers(mapping),
    isSlow: mapping.entries.some(({ checked }) => checked.isSlow),
  }
}

type SliceRules = CheckOptions & {
  readonly mapping: CompiledMapping
  readonly nowMs: number
  readonly progress: Int32Array | undefined
  readonly check: RecordCheck | undefined
  readonly keyOf: (record: unknown) => RowKey
}

class MappedSlice implements SliceConversion {
  readonly lines = new LineBuffer()
  readonly typedValues = 'verbatim'
  readonly #rules: SliceRules
  readonly #mapper: RowMapper
  /** The current row has a record. */
  #isMapped = false
  #emptyRecords = 0

  constructor(rules: SliceRules, slice: Slice, { name, rowsBefore }: SliceSpot) {
    const { mapping, nowMs, progress } = rules
    const header = slice.format === 'csv' ? slice.layout.header : undefined
    this.#rules = rules
    this.#mapper = new RowMapper({ mapping, header, name, nowMs, progress }, rowsBefore)
  }

  get counts(): Float64Array<ArrayBuffer> {
    return withEmptyRecords(this.#mapper.counts, this.#emptyRecords)
  }

  text(text: string, report: ReportIssue): RowKey {
    this.#isMapped = false
    const row = readRow(text, this.#rules, report)
    if (row !== undefined) return this.#convert(this.#mapper.map(row, text), report)
    this.#mapper.skip(1)
    return undefined
  }

  value(row: JsonObject, report: ReportIssue, where?: RecordLocator): RowKey {
    this.#isMapped = false
    return this.#convert(this.#mapper.map(row, undefined, where), report)
  }

  cells(cells: readonly string[], report: ReportIssue, where: RecordLocator): RowKey {
    this.#isMapped = false
    return this.#convert(this.#mapper.mapCells(cells, where), report)
  }

  corrupt(issue: RowIssue, rows: number): RowIssue {
    this.#isMapped = false
    this.#mapper.skip(rows)
    return issue.fate === 'changed' ? { ...issue, fate: 'rejected' } : issue
  }

  trace(issue: RowIssue): RowIssue {
    if (!this.#isMapped || issue.code === 'mapping-error') return issue
    const origin = this.#mapper.originOf(issue.at ?? issue.path)
    return { ...issue, at: origin?.at ?? '', from: shownColumn(origin?.columns[0]) }
  }

  #convert(mapped: MappedRow, report: ReportIssue): RowKey {
    const { record, faults } = mapped
    this.#isMapped = true
    for (const fault of faults) report(issueOfFault(fault))
    const line = lineOf(mapped)
    if (line === undefined) {
      report(TOO_LONG)
      return undefined
    }
    this.lines.add(line)
    if (line === '{}') this.#emptyRecords++
    const { check, keyOf } = this.#rules
    if (check === undefined) return undefined
    this.#checkSize(line, report)
    check(record, faults.length === 0 ? report : withoutMissing(faults, report))
    return keyOf(record)
  }

  /** Measures only long lines: most are far too short. */
  #checkSize(line: string, report: ReportIssue): void {
    const { isForProfile, mapping } = this.#rules
    if (!isForProfile || sizeIssue(mapping.schema, line.length * 3) === undefined) return
    const issue = sizeIssue(mapping.schema, Buffer.byteLength(line))
    if (issue !== undefined) report(issue)
  }
}

/** Several times what a row of 64 MiB becomes, and half of the longest possible string. */
const LONGEST_LINE = 1 << 28

const TOO_LONG: RowIssue = issueOf(
  'mapping-error',
  { path: '', at: '', expected: 'a record of at most 256 MiB', received: 'a longer one' },
  'rejected',
)

/** The line of a record; undefined if it is too long, and then nothing is sent of it. */
function lineOf(mapped: MappedRow): string | undefined {
  try {
    const line = recordText(mapped)
    return line.length > LONGEST_LINE ? undefined : line
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The row of a text; undefined, and reported, if it is not an object. @throws SyntaxError */
function readRow(text: string, { showValues }: CheckOptions, report: ReportIssue): JsonObject | undefined {
  const row = parseVerbatim(text, (at) => {
    const words = { expected: 'each key once', received: 'a repeated key' }
    report(issueOf('duplicate-key', { path: showValues ? at : '', at, ...words }))
  })
  if (isPlainObject(row)) return row
  report(issueOf('not-an-object', { path: '', expected: 'a JSON object', received: typeName(row) }))
  return undefined
}

function issueOfFault({ at, path, column, expected, received, fate }: MappedFault): RowIssue {
  return { ...issueOf('mapping-error', { path, at, expected, received }, fate), from: shownColumn(column) }
}

/** The header of a CSV file can hold anything. */
function shownColumn(name: string | undefined): string | undefined {
  return name === undefined ? undefined : shorten(name)
}

/** A value that is missing because it could not be mapped is reported once, with the reason. */
function withoutMissing(faults: readonly MappedFault[], report: ReportIssue): ReportIssue {
  const missing = faults.filter(({ fate }) => fate === 'rejected').map(({ path }) => path)
  return (issue) => {
    const at = issue.at ?? issue.path
    const isTold = missing.some((path) => path === at || path.startsWith(`${at}/`))
    if (issue.code !== 'required-missing' || !isTold) report(issue)
  }
}
