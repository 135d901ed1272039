import { LINE_FEED, QUOTE } from '../lib/text.ts'
import type { CompiledSchema } from './compile.ts'
import { type Field, type KindName, shownPath } from './field.ts'
import { identityCheck, identityScan } from './identity.ts'
import {
  LosslessNumber,
  type OnDuplicate,
  countMembers,
  countNames,
  exactJson,
  holdsTellingNumber,
  isPlainObject,
} from './json.ts'
import { checkOf, scanOf } from './kinds.ts'
import { objectScan } from './kinds/object.ts'
import { type Issue, type Report, issueOf } from './rules.ts'
import { DOUBT, WORD_LENGTH, type Notes, type Scan, type ScanState, afterSpaces, createScanState } from './scan.ts'
import { Walk } from './walk.ts'

export type CheckOptions = {
  /** Issues show the values that they concern. */
  readonly showValues: boolean
  /** The dataset is enabled for Profile: records need their identity. */
  readonly isForProfile: boolean
}

/** Returns the number of members in all objects of the record. Must not be called from within `report`. */
export type RecordCheck = (record: unknown, report: Report) => number

/**
 * Makes the check of a record against a schema: made once, it runs on millions of rows. A record is plain JSON, with
 * {@link LosslessNumber} for numbers that JavaScript can't hold, as `parseLossless` returns it.
 */
export function recordCheck(schema: CompiledSchema, options: CheckOptions): RecordCheck {
  const walk = new Walk(options.showValues)
  // The deprecation of a whole schema is not reported for each record.
  const check = checkOf({ ...schema.root, isDeprecated: false })
  const checkIdentity = options.isForProfile ? identityCheck(schema.identities) : undefined
  return (record, report) => {
    walk.begin(report)
    if (!isPlainObject(record)) {
      walk.reportValue('not-an-object', record, 'a JSON object')
      return countMembers(record)
    }
    check(record, walk)
    checkIdentity?.(record, walk)
    return walk.members
  }
}

/** Real-Time Customer Profile guardrails, "Data size limits". */
const LARGEST_BYTES = { record: 100_000, 'ad-hoc': 100_000, 'time-series': 10_000 } as const

export function mostBytes({ behaviour }: CompiledSchema): number {
  return LARGEST_BYTES[behaviour]
}

/** For datasets that are enabled for Profile, which drops larger records; `bytes` is the record's length as JSON. */
export function sizeIssue(schema: CompiledSchema, bytes: number): Issue | undefined {
  const most = mostBytes(schema)
  if (bytes <= most) return undefined
  return issueOf('oversize-record', { path: '', expected: `at most ${most} bytes`, received: `${bytes} bytes` })
}

/**
 * The names whose values are always decimals: for these, `1.0` need not be distinguished from 1. Empty if a map has
 * other values, because its keys may have any name.
 */
export function decimalNames(root: Field): ReadonlySet<string> {
  const decimals = new Set<string>()
  const others = new Set<string>()
  let isOpen = false
  const visit = (name: string, field: Field) => {
    if (field.kind === 'number') decimals.add(name)
    else if (field.kind !== 'any') others.add(name)
    if (field.kind === 'object') for (const [inner, one] of field.fields) visit(inner, one)
    if (field.kind === 'array') visit('', field.items)
    if (field.kind === 'map') isOpen ||= ASKS_FORM[field.values.kind]
    if (field.kind === 'map') visit('', field.values)
  }
  visit('', root)
  return new Set(isOpen ? [] : [...decimals].filter((name) => name !== '' && !others.has(name)))
}

/** Whether the spelling of a number matters. */
const ASKS_FORM: Readonly<Record<KindName, boolean>> = {
  string: true,
  number: false,
  integer: true,
  boolean: false,
  date: true,
  'date-time': true,
  object: false,
  map: false,
  array: false,
  any: false,
}

/** Returns the record. Throws what JSON.parse throws. */
export type TextCheck = (text: string, report: Report) => unknown

/**
 * Reads and checks the text of one record: does the same as `parseLossless` and `recordCheck` together, at less cost.
 * The check visits all members anyway, and knows which numbers may be decimals.
 */
export function textCheck(schema: CompiledSchema, options: CheckOptions): TextCheck {
  const check = recordCheck(schema, options)
  const decimals = decimalNames(schema.root)
  return (text, report) => {
    const plain: unknown = JSON.parse(text)
    const isExact = holdsTellingNumber(text, decimals)
    const onDuplicate: OnDuplicate = (at, way) => {
      report(duplicateIssue(at, options.showValues ? at : shownPath(schema.root, way)))
    }
    const record = isExact ? exactJson(text, onDuplicate) : plain
    const members = check(record, report)
    if (!isExact && members !== countNames(text)) exactJson(text, onDuplicate)
    if (options.isForProfile) reportSize(schema, (bytesOf) => bytesOf(text), report)
    return record
  }
}

