import { HAS_KEY, type Part, ROW, type RowStore, type SideName, rowLength } from './row-store.ts'

/** A row, by the index of its file on its side, and its number in the file, from 0. */
export type RowSpot = { readonly file: number; readonly row: number }

export type SpottedChange = RowSpot & { readonly change: 'added' | 'changed' | 'removed' }

export type RepeatedKey = RowSpot & { readonly first: RowSpot }

export type Comparison = {
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly unchanged: number
  readonly baseKeys: number
  readonly removedKeys: number
  readonly duplicateKeys: number
  readonly keyless: number
  /** Most often changed first. */
  readonly fields: readonly { readonly path: string; readonly rows: number }[]
  /** The first few of each kind, in the order of files and rows. */
  readonly samples: readonly SpottedChange[]
  /** The first rows that have the key of an earlier row, and the first such row of each other file, in order. */
  readonly repeated: readonly RepeatedKey[]
  /** How many there are in each current file that has any. */
  readonly repeatedIn: ReadonlyMap<number, number>
}

export type CompareLimits = { readonly samples: number; readonly repeated: number; readonly repeatedFiles: number }

const LIMITS: CompareLimits = { samples: 5, repeated: 100, repeatedFiles: 1_000 }

/**
 * Matches the rows of both sides, part by part. Among rows with the same key, equal rows are matched first, then the
 * others in their order, as changed rows; the rest were added or removed. So the base, without its removed rows, with
 * the added rows, and with the new form of the changed rows, equals the current rows.
 *
 * Changed fields are found by hashes of 32 bits: one of four billion changed fields is missed, but never a row.
 */
export async function compareRows(store: RowStore, limits: CompareLimits = LIMITS): Promise<Comparison> {
  const tally = new ComparisonTally(store.fields.length, limits)
  for await (const part of store.parts()) comparePart(part, tally)
  return tally.result(store.fields)
}

/** The rows of one key, by their offsets in the words of their side. */
type KeyGroup = { readonly base: number[]; readonly head: number[] }

function comparePart(part: Part, tally: ComparisonTally): void {
  const table = new KeyTable(part)
  for (const group of table.groups()) {
    const [base, head] = [group.base[0], group.head[0]]
    tally.noteKeys(part, group)
    if (group.base.length <= 1 && group.head.length <= 1) tally.pair(part, base, head)
    else pairMany(part, group, tally)
  }
}

function pairMany(part: Part, group: KeyGroup, tally: ComparisonTally): void {
  const base = group.base.toSorted((a, b) => compareSpots(part.base, a, b))
  const equals = Map.groupBy(base, (at) => contentOf(part.base, at))
  const taken = new Set<number>()
  const head = group.head
    .toSorted((a, b) => compareSpots(part.head, a, b))
    .filter((at) => {
      const same = equals.get(contentOf(part.head, at))?.pop()
      if (same === undefined) return true
      taken.add(same)
      tally.pair(part, same, at)
      return false
    })
  const left = base.filter((at) => !taken.has(at))
  const most = Math.max(left.length, head.length)
  for (let at = 0; at < most; at++) tally.pair(part, left[at], head[at])
}

function contentOf(words: Uint32Array, at: number): string {
  return words.subarray(at + ROW.content, at + ROW.content + 4).join(' ')
}

function compareSpots(words: Uint32Array, a: number, b: number): number {
  const file = (words[a + ROW.file] ?? 0) - (words[b + ROW.file] ?? 0)
  return file === 0 ? (words[a + ROW.row] ?? 0) - (words[b + ROW.row] ?? 0) : file
}

function spotOf(words: Uint32Array, at: number): RowSpot {
  return { file: words[at + ROW.file] ?? 0, row: words[at + ROW.row] ?? 0 }
}

function isSame(one: readonly [Uint32Array, number], other: readonly [Uint32Array, number], from: number): boolean {
  const [[a, i], [b, j]] = [one, other]
  for (let word = from; word < from + 4; word++) if (a[i + word] !== b[j + word]) return false
  return true
}

