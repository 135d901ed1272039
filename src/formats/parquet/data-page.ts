import { type Decoder, type EncodedValues, type RawValues, decoderOf, dictionaryIndices } from './encodings.ts'
import type { Levels } from './levels.ts'
import type { PageHeader } from './page-header.ts'
import type { Scratch } from './scratch.ts'
import { ParquetDamage } from './thrift.ts'
import type { ColumnLeaf } from './tree.ts'

/** The distinct values of a chunk, which its entries refer to by index. */
export type Dictionary = { readonly raw: RawValues; readonly count: number }

/**
 * Consecutive entries of a leaf. A level is a single number if it is the same for all entries. `count` entries have a
 * value, which is in `values`. Valid until the next batch is requested.
 */
export type LeafBatch = {
  readonly entries: number
  readonly def: Uint8Array | number
  readonly rep: Uint8Array | number
  readonly count: number
  readonly values: BatchValues
}

export type BatchValues =
  | { readonly kind: 'plain'; readonly raw: RawValues }
  | { readonly kind: 'indices'; readonly indices: Int32Array; readonly dictionary: Dictionary }
  /** All values are the one at `index`. */
  | { readonly kind: 'repeated'; readonly index: number; readonly dictionary: Dictionary }
  | { readonly kind: 'none' }

const NO_VALUES: BatchValues = { kind: 'none' }

/** Entries in a batch, except for a run of equal entries, which has no limit. */
const BATCH_ENTRIES = 16_384

/** The parts of a page. The levels determine which entries have a value. */
export type PageParts = { readonly rep: Levels; readonly def: Levels; readonly values: EncodedValues }

type PageLeaf = {
  readonly leaf: ColumnLeaf
  readonly scratch: Scratch
  readonly dictionary: Dictionary | undefined
  /** The page does not continue a row of the previous page. */
  readonly beginsRow: boolean
}

/** One page, unpacked. */
export class DataPage {
  readonly kind = 'page'
  readonly #header: PageHeader
  readonly #of: PageLeaf
  readonly #leaf: ColumnLeaf
  readonly #rep: Levels
  readonly #def: Levels
  readonly #values: ValueSource
  #left: number
  #rows = 0

  constructor(header: PageHeader, { rep, def, values }: PageParts, of: PageLeaf) {
    const { leaf, dictionary } = of
    const { encoding } = header
    this.#header = header
    this.#of = of
    this.#leaf = leaf
    this.#rep = rep
    this.#def = def
    this.#left = header.entries
    const isIndexed = encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY'
    const decode = () => decoderOf(encoding, leaf.storage, values)
    this.#values = isIndexed ? new IndexSource(values, dictionary) : new PlainSource(decode)
  }

