import { type CleanScan, DOUBT, afterBlanks, plainString, quotedBytes, standsAt } from './scan.ts'
import type { Field, ObjectField } from '../field.ts'

export function cleanArray(scanItem: CleanScan): CleanScan {
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== OPEN) return DOUBT
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLOSE) return at + 1
    for (;;) {
      const end = scanItem(reading, at)
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLOSE) return at + 1
      if (bytes[at] !== COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

const OPEN = 91
const CLOSE = 93
const COMMA = 44

/** A map of a few entries: their keys are compared with one another. */
export function cleanMap(scanValue: CleanScan): CleanScan {
  const keys = new Keys()
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== CLEAN_MAP_OPEN) return DOUBT
    keys.clear()
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLEAN_MAP_CLOSE) return at + 1
    for (;;) {
      const colon = plainString(reading, at)
      if (colon === DOUBT || bytes[colon] !== COLON || !keys.add(bytes, at, colon)) return DOUBT
      const end = scanValue(reading, afterBlanks(bytes, colon + 1))
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLEAN_MAP_CLOSE) return at + 1
      if (bytes[at] !== CLEAN_MAP_COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

const CLEAN_MAP_OPEN = 123
const CLEAN_MAP_CLOSE = 125
const CLEAN_MAP_COMMA = 44
const COLON = 58

const MOST_KEYS = 16

/** Between its quotes. */
const EMPTY_KEY_LENGTH = 2

class Keys {
  readonly #starts = new Int32Array(MOST_KEYS)
  #count = 0

  clear(): void {
    this.#count = 0
  }

  /** False for an empty key, one that is there already, and one too many. */
  add(bytes: Buffer, start: number, end: number): boolean {
    if (this.#count === MOST_KEYS || end - start === EMPTY_KEY_LENGTH) return false
    for (let index = 0; index < this.#count; index++) {
      if (isRepeated(bytes, start, { end, before: this.#starts[index] ?? 0 })) return false
    }
    this.#starts[this.#count++] = start
    return true
  }
}

/** The quotes belong to the keys, so that none is the beginning of another. */
function isRepeated(bytes: Buffer, start: number, { end, before }: { end: number; before: number }): boolean {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== bytes[before + at - start]) return false
  }
  return true
}

/** A field that an object may have. */
type Member = {
  /** Its name as it stands in the record: quoted, with the colon. */
  readonly token: Uint8Array
  readonly scan: CleanScan
  /** 1 when it is required: those that are there can be counted down. */
  readonly required: 0 | 1
  /** The object that it was seen in, by its number: a second time there it is doubled. */
  lastObject: number
}

/** Records of one file name their fields in one order, mostly: what followed last time is tried first. */
class Names {
  /** Those that records were seen to have; a schema may have hundreds that none has. */
  readonly #seen: Member[] = []
  readonly #others: Set<Member>
  #next = 0

  constructor(members: readonly Member[]) {
    this.#others = new Set(members)
  }

  at(bytes: Uint8Array, at: number): Member | undefined {
    const seen = this.#seen
    for (let tried = 0, place = this.#next; tried < seen.length; tried++, place++) {
      if (place >= seen.length) place = 0
      const member = seen[place]
      if (member === undefined || !standsAt(bytes, at, member.token)) continue
      this.#next = place + 1
      return member
    }
    return this.#learn(bytes, at)
  }

  #learn(bytes: Uint8Array, at: number): Member | undefined {
    for (const member of this.#others) {
      if (!standsAt(bytes, at, member.token)) continue
      this.#others.delete(member)
      this.#next = this.#seen.push(member)
      return member
    }
    return undefined
  }
}

/** An object of fields that the schema has, each once, and all that are required. `scanOf` makes the scans of its fields. */
export function cleanObject({ fields, required }: ObjectField, scanOf: ScanOf): CleanScan {
  const members = [...fields].flatMap(([name, field]) => memberOf(name, required, scanOf(field, name)) ?? [])
  const names = new Names(members)
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== CLEAN_OBJECT_OPEN) return DOUBT
    const object = ++reading.objects
    let missing = required.size
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLEAN_OBJECT_CLOSE) return missing === 0 ? at + 1 : DOUBT
    for (;;) {
      const member = names.at(bytes, at)
      if (member === undefined || member.lastObject === object) return DOUBT
      member.lastObject = object
      missing -= member.required
      const end = member.scan(reading, afterBlanks(bytes, at + member.token.length))
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLEAN_OBJECT_CLOSE) return missing === 0 ? at + 1 : DOUBT
      if (bytes[at] !== CLEAN_OBJECT_COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

/** Absent for fields that are always worth a second look. */
export type ScanOf = (field: Field, name: string) => CleanScan | undefined

const CLEAN_OBJECT_OPEN = 123
const CLEAN_OBJECT_CLOSE = 125
const CLEAN_OBJECT_COMMA = 44

function memberOf(name: string, required: ReadonlySet<string>, scan: CleanScan | undefined): Member | undefined {
  const quoted = quotedBytes(name)
  if (scan === undefined || quoted === undefined) return undefined
  const token = Buffer.concat([quoted, Buffer.from(':')])
  return { token, scan, required: required.has(name) ? 1 : 0, lastObject: 0 }
}
