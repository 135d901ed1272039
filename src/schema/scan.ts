import { SPACE, TAB, CARRIAGE_RETURN } from '../lib/text.ts'
import { RecordKeys } from './scan/keys.ts'
import { PlainWindow } from './scan/window.ts'
import { Walk } from './walk.ts'
import { type Issue, type RuleCode, issueOf } from './rules.ts'

/**
 * Reads the bytes of one value from `start`, and returns where it ends; {@link DOUBT} unless it is surely JSON, and such
 * that the check of its field reports nothing but what is noted. It never comes past a line feed, which stands behind every
 * record: no token that it takes holds one.
 */
export type Scan = (state: ScanState, start: number) => number

/** What is not surely in order is read and checked the ordinary way, which alone reports what is wrong. */
export const DOUBT = -1

/** Bytes that are compared at once. */
export const WORD_LENGTH = 4

/** Where a scan reads, and what it comes by. One for all records: one in order allocates nothing. */
export type ScanState = {
  /** Valid UTF-8: characters beyond ASCII pass without being looked at. */
  bytes: Buffer
  view: DataView
  /** The last place where {@link WORD_LENGTH} bytes stand: to ask a view for its length takes longer than to read from it. */
  lastWord: number
  /** Of these bytes. */
  readonly window: PlainWindow
  /** How many objects were begun: what tells the names of one from those of the one before. */
  objects: number
  /** How many values that no schema names are open. */
  depth: number
  /** Where the key of a map stands that was found last. */
  keyStart: number
  keyEnd: number
  /** Where the `_id` of the record stands, whatever it is; 0 and 0 for none. */
  idStart: number
  idEnd: number
  hasIdentity: boolean
  /** Of the identityMap. */
  identities: number
  primaries: number
  readonly notes: Notes
  readonly keys: RecordKeys
  readonly probe: Probe
}

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

/** A warning that a value is in order but for, and the place in its schema: `*` stands for items and for keys of maps. */
export type NotedWarning = Pick<Issue, 'code' | 'fate' | 'path'> & {
  /** As the check reports it; absent where the path is not the same in every record. */
  readonly issue: Issue | undefined
  /** Whoever counts it keeps here where. */
  readonly counter: NoteCounter
}

/** `by` is whoever counts now; there is no `group` where somebody else did so last. */
type NoteCounter = { by: object | undefined; group: { count: number } | undefined }

export type Noted = Pick<Issue, 'expected' | 'received'>

/** @param path absent where keys of maps, which are data, are shown: no note can say where they stand */
export function noteOf(code: RuleCode, path: string | undefined, words: Noted): NotedWarning | undefined {
  if (path === undefined) return undefined
  const issue = issueOf(code, { path, ...words })
  const { fate } = issue
  if (fate !== 'kept') return undefined
  const hasOnePath = !/\/(?:\*|\d+)(?:\/|$)/.test(path)
  return { code, fate, path, issue: hasOnePath ? issue : undefined, counter: { by: undefined, group: undefined } }
}

/** What was noted of the record at hand, and where. */
export class Notes {
  readonly #notes: NotedWarning[] = []
  readonly #starts: number[] = []
  length = 0

  /** @returns false for nothing to be noted */
  add(note: NotedWarning | undefined, start: number): boolean {
    if (note === undefined) return false
    this.#starts[this.length] = start
    this.#notes[this.length++] = note
    return true
  }

  at(index: number): NotedWarning | undefined {
    return index < this.length ? this.#notes[index] : undefined
  }

  /** Where the value begins that it was noted of. */
  startOf(index: number): number {
    return this.#starts[index] ?? 0
  }
}

/** Asks the check of a field itself about a value, for rules that bytes alone don't answer. */
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

/** Blanks of JSON, but for the line feed. */
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

/** Where a null ends that is worth no more than a note. */
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

/** Four bytes as one number; 0, which no JSON holds, where there are fewer. */
export function wordAt({ view, lastWord }: ScanState, at: number): number {
  return at <= lastWord ? view.getInt32(at, true) : 0
}
