import { needsOf } from '../check/mapped-rows.ts'
import { RowMapper, readRow } from '../check/row-mapper.ts'
import { asJson } from '../check/typed-values.ts'
import type { QuickCheck } from '../formats/check.ts'
import type { RowConversion, SliceConversion } from '../formats/conversion.ts'
import type { Slice } from '../formats/format.ts'
import type { RecordLocator, RowIssue } from '../formats/record.ts'
import { type MappingPlan, compilePlan } from '../mapping/plan.ts'
import type { JsonObject } from '../schema/json.ts'
import { DigestWriter } from './digest-stream.ts'
import { CanonicalRows, rowHash } from './row-hash.ts'
import { type KeyPlan, type KeyedRow, keyText } from './row-key.ts'

/** What a thread needs to make digests: plain data. */
export type DigestSetup = {
  readonly key: KeyPlan
  /** The mapping that makes the records of the rows; absent if the rows are the records. */
  readonly plan?: MappingPlan | undefined
}

/** A check that reports only rows that cannot be read, and writes the digest of each row instead of a record. */
export function digestCheckOf(setup: DigestSetup, progress?: Int32Array): QuickCheck {
  const reader = new CanonicalRows()
  const mapping = setup.plan === undefined ? undefined : compilePlan(setup.plan)
  const conversion: RowConversion = {
    ...(mapping === undefined ? { isInOrder: false, isSlow: false } : needsOf(mapping)),
    begin: (slice, { name, rowsBefore }) => {
      const header = slice.format === 'csv' ? slice.layout.header : undefined
      const nowMs = setup.plan?.nowMs ?? 0
      const mapper = mapping && new RowMapper({ mapping, header, name, nowMs, progress }, rowsBefore)
      return digestSlice(slice, { ...setup, mapper, reader })
    },
  }
  return { conversion, text: () => undefined, value: () => undefined }
}

type DigestTools = DigestSetup & { readonly mapper: RowMapper | undefined; readonly reader: CanonicalRows }

function digestSlice({ format }: Slice, { key, mapper, reader }: DigestTools): SliceConversion {
  const hasColumns = mapper === undefined && format === 'csv'
  // A Parquet date is not JSON, and would be the same in every key.
  const isTyped = format === 'parquet' && (mapper === undefined || readsRow(key))
  const lines = new DigestWriter((field) => reader.pathOf(field))
  const skip = (rows: number) => {
    mapper?.skip(rows)
    lines.addGap(rows)
  }
  const digest = (row: JsonObject, text: string | undefined, where?: RecordLocator): boolean => {
    const own = isTyped ? asJson(row) : row
    const record = mapper === undefined ? own : mapper.map(row, text, where).record
    return addDigest(lines, readTexts({ row: own, record, hasColumns }, key, reader), reader)
  }
  return {
    lines,
    // A mapping takes values as it does before they are sent, so that the comparison sees what is sent.
    typedValues: mapper === undefined ? 'exact' : 'verbatim',
    counts: new Float64Array(0),
    text: (text, report) => {
      const row = readRow(text)
      if (row === undefined) skip(1)
      if (row === undefined || !digest(row, text)) report(UNREADABLE)
    },
    value: (row, report, where) => {
      if (!digest(row, undefined, where)) report(UNREADABLE)
    },
    corrupt: (issue, rows) => {
      skip(rows)
      return issue
    },
    trace: (issue) => issue,
  }
}

function readsRow(key: KeyPlan): boolean {
  return key.kind === 'parts' && key.parts.some((part) => part.of === 'row')
}

/** Gives only the place of a row: validation reports what is wrong with it. */
const UNREADABLE: RowIssue = {
  code: 'corrupt-record',
  level: 'error',
  fate: 'rejected',
  path: '',
  expected: 'a row that can be read',
  received: 'something else',
}

type RowTexts = { readonly content: string; readonly key: string | undefined }

/** The canonical texts of a row and its key; undefined if it is nested too deeply. */
function readTexts(keyed: KeyedRow, key: KeyPlan, reader: CanonicalRows): RowTexts | undefined {
  try {
    return { content: reader.read(keyed.record), key: keyText(key, keyed) }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** @returns whether the row could be read */
function addDigest(lines: DigestWriter, texts: RowTexts | undefined, { leaves }: CanonicalRows): boolean {
  if (texts === undefined) {
    lines.addGap(1)
    return false
  }
  const content = rowHash(texts.content)
  const key = texts.key === undefined ? content : rowHash(texts.key)
  lines.addRow({ key, content, hasKey: texts.key !== undefined }, leaves)
  return true
}
