import type { RowIssue } from '../record.ts'
import { KeyList, type RowKeys } from '../keys.ts'
import { type OrderedFinding, OrderedTally } from '../tally.ts'
import type { ColumnChecks, ReportPlaced, RowWalk } from './checks.ts'
import { ExactValue } from './exact.ts'
import { type RowGroup, chunkOf } from './footer.ts'
import { LeafChecker, type LeafReport } from './leaf-checker.ts'
import type { LeafBatch } from './data-page.ts'
import { type ByteSource, LeafPages, MOST_PAGE_BYTES, PageTooLarge } from './pages.ts'
import { RowReader } from './records.ts'
import { type MarkedBlocks, RowMarks } from './row-marks.ts'
import { LeafSizes, RowSizes } from './row-sizes.ts'
import { Scratch } from './scratch.ts'
import { ParquetDamage } from './thrift.ts'
import type { ColumnLeaf, ColumnTree } from './tree.ts'
import { type ValueReader, valueReader } from './values.ts'
import { formatBytes } from '../../lib/text.ts'

/** Some of the leaves of one row group: a unit of work for a thread. */
export type ColumnsPart = {
  readonly tree: ColumnTree
  readonly group: RowGroup
  /** Counted from 1. */
  readonly groupNumber: number
  /** The index of this part; `sharesOf` decides which leaves it has. */
  readonly part: number
  readonly parts: number
}

/** `file` is unique for each reading of a file. */
export type ParquetLayout = ColumnsPart & { readonly file: number }

/** The findings of a part's leaves for their row group. */
export type ColumnsResult = {
  readonly findings: readonly OrderedFinding[]
  /** Rows of the group with an error, and among them those that the platform is expected to reject. */
  readonly bad: MarkedBlocks
  readonly rejected: MarkedBlocks
  readonly keys: RowKeys
}

/** A part of up to this size is read at once. */
const READ_AT_ONCE_BYTES = 4 * 1024 * 1024

/** How far one leaf is read ahead. */
const WINDOW_BYTES = 1024 * 1024

const MOST_PARTS = 8

/** In how many parts a row group is checked. Depends only on the file. */
export function countParts(bytes: number): number {
  return Math.max(1, Math.min(MOST_PARTS, Math.ceil(bytes / READ_AT_ONCE_BYTES)))
}

/** How many bytes these leaves take in a row group. */
export function bytesOf(group: RowGroup, leaves: readonly number[]): number {
  return leaves.reduce((sum, leaf) => sum + chunkOf(group, leaf).end - chunkOf(group, leaf).start, 0)
}

/** Checks the leaves of one part, one after another, holding one page at a time. */
export async function checkColumns(part: ColumnsPart, checks: ColumnChecks, read: ByteSource): Promise<ColumnsResult> {
  const { walks, leaves } = sharesOf(part, checks)[part.part] ?? NO_SHARE
  const near = await readAtOnce(part, [...leaves, ...walks.flatMap((walk) => walk.leaves)], read)
  const check = new GroupCheck(part, checks, near.read)
  for (const leaf of leaves) await check.leaf(leaf)
  for (const walk of walks) await check.walk(walk)
  check.sizes()
  near.release()
  return check.result()
}

type Share = { readonly leaves: number[]; readonly walks: RowWalk[] }

const NO_SHARE: Share = { leaves: [], walks: [] }

/** Leaves of one walk stay together. The largest leaves are assigned first, each to the smallest share. */
function sharesOf({ group, parts }: ColumnsPart, { leaves, walks, size }: ColumnChecks): readonly Share[] {
  const walked = new Set(walks.flatMap((walk) => walk.leaves))
  const alone = leaves.flatMap((_, leaf) => (walked.has(leaf) ? [] : [{ leaves: [leaf], walk: undefined }]))
  const all = [...walks.map((walk) => ({ leaves: walk.leaves, walk })), ...alone]
  const sized = all
    .map((one) => ({ ...one, bytes: bytesOf(group, one.leaves) }))
    .toSorted((one, other) => other.bytes - one.bytes)
  // The size of a row includes all of its leaves, so they stay in one share.
  const shares = Array.from({ length: size === undefined ? parts : 1 }, () => ({
    leaves: [] as number[],
    walks: [] as RowWalk[],
    bytes: 0,
  }))
  for (const { leaves: own, walk, bytes } of sized) {
    const least = shares.reduce((one, other) => (other.bytes < one.bytes ? other : one))
    least.bytes += bytes
    if (walk === undefined) least.leaves.push(...own)
    else least.walks.push(walk)
  }
  for (const share of shares) share.leaves.sort((one, other) => one - other)
  return shares
}

