import { brokenJson } from './json/places.ts'
import type { Line, LineSink } from './json/records.ts'
import type { Slice } from './format.ts'
import { readSlice } from './formats.ts'
import {
  type Extent,
  type Issue,
  NOTHING,
  type Report,
  type RowCheck,
  type RowKey,
  type RowPlace,
  type Where,
  joined,
  placeAt,
} from './record.ts'

/** The keys of a file's records, as 64-bit hashes, and the line or the row of each. */
export type RowKeys = {
  /** Two words for each key. */
  readonly hashes: Uint32Array
  readonly places: Uint32Array
}

/** Gathers keys, in 12 bytes each: a set of millions of strings would take ten times as much. */
export class KeyList {
  #hashes = new Uint32Array(0)
  #places = new Uint32Array(0)
  #length = 0

  /** `place` is the line that the record begins in, or the number of its row. */
  add(key: string, place: number): void {
    this.#grow(this.#length + 1)
    hashInto(this.#hashes, this.#length * 2, key)
    this.#places[this.#length++] = place
  }

  /** Keys of records that come behind, their places moved by `before`. */
  append({ hashes, places }: RowKeys, before: number): void {
    this.#grow(this.#length + places.length)
    this.#hashes.set(hashes, this.#length * 2)
    for (let at = 0; at < places.length; at++) this.#places[this.#length++] = before + (places[at] ?? 0)
  }

  keys(): RowKeys {
    return { hashes: this.#hashes.slice(0, this.#length * 2), places: this.#places.slice(0, this.#length) }
  }

  #grow(length: number): void {
    if (length <= this.#places.length) return
    const room = Math.max(length, 2 * this.#places.length, 1024)
    this.#hashes = enlarged(this.#hashes, room * 2)
    this.#places = enlarged(this.#places, room)
  }
}

function enlarged(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(words)
  return larger
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
  hashes[at] = mixed(low ^ key.length)
  hashes[at + 1] = mixed(high)
}

function mixed(word: number): number {
  let mix = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}

/** One issue in one record, with its exact path. */
export type PlacedIssue = { readonly issue: Issue; readonly place: RowPlace }

/** One distinct problem of a file: a code at a path, whose array indices are read as `*`. */
export type Finding = {
  readonly code: string
  readonly level: Issue['level']
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

type Group = {
  readonly code: string
  readonly level: Issue['level']
  readonly path: string
  count: number
  first: PlacedIssue[]
}

/** Counts problems exactly and keeps the first places of each, in bounded memory. */
export class Tally {
  #groups = new Map<string, Group>()
  #spellings = new Map<string, Group>()

  /** `placed` is called only when the place is kept. */
  count(issue: Issue, placed: () => PlacedIssue): void {
    const group = this.#groupOf(issue)
    group.count++
    if (group.first.length < MOST_PLACES) group.first.push(placed())
  }

  /** Findings of what comes behind all that was counted here. */
  add(findings: readonly Finding[], moved: (place: RowPlace) => RowPlace): void {
    for (const finding of findings) {
      const group = this.#groupOf(finding)
      group.count += finding.count
      for (const { issue, place } of finding.first.slice(0, MOST_PLACES - group.first.length)) {
        group.first.push({ issue, place: moved(place) })
      }
    }
  }

  /** In the order in which they were found first. */
  findings(): readonly Finding[] {
    return [...this.#groups.values()]
  }

  #groupOf(about: Pick<Issue, 'code' | 'level' | 'path'>): Group {
    const spelling = `${about.code} ${about.level} ${about.path}`
    const known = this.#spellings.get(spelling)
    if (known !== undefined) return known
    const group = this.#grouped(about, about.path.replace(/\/\d+(?=\/|$)/g, '/*'))
    if (this.#spellings.size < MOST_SPELLINGS) this.#spellings.set(spelling, group)
    return group
  }

  #grouped({ code, level }: Pick<Issue, 'code' | 'level'>, path: string): Group {
    const key = `${code} ${level} ${path}`
    const known = this.#groups.get(key)
    if (known !== undefined) return known
    if (this.#groups.size >= MOST_FINDINGS && path !== ELSEWHERE) return this.#grouped({ code, level }, ELSEWHERE)
    const group: Group = { code, level, path, count: 0, first: [] }
    this.#groups.set(key, group)
    return group
  }
}

/** The path of a finding that stands for all further paths. */
const ELSEWHERE = '/**'

/** What was found in a slice; places count from where it begins. */
export type SliceResult = {
  /** Records, those that can't be read among them. */
  readonly rows: number
  /** Records with at least one error. */
  readonly badRows: number
  readonly extent: Extent
  readonly findings: readonly Finding[]
  readonly keys: RowKeys
}

/** A check that knows most of the records that it has nothing to say of by their bytes. */
export type SwiftCheck = RowCheck & {
  /** What `text` would return for a record that it surely says nothing of; false where that is in doubt. */
  readonly clean?: (line: Line) => RowKey | false
}

/** Asks the check about every record and counts what it says. One object for all rows: nothing is made for a clean one. */
class Inspector implements LineSink {
  #check: SwiftCheck
  #tally = new Tally()
  #keys = new KeyList()
  #rows = 0
  #badRows = 0
  #isBad = false
  #where: Where | undefined

  constructor(check: SwiftCheck) {
    this.#check = check
  }

  takes(line: Line): boolean {
    const { clean } = this.#check
    const key = clean === undefined ? false : clean(line)
    if (key === false) return false
    this.#begin(line)
    this.#key(key, line)
    return true
  }

  text(text: string, where: Where): void {
    this.#begin(where)
    try {
      this.#key(this.#check.text(text, this.#report), where)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#broken(text, where)
    }
  }

  value(value: Readonly<Record<string, unknown>>, where: Where): void {
    this.#begin(where)
    this.#key(this.#check.value(value, this.#report), where)
  }

  corrupt(issue: Issue, where: Where, rows = 1): void {
    this.#begin(where)
    this.#report(issue)
    this.#rows += rows - 1
    this.#badRows += rows - 1
  }

  result(extent: Extent): SliceResult {
    return {
      rows: this.#rows,
      badRows: this.#badRows,
      extent,
      findings: this.#tally.findings(),
      keys: this.#keys.keys(),
    }
  }

  #begin(where: Where): void {
    this.#where = where
    this.#rows++
    this.#isBad = false
  }

  #key(key: RowKey, where: Where): void {
    if (key === undefined) return
    const place = where.placeOf('')
    this.#keys.add(key, place.kind === 'row' ? place.row : place.line)
  }

  #report: Report = (issue) => {
    const where = this.#where
    if (where === undefined) return
    this.#blame(issue)
    this.#tally.count(issue, () => ({ issue, place: where.placeOf(issue.path) }))
  }

  #blame({ level }: Issue): void {
    if (level !== 'error' || this.#isBad) return
    this.#isBad = true
    this.#badRows++
  }

  #broken(text: string, where: Where): void {
    this.#blame(MALFORMED)
    this.#tally.count(MALFORMED, () => {
      // The place of a record is that of its first character, blanks before it not counted.
      const { issue, at } = brokenJson(text.replace(/^[ \t\r\n]+/, ''))
      return { issue, place: behind(where.placeOf(''), at) }
    })
  }
}

