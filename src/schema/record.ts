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
  /** Issues show the values they speak of. */
  readonly showValues: boolean
  /** The dataset is enabled for Profile: records need their identity. */
  readonly isForProfile: boolean
}

/** Returns how many members the record's objects have, all together. Not to be called again from within `report`. */
export type RecordCheck = (record: unknown, report: Report) => number

/**
 * Makes the check of one record against a schema: made once, it runs on millions of rows. A record is plain JSON, with
 * {@link LosslessNumber} for numbers that JavaScript can't hold, as `parseLossless` gives it.
 */
export function recordCheck(schema: CompiledSchema, options: CheckOptions): RecordCheck {
  const walk = new Walk(options.showValues)
  // That a whole schema is deprecated is no fault of each of its records.
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

/** For datasets that are enabled for Profile, which drops what is larger; `bytes` is the record's length as JSON. */
export function sizeIssue(schema: CompiledSchema, bytes: number): Issue | undefined {
  const most = mostBytes(schema)
  if (bytes <= most) return undefined
  return issueOf('oversize-record', { path: '', expected: `at most ${most} bytes`, received: `${bytes} bytes` })
}

/**
 * The names under which a record holds decimals alone: there a `1.0` need not be told from a 1. None where a map has
 * other values, since its keys may be any names.
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

/** Where it matters how a number is written. */
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
 * Reads and checks the text of one record: what `parseLossless` and `recordCheck` do together, at less cost. The check
 * comes by all members anyway, and knows where a decimal is only a decimal.
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

/** As {@link textCheck} does with the text: of a row that is no JSON, by what it would be as JSON, within a few bytes. */
export function reportRowSize(schema: CompiledSchema, row: unknown, report: Report): void {
  reportSize(schema, (bytesOf) => jsonBytes(row, bytesOf), report)
}

/** How many bytes a text takes in UTF-8. */
type BytesOf = (text: string) => number

/** Without its escapes, and without making the text. */
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

/** `measure` adds up the bytes of a record's texts. */
function reportSize(schema: CompiledSchema, measure: (bytesOf: BytesOf) => number, report: Report): void {
  // A character takes at most three bytes of UTF-8 for each unit; most records need no closer look.
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

/** A string between its quotes, in bytes that `view` is of. */
export type IdPlace = Readonly<Pick<ScanState, 'bytes' | 'view'>> & { readonly start: number; readonly end: number }

/** Recognises records that are surely in order, but for what is noted. */
export type RecordScan = {
  /**
   * Where the line feed stands behind the record that begins at `start`, or {@link DOUBT}. The bytes are valid UTF-8, and a
   * line feed stands at the end of the line.
   */
  recognise(bytes: Buffer, start: number): number
  /** Where the `_id` of the record recognised last stands, where it is a string; the same object for all. */
  id(): IdPlace | undefined
  /** Of the record recognised last: warnings that `textCheck` would report. */
  readonly notes: Notes
}

/**
 * Most records are in order, and need not be read to see it: their bytes are compared with what the schema expects. What
 * it recognises is JSON of which `textCheck` reports nothing but what is noted; of any other record nothing is known: it may
 * still be in order. Absent where no record can be recognised.
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