/** `release` frees the memory at once instead of at the next garbage collection. */
type NearBytes = { readonly read: ByteSource; readonly release: () => void }

/** Reads many small chunks in one go. */
async function readAtOnce({ group }: ColumnsPart, leaves: readonly number[], read: ByteSource): Promise<NearBytes> {
  const chunks = leaves.map((leaf) => chunkOf(group, leaf))
  const start = Math.min(...chunks.map((chunk) => chunk.start))
  const end = Math.max(...chunks.map((chunk) => chunk.end))
  if (chunks.length < 2 || end - start > READ_AT_ONCE_BYTES) return { read, release: () => undefined }
  const bytes = await read(start, end)
  return {
    read: async (from, to) => bytes.subarray(from - start, to - start),
    release: () => void bytes.buffer.transfer(0),
  }
}

class GroupCheck {
  readonly #part: ColumnsPart
  readonly #checks: ColumnChecks
  readonly #read: ByteSource
  readonly #tally = new OrderedTally()
  readonly #bad = new RowMarks()
  readonly #rejected = new RowMarks()
  readonly #keys = new KeyList()
  readonly #sizes: RowSizes | undefined
  readonly #scratch = new Scratch()

  constructor(part: ColumnsPart, checks: ColumnChecks, read: ByteSource) {
    this.#part = part
    this.#checks = checks
    this.#read = read
    this.#sizes = checks.size === undefined ? undefined : new RowSizes(part.group.rows)
  }

