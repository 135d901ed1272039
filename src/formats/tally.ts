import type { RowFate, RowIssue, RowPlace } from './record.ts'

/** The keys of a file's records, as 64-bit hashes, and the line or the row of each. */
export type RowKeys = {
  /** Two words for each key. */
  readonly hashes: Uint32Array
  readonly places: Uint32Array
  /** Of the records of a JSON array, which may all stand in one line; else empty. */
  readonly indexes: Uint32Array
}

/** Sixty million rows of one key would take more memory than anything else. */
export const MOST_KEYS = 5_000_000

/** Gathers keys, in 12 or 16 bytes each: a set of millions of strings would take ten times as much. */
export class KeyList {
  #hashes = new Uint32Array(0)
  #places = new Uint32Array(0)
  #indexes = new Uint32Array(0)
  #hasIndexes = false
  #length = 0

  /** Of more keys nothing is asked but whether there are more. */
  get isFull(): boolean {
    return this.#length > MOST_KEYS
  }

  /** `place` is the line that the record begins in, or the number of its row; `index` that of a record of an array. */
  add(key: string, place: number, index?: number): void {
    this.#hasIndexes ||= index !== undefined
    this.#grow(this.#length + 1)
    hashInto(this.#hashes, this.#length * 2, key)
    if (index !== undefined) this.#indexes[this.#length] = index
    this.#places[this.#length++] = place
  }

  /** Keys of records that come behind: their places are moved by `before`, and their indexes by `rows`. */
  append({ hashes, places, indexes }: RowKeys, before: number, rows: number): void {
    this.#hasIndexes ||= indexes.length > 0
    this.#grow(this.#length + places.length)
    this.#hashes.set(hashes, this.#length * 2)
    indexes.forEach((index, at) => (this.#indexes[this.#length + at] = rows + index))
    for (let at = 0; at < places.length; at++) this.#places[this.#length++] = before + (places[at] ?? 0)
  }

  keys(): RowKeys {
    return {
      hashes: this.#hashes.slice(0, this.#length * 2),
      places: this.#places.slice(0, this.#length),
      indexes: this.#indexes.slice(0, this.#length),
    }
  }

  #grow(length: number): void {
    const isIndexed = !this.#hasIndexes || this.#indexes.length >= length
    if (length <= this.#places.length && isIndexed) return
    const room = length <= this.#places.length ? this.#places.length : Math.max(length, 2 * this.#places.length, 1024)
    this.#hashes = enlarge(this.#hashes, room * 2)
    this.#places = enlarge(this.#places, room)
    if (this.#hasIndexes) this.#indexes = enlarge(this.#indexes, room)
  }
}

function enlarge(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(words)
  return larger
}

/** As `RowKeys` hold it. */
export function hashOf(key: string): Uint32Array {
  const hash = new Uint32Array(2)
  hashInto(hash, 0, key)
  return hash
}

/**
 * Two lanes that rotate, mix in and multiply, with MurmurHash3's finalizer. Were it a perfect hash, the odds that any two of
 * five million keys share one would be about one to a million and a half.
 */
function hashInto(hashes: Uint32Array, at: number, key: string): void {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index)
    low = Math.imul(((low << 5) | (low >>> 27)) ^ unit, 0x9e3779b1)
    high = Math.imul(((high << 13) | (high >>> 19)) ^ unit, 0x5f356495)
  }
  hashes[at] = mix(low ^ key.length)
  hashes[at + 1] = mix(high)
}

function mix(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** What is found again and again, as a {@link Finding} says it, but for places; one object for each. */
export type KnownFinding = Pick<RowIssue, 'code' | 'fate' | 'path'> & {
  /** Absent where it is not the same in every record. */
  readonly issue: RowIssue | undefined
}

/** Those of one record, in the order in which they are found. */
export type KnownFindings = { readonly length: number; at(index: number): KnownFinding | undefined }

/** One issue in one record, with its exact path. */
export type PlacedIssue = { readonly issue: RowIssue; readonly place: RowPlace }

/** One distinct problem of a file: a code at a path, whose array indices and hidden names are read as `*`. */
export type Finding = {
  readonly code: string
  readonly level: RowIssue['level']
  readonly fate: RowFate
  readonly path: string
  /** How often it was found, exactly. */
  readonly count: number
  /** Where it was found first, in the order of the file; {@link MOST_PLACES} at most. */
  readonly first: readonly PlacedIssue[]
}

/** More than a report shows of one problem, and few enough that a file wrong in every row costs no memory. */
export const MOST_PLACES = 100

/** Keys of maps may be different in every record. What comes on top is counted by its code alone. */
export const MOST_FINDINGS = 1_000

/** Paths as they stand, so that a path is generalised once and not in every record. */
const MOST_SPELLINGS = 10_000

type Group<K> = {
  readonly code: string
  readonly level: RowIssue['level']
  readonly fate: RowFate
  readonly path: string
  count: number
  first: K[]
}

/** Problems by what they are, in bounded memory. */
class Groups<K> {
  readonly #groups = new Map<string, Group<K>>()
  readonly #spellings = new Map<string, Group<K>>()

  /** In the order in which they were found first. */
  all(): readonly Group<K>[] {
    return [...this.#groups.values()]
  }

  /** Absent for what was not found yet. */
  at(known: KnownFinding): Group<K> | undefined {
    return this.#groups.get(keyOf(known, generalPath(known.path)))
  }

  of(about: Pick<RowIssue, 'code' | 'level' | 'fate' | 'path'>): Group<K> {
    const spelling = keyOf(about, about.path)
    const known = this.#spellings.get(spelling)
    if (known !== undefined) return known
    const group = this.#groupAt(about, generalPath(about.path))
    if (this.#spellings.size < MOST_SPELLINGS) this.#spellings.set(spelling, group)
    return group
  }

  #groupAt(about: Pick<RowIssue, 'code' | 'level' | 'fate'>, path: string): Group<K> {
    const { code, level, fate } = about
    const key = keyOf(about, path)
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    if (this.#groups.size >= MOST_FINDINGS && path !== ELSEWHERE) return this.#groupAt(about, ELSEWHERE)
    const group: Group<K> = { code, level, fate, path, count: 0, first: [] }
    this.#groups.set(key, group)
    return group
  }
}

function keyOf({ code, fate }: Pick<RowIssue, 'code' | 'fate'>, path: string): string {
  return `${code} ${fate} ${path}`
}

function generalPath(path: string): string {
  return path.replace(/\/(?:key )?\d+(?=\/|$)/g, '/*')
}

/** Counts problems exactly and keeps the first places of each, in bounded memory. */
export class Tally {
  readonly #groups = new Groups<PlacedIssue>()
  /** Groups to which no place is added any more. */
  readonly #full = new Map<KnownFinding, { count: number }>()
  /** Of the record at hand. */
  readonly #found: ({ count: number } | undefined)[] = []

  /** `placeIssue` is called only when the place is kept. */
  count(issue: RowIssue, placeIssue: () => PlacedIssue): void {
    const group = this.#groups.of(issue)
    group.count++
    if (group.first.length < MOST_PLACES) group.first.push(placeIssue())
  }

  /**
   * As `count`, of all findings of a record; `placeOf` says where one of them stands. Where the place is to be kept of one
   * that has no issue, nothing is counted. @returns false then
   */
  countAll(known: KnownFindings, placeOf: (index: number) => RowPlace): boolean {
    const groups = this.#found
    for (let index = 0; index < known.length; index++) {
      const one = known.at(index)
      const group = this.#fullGroup(one)
      if (group === undefined && one?.issue === undefined) return false
      groups[index] = group
    }
    for (let index = 0; index < known.length; index++) {
      const group = groups[index]
      if (group !== undefined) group.count++
      else this.#countPlaced(known.at(index)?.issue, placeOf(index))
    }
    return true
  }

  #countPlaced(issue: RowIssue | undefined, place: RowPlace): void {
    if (issue !== undefined) this.count(issue, () => ({ issue, place }))
  }

  #fullGroup(known: KnownFinding | undefined): { count: number } | undefined {
    if (known === undefined) return undefined
    const before = this.#full.get(known)
    if (before !== undefined) return before
    const group = this.#groups.at(known)
    if (group === undefined || group.first.length < MOST_PLACES) return undefined
    this.#full.set(known, group)
    return group
  }

  /** Findings of what comes behind all that was counted here. */
  add(findings: readonly Finding[], move: (place: RowPlace) => RowPlace): void {
    for (const finding of findings) {
      const group = this.#groups.of(finding)
      group.count += finding.count
      for (const { issue, place } of finding.first.slice(0, MOST_PLACES - group.first.length)) {
        group.first.push({ issue, place: move(place) })
      }
    }
  }

  /** In the order in which they were found first. */
  findings(): readonly Finding[] {
    return this.#groups.all()
  }
}

/** An issue with numbers that are in the order of the places, the row first. */
export type OrderedIssue = PlacedIssue & { readonly order: readonly number[] }

/** As {@link Finding}, of rows that were not looked at in their order. */
export type OrderedFinding = Omit<Finding, 'first'> & { readonly first: readonly OrderedIssue[] }

/** As {@link Tally}, of what is found in any order: the first places are those that come first in the file. */
export class OrderedTally {
  readonly #groups = new Groups<OrderedIssue>()

  count(issue: RowIssue, placeIssue: () => OrderedIssue): void {
    const group = this.#groups.of(issue)
    group.count++
    this.#keep(group, placeIssue())
  }

  /** What was counted already, so often more. */
  countAgain(issue: RowIssue, times: number): void {
    this.#groups.of(issue).count += times
  }

  add(findings: readonly OrderedFinding[]): void {
    for (const finding of findings) {
      const group = this.#groups.of(finding)
      group.count += finding.count
      for (const kept of finding.first) this.#keep(group, kept)
    }
  }

  /** In the order of their first places. */
  findings(): readonly OrderedFinding[] {
    for (const group of this.#groups.all()) trim(group)
    return this.#groups.all().toSorted((one, other) => compareFirst(one, other))
  }

  /** Those of one column come in order, so that most are behind all that are kept. */
  #keep(group: Group<OrderedIssue>, kept: OrderedIssue): void {
    const last = group.first[MOST_PLACES - 1]
    if (last !== undefined && compareOrder(last.order, kept.order) <= 0) return
    group.first.push(kept)
    if (group.first.length >= 2 * MOST_PLACES || compareOrder(group.first.at(-2)?.order ?? [], kept.order) > 0)
      trim(group)
  }
}

function trim(group: Group<OrderedIssue>): void {
  group.first.sort((one, other) => compareOrder(one.order, other.order))
  group.first.splice(MOST_PLACES)
}

function compareFirst(one: Group<OrderedIssue>, other: Group<OrderedIssue>): number {
  return compareOrder(one.first[0]?.order ?? [], other.first[0]?.order ?? [])
}

function compareOrder(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < one.length && at < other.length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return one.length - other.length
}

/** The path of a finding that stands for all further paths. */
const ELSEWHERE = '/**'
