import type { RowFate, RowIssue, RowPlace } from './record.ts'

/** What is found again and again, as a {@link Finding} says it, but for places; one object for each. */
export type KnownFinding = Pick<RowIssue, 'code' | 'fate' | 'path'> & {
  /** Absent where it is not the same in every record. */
  readonly issue: RowIssue | undefined
  /** The tally that counts it now, and its group there once it is full: to look that up took longer than to find a null. */
  readonly counter: { by: object | undefined; group: { count: number } | undefined }
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
    const { counter } = known
    if (counter.by === this && counter.group !== undefined) return counter.group
    const group = this.#groups.at(known)
    if (group === undefined || group.first.length < MOST_PLACES) return undefined
    counter.by = this
    counter.group = group
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
