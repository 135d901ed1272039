import type { Issue, RowPlace } from './row.ts'

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