  /** To be called after all leaves. */
  sizes(): void {
    const { size } = this.#checks
    if (size === undefined) return
    this.#sizes?.visitAbove(size.mostBytes, (row, bytes) => {
      size.say(bytes, (issue, order) => this.#say(issue, row, order))
    })
  }

  result(): ColumnsResult {
    return {
      findings: this.#tally.findings(),
      bad: this.#bad.blocks(),
      rejected: this.#rejected.blocks(),
      keys: this.#keys.take(),
    }
  }

  async leaf(index: number): Promise<void> {
    const leaf = this.#leafAt(index)
    const pages = new LeafPages({
      leaf,
      chunk: chunkOf(this.#part.group, index),
      read: this.#read,
      windowBytes: WINDOW_BYTES,
      scratch: this.#scratch,
    })
    const taker = this.#takerOf(index)
    try {
      for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
        if (page.kind === 'skipped') continue
        for (let batch = page.next(); batch !== undefined; batch = page.next()) taker.take(batch)
      }
      taker.end()
    } catch (error) {
      this.#damage(error, { path: this.#pathOf(index), rows: taker.rows, pages: pages.pages })
    }
  }

  /** Checks the values of each leaf as they are read, then each row as a whole. */
  async walk({ leaves, checks, keyOf }: RowWalk): Promise<void> {
    const { tree, group } = this.#part
    const takers = new Map(leaves.map((leaf) => [leaf, this.#takerOf(leaf)]))
    let row = 0
    const say: ReportPlaced = (issue, order) => this.#say(issue, row, order)
    try {
      const rows = new RowReader({
        tree,
        group,
        leaves,
        read: this.#read,
        typedValues: keyOf === undefined ? 'nearest' : 'exact',
        onBatch: (leaf, batch) => takers.get(leaf)?.take(batch),
      })
      for (let record = await rows.next(); record !== undefined; record = await rows.next()) {
        for (const check of checks) check(record, say)
        row++
        if (keyOf !== undefined) this.#takeKey(keyOf(record), row)
      }
      for (const taker of takers.values()) taker.end()
    } catch (error) {
      this.#damage(error, { path: this.#pathOf(leaves[0] ?? 0), rows: row, pages: undefined })
    }
  }

  #takeKey(key: string | undefined, row: number): void {
    if (key !== undefined && !this.#keys.isFull) this.#keys.add(key, row)
  }

  #leafAt(index: number): ColumnLeaf {
    const leaf = this.#part.tree.leaves[index]
    if (leaf === undefined) throw new RangeError('There is no such leaf')
    return leaf
  }

  #pathOf(index: number): string {
    return this.#checks.leaves[index]?.path ?? ''
  }

  #takerOf(index: number): LeafTaker {
    const leaf = this.#leafAt(index)
    const check = this.#checks.leaves[index] ?? { path: '', levels: [], values: undefined }
    const report: LeafReport = {
      say: (issue, row, order) => this.#say(issue, row, order),
      sayAgain: (issues, rows, times) => {
        for (const issue of issues) {
          this.#tally.countAgain(issue, times)
          this.#blame(issue, rows.start, rows.end)
        }
      },
    }
    const keys = this.#checks.key === index ? new KeyTaker(leaf, this.#keys) : undefined
    const sizes = this.#sizes === undefined ? undefined : new LeafSizes(this.#part.tree, index, this.#sizes)
    return new LeafTaker(new LeafChecker(leaf, check, report), { keys, sizes }, this.#part.group.rows)
  }

  #say(issue: RowIssue, row: number, order: readonly number[]): void {
    this.#blame(issue, row, row + 1)
    const { at: _, ...shown } = issue
    this.#tally.count(issue, () => ({ issue: shown, place: { kind: 'row', row: row + 1 }, order: [row, ...order] }))
  }

  #blame({ level, fate }: RowIssue, start: number, end: number): void {
    if (level !== 'error') return
    const stop = Math.min(end, this.#part.group.rows)
    this.#bad.markRange(start, stop)
    if (fate !== 'changed') this.#rejected.markRange(start, stop)
  }

  /** The platform is unlikely to read what can't be read here. The error messages quote no data. */
  #damage(error: unknown, { path, rows, pages }: Unread): void {
    if (!(error instanceof ParquetDamage)) throw error
    const row = Math.max(0, Math.min(rows, this.#part.group.rows - 1))
    const issue = damageIssue(error, path, { group: this.#part.groupNumber, pages })
    this.#say(issue, row, [])
    this.#blame(issue, row, this.#part.group.rows)
  }
}

type Unread = { readonly path: string; readonly rows: number; readonly pages: number | undefined }

type DamagePlace = { readonly group: number; readonly pages: number | undefined }

function damageIssue(error: ParquetDamage, path: string, { group, pages }: DamagePlace): RowIssue {
  const where = `in row group ${group}${pages === undefined ? '' : `, page ${pages} of the column`}`
  const common = { code: 'corrupt-record', level: 'error', path, expected: 'rows that can be read' } as const
  if (!(error instanceof PageTooLarge)) return { ...common, fate: 'fails-batch', received: `${error.message} ${where}` }
  return {
    ...common,
    fate: 'changed',
    received: `a page of ${formatBytes(error.bytes)} ${where}: from there on the column was not checked`,
    hint: `write pages of at most ${formatBytes(MOST_PAGE_BYTES)}: "data_page_size" of pyarrow, "parquet.page.size" of Spark`,
  }
}

type OtherTakers = { readonly keys: KeyTaker | undefined; readonly sizes: LeafSizes | undefined }

/** Passes the batches of one leaf to its checker and to the others that need them. */
class LeafTaker {
  readonly #checker: LeafChecker
  readonly #others: OtherTakers
  readonly #rows: number

  constructor(checker: LeafChecker, others: OtherTakers, rows: number) {
    this.#checker = checker
    this.#others = others
    this.#rows = rows
  }

  get rows(): number {
    return this.#checker.rows
  }

  take(batch: LeafBatch): void {
    this.#checker.take(batch)
    this.#others.keys?.take(batch)
    this.#others.sizes?.take(batch)
    if (this.#checker.rows > this.#rows) throw new ParquetDamage('a column with more rows than its row group has')
  }

  end(): void {
    if (this.#checker.rows < this.#rows) throw new ParquetDamage('a column with fewer rows than its row group has')
  }
}

/** Collects the keys from a leaf that has at most one value per row. */
class KeyTaker {
  readonly #leaf: ColumnLeaf
  readonly #keys: KeyList
  readonly #readAt: NonNullable<ValueReader['exactAt']>
  #rows = 0

  constructor(leaf: ColumnLeaf, keys: KeyList) {
    this.#leaf = leaf
    this.#keys = keys
    const { valueAt, exactAt = valueAt } = valueReader(leaf)
    this.#readAt = exactAt
  }

  take({ entries, def, values }: LeafBatch): void {
    let value = 0
    for (let at = 0; at < entries && !this.#keys.isFull; at++) {
      if ((typeof def === 'number' ? def : def[at]) !== this.#leaf.def) continue
      const key = textOfKey(this.#keyAt(values, value++))
      if (key !== undefined) this.#keys.add(key, this.#rows + at + 1)
    }
    this.#rows += entries
  }

  #keyAt(values: LeafBatch['values'], at: number): unknown {
    if (values.kind === 'none') return undefined
    if (values.kind === 'plain') return this.#readAt(values.raw, at)
    return this.#readAt(values.dictionary.raw, values.kind === 'repeated' ? values.index : (values.indices[at] ?? 0))
  }
}

/** Undefined for a value that is neither a string nor a number. */
function textOfKey(key: unknown): string | undefined {
  if (key instanceof ExactValue) return key.kind === 'number' ? key.text : undefined
  return typeof key === 'string' || typeof key === 'number' || typeof key === 'bigint' ? String(key) : undefined
}
