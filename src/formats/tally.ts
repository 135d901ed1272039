import type { RowFate, RowIssue, RowPlace } from './record.ts'

/** A problem found again and again: a {@link Finding} without its places; one object for each. */
export type KnownFinding = Pick<RowIssue, 'code' | 'fate' | 'path'> & {
  /** Absent if it differs between records. */
  readonly issue: RowIssue | undefined
  /**
   * The tally that uses this object now, and its group there once the group is full: a lookup took longer than finding
   * a null.
   */
  readonly counter: { by: object | undefined; group: { count: number } | undefined }
}

/** The findings of one record, in order. */
export type KnownFindings = { readonly length: number; at(index: number): KnownFinding | undefined }

/** One issue in one record, with its exact path. */
export type PlacedIssue = { readonly issue: RowIssue; readonly place: RowPlace }

/** One distinct problem of a file: a code at a path, in which `*` replaces array indexes and hidden names. */
export type Finding = {
  readonly code: string
  readonly level: RowIssue['level']
  readonly fate: RowFate
  readonly path: string
  /** How often it was found, exactly. */
  readonly count: number
  /** The first places in the order of the file; at most {@link MOST_PLACES}. */
  readonly first: readonly PlacedIssue[]
}

/** More than a report shows of one problem, and few enough that a file wrong in every row takes little memory. */
export const MOST_PLACES = 100

/** Map keys may differ in every record. Further findings are counted by their code alone. */
export const MOST_FINDINGS = 1_000

/** Exact paths that are remembered, so that a path is generalised once and not in every record. */
const MOST_SPELLINGS = 10_000

type Group<K> = {
  readonly code: string
  readonly level: RowIssue['level']
  readonly fate: RowFate
  readonly path: string
  count: number
  first: K[]
}

/** Groups equal problems, in bounded memory. */
class Groups<K> {
  readonly #groups = new Map<string, Group<K>>()
  readonly #spellings = new Map<string, Group<K>>()

  /** In the order in which they were first found. */
  all(): readonly Group<K>[] {
    return [...this.#groups.values()]
  }

  /** Undefined if the problem was not found yet. */
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
  /** Groups of the current record's findings. */
  readonly #found: ({ count: number } | undefined)[] = []

  /** `placeIssue` is called only when the place is kept. */
  count(issue: RowIssue, placeIssue: () => PlacedIssue): void {
    const group = this.#groups.of(issue)
    group.count++
    if (group.first.length < MOST_PLACES) group.first.push(placeIssue())
  }

  /**
   * As `count`, for all findings of a record; `placeOf` gives the place of one of them. If a place must be kept for a
   * finding without an issue, nothing is counted. @returns false in that case
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

  /** Adds the findings of a part that comes after everything counted so far. */
  add(findings: readonly Finding[], move: (place: RowPlace) => RowPlace): void {
    for (const finding of findings) {
      const group = this.#groups.of(finding)
      group.count += finding.count
      for (const { issue, place } of finding.first.slice(0, MOST_PLACES - group.first.length)) {
        group.first.push({ issue, place: move(place) })
      }
    }
  }

  /** In the order in which they were first found. */
  findings(): readonly Finding[] {
    return this.#groups.all()
  }
}

/** An issue with its position: comparing the numbers, row first, gives the order of the file. */
export type OrderedIssue = PlacedIssue & { readonly order: readonly number[] }

/** As {@link Finding}, for rows that are not checked in order. */
export type OrderedFinding = Omit<Finding, 'first'> & { readonly first: readonly OrderedIssue[] }

/** As {@link Tally}, for findings in any order: the places kept are the first ones in the file. */
export class OrderedTally {
  readonly #groups = new Groups<OrderedIssue>()

  count(issue: RowIssue, placeIssue: () => OrderedIssue): void {
    const group = this.#groups.of(issue)
    group.count++
    this.#keep(group, placeIssue())
  }

  /** Counts an issue that was already counted, this many more times. */
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

  /** Issues of one column come in order, so most come after all that are kept. */
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

/** The path of the finding that stands for all further paths. */
const ELSEWHERE = '/**'