/** Finds the rows of each key: an open-addressed table of the first row of each key, from either side. */
class KeyTable {
  readonly #part: Part
  readonly #slots: Int32Array
  readonly #groups: (KeyGroup & { readonly side: SideName; readonly at: number })[] = []

  constructor(part: Part) {
    this.#part = part
    const most = (part.base.length + part.head.length) / ROW.leaves
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(1.5 * most + 2)))
    this.#gather('base')
    this.#gather('head')
  }

  groups(): readonly KeyGroup[] {
    return this.#groups
  }

  #gather(side: SideName): void {
    const words = this.#part[side]
    for (let at = 0; at < words.length; at += rowLength(words, at)) this.#groupOf(side, at)[side].push(at)
  }

  #groupOf(side: SideName, at: number): KeyGroup {
    const words = this.#part[side]
    // The first word has already chosen the part.
    for (let slot = words[at + ROW.key + 1] ?? 0; ; slot++) {
      const place = slot & (this.#slots.length - 1)
      const known = this.#groups[(this.#slots[place] ?? 0) - 1]
      if (known === undefined) {
        const made = { base: [], head: [], side, at }
        this.#slots[place] = this.#groups.push(made)
        return made
      }
      if (isSame([this.#part[known.side], known.at], [words, at], ROW.key)) return known
    }
  }
}

type RepeatedInFile = { readonly rows: number; readonly first: RepeatedKey }

class ComparisonTally {
  readonly #limits: CompareLimits
  readonly #counts = { added: 0, changed: 0, removed: 0, unchanged: 0 }
  readonly #samples = { added: new FirstSpots(), changed: new FirstSpots(), removed: new FirstSpots() }
  readonly #repeated = new FirstSpots<RepeatedKey>()
  readonly #repeatedIn = new Map<number, RepeatedInFile>()
  readonly #fields: FieldChanges
  readonly #keys = { baseKeys: 0, removedKeys: 0 }
  #duplicateKeys = 0
  #keyless = 0

  constructor(fields: number, limits: CompareLimits) {
    this.#fields = new FieldChanges(fields)
    this.#limits = limits
  }

  /** Counts the keys of rows that share one, or that share the content used instead of one. */
  noteKeys(part: Part, { base, head }: KeyGroup): void {
    const isKey = hasKey(part.base, base) || hasKey(part.head, head)
    this.#keys.baseKeys += isKey ? Math.min(base.length, 1) : base.length
    if (head.length === 0 || !isKey) this.#keys.removedKeys += isKey ? 1 : Math.max(base.length - head.length, 0)
    this.#noteRepeated(part.head, head)
  }

  #noteRepeated(words: Uint32Array, rows: readonly number[]): void {
    const [first] = rows
    if (first === undefined) return
    if (!hasKey(words, rows)) {
      this.#keyless += rows.length
      return
    }
    if (rows.length === 1) return
    this.#duplicateKeys += rows.length - 1
    const [earliest, ...others] = rows.toSorted((a, b) => compareSpots(words, a, b)).map((at) => spotOf(words, at))
    if (earliest === undefined) return
    for (const other of others) {
      const repeated = { ...other, first: earliest }
      this.#repeated.add(repeated, this.#limits.repeated)
      const known = this.#repeatedIn.get(other.file) ?? { rows: 0, first: repeated }
      const isFirst = compareRowSpots(repeated, known.first) < 0
      this.#repeatedIn.set(other.file, { rows: known.rows + 1, first: isFirst ? repeated : known.first })
    }
  }

  pair(part: Part, base: number | undefined, head: number | undefined): void {
    if (base === undefined && head === undefined) return
    if (base === undefined) this.#count('added', part.head, head)
    else if (head === undefined) this.#count('removed', part.base, base)
    else if (isSame([part.base, base], [part.head, head], ROW.content)) this.#counts.unchanged++
    else {
      this.#count('changed', part.head, head)
      this.#fields.add(leavesOf(part.base, base), leavesOf(part.head, head))
    }
  }

  result(paths: readonly string[]): Comparison {
    const samples = (['added', 'changed', 'removed'] as const).flatMap((change) =>
      this.#samples[change].spots.map((spot) => ({ ...spot, change })),
    )
    return {
      ...this.#counts,
      ...this.#keys,
      duplicateKeys: this.#duplicateKeys,
      keyless: this.#keyless,
      fields: this.#fields.counts(paths),
      samples,
      repeated: [...this.#repeated.spots, ...this.#firstOfOtherFiles()],
      repeatedIn: new Map(Array.from(this.#repeatedIn, ([file, { rows }]) => [file, rows])),
    }
  }

  #firstOfOtherFiles(): readonly RepeatedKey[] {
    const named = new Set(this.#repeated.spots.map(({ file }) => file))
    const others = Array.from(this.#repeatedIn.values(), ({ first }) => first).filter(({ file }) => !named.has(file))
    return others.toSorted(compareRowSpots).slice(0, this.#limits.repeatedFiles)
  }

  #count(change: SpottedChange['change'], words: Uint32Array, at: number | undefined): void {
    this.#counts[change]++
    if (at !== undefined) this.#samples[change].add(spotOf(words, at), this.#limits.samples)
  }
}

/** Whether the rows of a group have a key: all have one, or none has. */
function hasKey(words: Uint32Array, [first]: readonly number[]): boolean {
  return first !== undefined && ((words[first] ?? 0) & HAS_KEY) !== 0
}

function leavesOf(words: Uint32Array, at: number): Uint32Array {
  return words.subarray(at + ROW.leaves, at + rowLength(words, at))
}

/** Rows come in the order of their hashes; the first by file and row are kept, so that every run shows the same. */
class FirstSpots<S extends RowSpot = RowSpot> {
  readonly spots: S[] = []

  add(spot: S, most: number): void {
    const last = this.spots.at(-1)
    if (this.spots.length >= most && last !== undefined && compareRowSpots(spot, last) > 0) return
    const at = this.spots.findIndex((one) => compareRowSpots(spot, one) < 0)
    this.spots.splice(at === -1 ? this.spots.length : at, 0, spot)
    if (this.spots.length > most) this.spots.pop()
  }
}

function compareRowSpots(a: RowSpot, b: RowSpot): number {
  return a.file === b.file ? a.row - b.row : a.file - b.file
}

/** Counts in how many rows each field differs, without allocating anything for a row. */
class FieldChanges {
  readonly #rows: Uint32Array
  /**
   * The sum of each field's hashes in both rows of the current pair; fields that are reported together are added up.
   */
  readonly #base: Uint32Array
  readonly #head: Uint32Array

  constructor(fields: number) {
    this.#rows = new Uint32Array(fields)
    this.#base = new Uint32Array(fields)
    this.#head = new Uint32Array(fields)
  }

  add(base: Uint32Array, head: Uint32Array): void {
    sumUp(this.#base, base)
    sumUp(this.#head, head)
    this.#settle(base)
    this.#settle(head)
  }

  counts(paths: readonly string[]): Comparison['fields'] {
    const fields = paths.map((path, field) => ({ path, rows: this.#rows[field] ?? 0 })).filter(({ rows }) => rows > 0)
    return fields.toSorted((a, b) => b.rows - a.rows || (a.path < b.path ? -1 : 1))
  }

  /** Counts the fields that differ. A field that was compared is reset to 0 for both rows. */
  #settle(leaves: Uint32Array): void {
    for (let at = 0; at < leaves.length; at += 2) {
      const field = leaves[at] ?? 0
      if (this.#base[field] !== this.#head[field]) this.#rows[field] = (this.#rows[field] ?? 0) + 1
      this.#base[field] = 0
      this.#head[field] = 0
    }
  }
}

/** Adds the hash plus 1, so that a field whose hash is 0 differs from a missing field. */
function sumUp(sums: Uint32Array, leaves: Uint32Array): void {
  for (let at = 0; at < leaves.length; at += 2) {
    const field = leaves[at] ?? 0
    sums[field] = (sums[field] ?? 0) + (leaves[at + 1] ?? 0) + 1
  }
}