  /** The next batch; undefined after the last. @throws ParquetDamage */
  next(): LeafBatch | undefined {
    if (this.#left === 0) return undefined
    const batch = this.#run() ?? this.#some(Math.min(BATCH_ENTRIES, this.#left))
    if (this.#left === this.#header.entries && this.#of.beginsRow && firstOf(batch.rep) !== 0) {
      throw new ParquetDamage('a page that continues a row that does not exist')
    }
    this.#left -= batch.entries
    this.#rows += countLevel(batch.rep, 0, batch.entries)
    if (this.#left === 0) refuseRows(this.#header, this.#rows)
    return batch
  }

  /** A long run takes no longer than a short one: ten kilobytes may hold sixty million nulls. */
  #run(): LeafBatch | undefined {
    const entries = Math.min(this.#left, this.#def.run, this.#rep.run)
    if (entries < BATCH_ENTRIES) return undefined
    const [def, rep] = [this.#def.value, this.#rep.value]
    if (def !== this.#leaf.def) return this.#pass({ entries, def, rep, count: 0, values: NO_VALUES })
    const run = Math.min(entries, this.#values.run)
    if (run < BATCH_ENTRIES) return undefined
    return this.#pass({ entries: run, def, rep, count: run, values: this.#values.passRun(run) })
  }

  #pass(batch: LeafBatch): LeafBatch {
    this.#def.pass(batch.entries)
    this.#rep.pass(batch.entries)
    return this.#checked(batch)
  }

  #some(entries: number): LeafBatch {
    const { scratch } = this.#of
    const def = takeLevels(this.#def, entries, () => scratch.levels('def', entries))
    const rep = takeLevels(this.#rep, entries, () => scratch.levels('rep', entries))
    const count = countLevel(def, this.#leaf.def, entries)
    const values = count === 0 ? NO_VALUES : this.#values.next(count)
    return this.#checked({ entries, def, rep, count, values })
  }

  /** Levels higher than those of the leaf would lead the code that follows them to wrong places. */
  #checked(batch: LeafBatch): LeafBatch {
    if (highestOf(batch.def) > this.#leaf.def || highestOf(batch.rep) > this.#leaf.rep) {
      throw new ParquetDamage('levels that its column does not have')
    }
    return batch
  }
}

function takeLevels(levels: Levels, entries: number, room: () => Uint8Array): Uint8Array | number {
  if (levels.run >= entries) {
    const { value } = levels
    levels.pass(entries)
    return value
  }
  const out = room()
  levels.read(out, entries)
  return out
}

function firstOf(levels: Uint8Array | number): number {
  return typeof levels === 'number' ? levels : (levels[0] ?? 0)
}

function countLevel(levels: Uint8Array | number, level: number, entries: number): number {
  if (typeof levels === 'number') return levels === level ? entries : 0
  let count = 0
  for (let at = 0; at < levels.length; at++) if (levels[at] === level) count++
  return count
}

function highestOf(levels: Uint8Array | number): number {
  if (typeof levels === 'number') return levels
  let highest = 0
  for (let at = 0; at < levels.length; at++) {
    const level = levels[at] ?? 0
    if (level > highest) highest = level
  }
  return highest
}

type ValueSource = {
  /** How many of the next values are certain to be the same. */
  readonly run: number
  passRun(count: number): BatchValues
  next(count: number): BatchValues
}

class PlainSource implements ValueSource {
  readonly run = 0
  readonly #make: () => Decoder
  #decoder: Decoder | undefined

  /** The decoder is made on demand, because a page without values may have no valid bytes for it. */
  constructor(make: () => Decoder) {
    this.#make = make
  }

  passRun(count: number): BatchValues {
    return this.next(count)
  }

  next(count: number): BatchValues {
    this.#decoder ??= this.#make()
    return { kind: 'plain', raw: this.#decoder.next(count) }
  }
}

class IndexSource implements ValueSource {
  readonly #span: EncodedValues
  readonly #dictionary: Dictionary | undefined
  #levels: Levels | undefined

  constructor(span: EncodedValues, dictionary: Dictionary | undefined) {
    this.#span = span
    this.#dictionary = dictionary
  }

  get run(): number {
    return this.#open().levels.run
  }

  passRun(count: number): BatchValues {
    const { levels, dictionary } = this.#open()
    const index = levels.value
    levels.pass(count)
    if (index >= dictionary.count) throw outside()
    return { kind: 'repeated', index, dictionary }
  }

  next(count: number): BatchValues {
    const { levels, dictionary } = this.#open()
    if (levels.run >= count) return this.passRun(count)
    const indices = this.#span.scratch.integers('indices', count)
    levels.read(indices, count)
    for (let at = 0; at < count; at++) if ((indices[at] ?? 0) >>> 0 >= dictionary.count) throw outside()
    return { kind: 'indices', indices, dictionary }
  }

  #open(): { readonly levels: Levels; readonly dictionary: Dictionary } {
    const dictionary = this.#dictionary
    if (dictionary === undefined) throw new ParquetDamage('a page whose dictionary is missing')
    this.#levels ??= dictionaryIndices(this.#span)
    return { levels: this.#levels, dictionary }
  }
}

function outside(): ParquetDamage {
  return new ParquetDamage('a page that points outside of its dictionary')
}

/** Compares the counted rows with the number in the page header, if the header has one. */
export function refuseRows({ rows }: PageHeader, counted: number): void {
  if (rows !== undefined && rows !== counted) throw new ParquetDamage('a page with another number of rows than it says')
}