/**
 * As {@link textCheck} does for a text, for a row that is not JSON: uses the approximate size that it would have as
 * JSON.
 */
export function reportRowSize(schema: CompiledSchema, row: unknown, report: Report): void {
  reportSize(schema, (bytesOf) => jsonBytes(row, bytesOf), report)
}

/** The length of a text in UTF-8. */
type BytesOf = (text: string) => number

/** Without escapes, and without building the text. */
function jsonBytes(value: unknown, bytesOf: BytesOf): number {
  if (typeof value === 'string') return bytesOf(value) + '""'.length
  if (value instanceof LosslessNumber) return value.text.length
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + jsonBytes(item, bytesOf) + 1, 1)
  if (!isPlainObject(value)) return String(value).length
  let bytes = 1
  for (const name in value) bytes += bytesOf(name) + '"":,'.length + jsonBytes(value[name], bytesOf)
  return bytes
}

/** `measure` adds up the bytes of a record's strings. */
function reportSize(schema: CompiledSchema, measure: (bytesOf: BytesOf) => number, report: Report): void {
  // A UTF-16 unit takes at most three bytes of UTF-8, so most records need no exact measurement.
  if (measure(({ length }) => length * 3) <= mostBytes(schema)) return
  const issue = sizeIssue(
    schema,
    measure((text) => Buffer.byteLength(text)),
  )
  if (issue !== undefined) report(issue)
}

function duplicateIssue(at: string, path: string): Issue {
  const words = { path, expected: 'each key once', received: 'a repeated key' }
  return issueOf('duplicate-key', at === path ? words : { ...words, at })
}

/** The position of a string, including its quotes, in bytes that `view` is a view of. */
export type IdPlace = Readonly<Pick<ScanState, 'bytes' | 'view'>> & { readonly start: number; readonly end: number }

/** Recognises records that are certain to be valid, except for noted warnings. */
export type RecordScan = {
  /**
   * The position of the line feed after the record that begins at `start`, or {@link DOUBT}. The bytes must be valid
   * UTF-8, and the line must end with a line feed.
   */
  recognise(bytes: Buffer, start: number): number
  /** The position of the `_id` of the record recognised last, if it is a string; always the same object. */
  id(): IdPlace | undefined
  /** The warnings that `textCheck` would report for the record recognised last. */
  readonly notes: Notes
}

/**
 * Most records are valid and need not be read to find that out: their bytes are compared with what the schema expects.
 * A recognised record is JSON for which `textCheck` reports nothing but the noted warnings. A record that is not
 * recognised may still be valid. Undefined if no record can be recognised.
 */
export function recordScan(schema: CompiledSchema, { isForProfile, showValues }: CheckOptions): RecordScan | undefined {
  const identity = isForProfile ? identityScan(schema.identities) : undefined
  if (isForProfile && identity === undefined) return undefined
  const scan = objectScan(schema.root, showValues ? undefined : '', (field, name, path) => {
    const inner = identity === undefined ? scanOf(field, path) : identity.scanOf(field, name, path)
    return name === '_id' && inner !== undefined ? noteId(inner) : inner
  })
  const mostSize = isForProfile ? mostBytes(schema) : Infinity
  const state = createScanState()
  const id = { bytes: state.bytes, view: state.view, start: 0, end: 0 }
  const takeBytes = (bytes: Buffer) => {
    state.bytes = bytes
    state.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    state.lastWord = bytes.length - WORD_LENGTH
    state.window.begin(bytes)
    id.bytes = bytes
    id.view = state.view
  }
  return {
    recognise(bytes, start) {
      if (state.bytes !== bytes) takeBytes(bytes)
      beginRecord(state)
      const stop = scan(state, start)
      if (stop === DOUBT || identity?.isFound(state) === false) return DOUBT
      const end = afterSpaces(bytes, stop)
      return bytes[end] === LINE_FEED && end - start <= mostSize ? end : DOUBT
    },
    id() {
      const { bytes, idStart, idEnd } = state
      if (bytes[idStart] !== QUOTE || idEnd <= idStart) return undefined
      id.start = idStart
      id.end = idEnd
      return id
    },
    notes: state.notes,
  }
}

function beginRecord(state: ScanState): void {
  state.depth = 0
  state.idStart = state.idEnd = 0
  state.hasIdentity = false
  state.identities = state.primaries = 0
  state.notes.length = 0
  state.keys.begin(state.bytes, state.objects + 1)
}

function noteId(scan: Scan): Scan {
  return (state, start) => {
    const end = scan(state, start)
    state.idStart = start
    state.idEnd = end
    return end
  }
}
