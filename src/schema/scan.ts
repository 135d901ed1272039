import { SPACE, TAB, CARRIAGE_RETURN } from '../lib/text.ts'
import { RecordKeys } from './scan/keys.ts'
import { PlainWindow } from './scan/window.ts'
import { Walk } from './walk.ts'
import { type Issue, type RuleCode, issueOf } from './rules.ts'

/**
 * Reads the bytes of one value from `start`, and returns where it ends; {@link DOUBT} unless it is certain to be JSON
 * for which the check of its field reports nothing but noted warnings. It never passes the line feed that follows every
 * record: no token that it takes contains one.
 */
export type Scan = (state: ScanState, start: number) => number

/** Returns the position after as many items of a list as it is certain of, each with a comma behind. */
export type Pass = (state: ScanState, start: number) => number

/**
 * A value that is not certain to be valid is read and checked in the ordinary way, and only that way reports errors.
 */
export const DOUBT = -1

/** Bytes compared at once. */
export const WORD_LENGTH = 4

/** The position of a scan and what it has seen. One object serves all records, so a valid record allocates nothing. */
export type ScanState = {
  /** Valid UTF-8, so characters beyond ASCII need no check. */
  bytes: Buffer
  view: DataView
  /** The last position of {@link WORD_LENGTH} bytes: getting a view's length takes longer than reading from it. */
  lastWord: number
  /** A window over `bytes`. */
  readonly window: PlainWindow
  /** How many objects were begun; distinguishes the names of one object from those of the previous one. */
  objects: number
  /** How many values unknown to the schema are open. */
  depth: number
  /** The position of the map key found last. */
  keyStart: number
  keyEnd: number
  /** The position of the record's `_id`, whatever its type; 0 and 0 if it has none. */
  idStart: number
  idEnd: number
  hasIdentity: boolean
  /** Counts from the identityMap. */
  identities: number
  primaries: number
  readonly notes: Notes
  readonly keys: RecordKeys
  readonly probe: Probe
}

/** Bytes that are read one at a time or four at a time. */
export type WordBytes = Pick<ScanState, 'bytes' | 'view' | 'lastWord'>

export function createScanState(): ScanState {
  const bytes = Buffer.alloc(0)
  return {
    bytes,
    view: new DataView(bytes.buffer),
    lastWord: -WORD_LENGTH,
    window: new PlainWindow(),
    objects: 0,
    depth: 0,
    keyStart: 0,
    keyEnd: 0,
    idStart: 0,
    idEnd: 0,
    hasIdentity: false,
    identities: 0,
    primaries: 0,
    notes: new Notes(),
    keys: new RecordKeys(),
    probe: new Probe(),
  }
}

/** A warning about an otherwise valid value, with its path in the schema: `*` stands for items and for keys of maps. */
export type NotedWarning = Pick<Issue, 'code' | 'fate' | 'path'> & {
  /** The issue as the check reports it; undefined if the path differs between records. */
  readonly issue: Issue | undefined
  /** The tally that counts this note stores its group here. */
  readonly counter: NoteCounter
}

/** `by` is the tally that used it last; `group` is undefined if that was another tally. */
type NoteCounter = { by: object | undefined; group: { count: number } | undefined }

export type Noted = Pick<Issue, 'expected' | 'received'>

/** @param path undefined if keys of maps, which are data, are shown: then no note can state its path */
export function noteOf(code: RuleCode, path: string | undefined, words: Noted): NotedWarning | undefined {
  if (path === undefined) return undefined
  const issue = issueOf(code, { path, ...words })
  const { fate } = issue
  if (fate !== 'kept') return undefined
  const hasOnePath = !/\/(?:\*|\d+)(?:\/|$)/.test(path)
  return { code, fate, path, issue: hasOnePath ? issue : undefined, counter: { by: undefined, group: undefined } }
}

/** The notes about the current record, with their positions. */
export class Notes {
  readonly #notes: NotedWarning[] = []
  readonly #starts: number[] = []
  length = 0

  /** @returns false if there is no note */
  add(note: NotedWarning | undefined, start: number): boolean {
    if (note === undefined) return false
    this.#starts[this.length] = start
    this.#notes[this.length++] = note
    return true
  }

  at(index: number): NotedWarning | undefined {
    return index < this.length ? this.#notes[index] : undefined
  }

  /** Where the value of this note begins. */
  startOf(index: number): number {
    return this.#starts[index] ?? 0
  }
}

/** Runs the check of a field on a value, for rules that can't be decided from the bytes. */
class Probe {
  readonly #walk = new Walk(false)
  #isInOrder = true

  accepts<Value>(check: (value: Value, walk: Walk) => void, value: Value): boolean {
    this.#isInOrder = true
    this.#walk.begin(this.#doubt)
    check(value, this.#walk)
    return this.#isInOrder
  }

  readonly #doubt = (): void => {
    this.#isInOrder = false
  }
}

/** Skips JSON whitespace, except line feeds. */
export function afterSpaces(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte <= SPACE; byte = bytes[++at] ?? 0) {
    if (byte !== SPACE && byte !== TAB && byte !== CARRIAGE_RETURN) return at
  }
  return at
}

const NULL = Buffer.from('null').readInt32LE()
const TRUE = Buffer.from('true').readInt32LE()
const FALS = Buffer.from('fals').readInt32LE()
const E = 0x65

export function scanNull(state: ScanState, start: number): number {
  return wordAt(state, start) === NULL ? start + WORD_LENGTH : DOUBT
}

/** The end of a null that only leads to a note, otherwise {@link DOUBT}. */
export function noteNull(state: ScanState, start: number, note: NotedWarning | undefined): number {
  const end = note === undefined ? DOUBT : scanNull(state, start)
  return end !== DOUBT && state.notes.add(note, start) ? end : DOUBT
}

export function scanBoolean(state: ScanState, start: number): number {
  const { bytes } = state
  const word = wordAt(state, start)
  if (word === TRUE) return start + WORD_LENGTH
  return word === FALS && bytes[start + WORD_LENGTH] === E ? start + WORD_LENGTH + 1 : DOUBT
}

/** Four bytes as one number; 0, which no JSON contains, if there are fewer. */
export function wordAt({ view, lastWord }: ScanState, at: number): number {
  return at <= lastWord ? view.getInt32(at, true) : 0
}