const MALFORMED: Issue = {
  code: 'corrupt-record',
  level: 'error',
  path: '',
  expected: 'JSON',
  received: 'something else',
}

function behind(start: RowPlace, at: Extent): RowPlace {
  return start.kind === 'row' ? start : placeAt(joined({ lines: start.line - 1, columns: start.column - 1 }, at))
}

export type FileFindings = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  readonly findings: readonly Finding[]
  /** For `findDuplicates`, over all files. */
  readonly keys: RowKeys
}

/** The results of a file's slices, one behind the other. */
export class MergedResult {
  #placed: RowPlace['kind']
  #rows = 0
  #badRows = 0
  #extent = NOTHING
  #tally = new Tally()
  #keys = new KeyList()

  /** `placed` says what places count: lines of a text, or rows. */
  constructor(placed: RowPlace['kind']) {
    this.#placed = placed
  }

  append({ rows, badRows, extent, findings, keys }: SliceResult): void {
    const [before, rowsBefore] = [this.#extent, this.#rows]
    this.#tally.add(findings, (place) => behindInMergedResult({ extent: before, rows: rowsBefore }, place))
    this.#keys.append(keys, this.#placed === 'text' ? before.lines : rowsBefore)
    this.#rows += rows
    this.#badRows += badRows
    this.#extent = joined(before, extent)
  }

  findings(): FileFindings {
    return { rows: this.#rows, badRows: this.#badRows, findings: this.#tally.findings(), keys: this.#keys.keys() }
  }
}

function behindInMergedResult(before: { readonly extent: Extent; readonly rows: number }, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: before.rows + place.row }
  return placeAt(joined(before.extent, { lines: place.line - 1, columns: place.column - 1 }))
}

/** Every record of a slice, in order. Throws what the check throws, but a SyntaxError, which makes a record corrupt. */
export async function checkSlice(slice: Slice, check: RowCheck): Promise<SliceResult> {
  const inspector = new Inspector(check)
  const extent = await readSlice(slice, inspector)
  return inspector.result(extent)
}
