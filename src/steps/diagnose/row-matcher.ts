import { joined, NOTHING, type Extent } from '../../rows/extent.ts'
import { placeAt, type RowPlace, type RowSink, type Where } from '../../rows/row.ts'
import { recordKey, textKey, type Origin } from './record-key.ts'
import type { RejectedRow } from './rejected-row.ts'

/** Where a record stands. */
export type SourcePlace = { readonly file: string; readonly place: RowPlace }

/** One record that is sought, however many rows with that content were rejected. */
export type Wanted = {
  /** Of what is wrong with it, to be pointed at. */
  readonly pointer: string
  /** Indices of the rejected rows that are this record. */
  readonly rows: number[]
  /** Where the files hold it, the first of them. */
  readonly places: SourcePlace[]
  /** How often they hold it. */
  count: number
}

/** Where a part of a file begins. */
type Beginning = { readonly file: string; readonly extent: Extent; readonly rows: number }

/** Of a record that was rejected once; of another as many as may have to be told apart. */
const MOST_PLACES = 10

/** Looks at every record of the files and keeps where those stand that are sought. */
export class RowMatcher implements RowSink {
  #wanted = new Map<string, Wanted>()
  #origin: Origin
  #at: Beginning = { file: '', extent: NOTHING, rows: 0 }

  constructor(rows: readonly RejectedRow[], origin: Origin) {
    this.#origin = origin
    for (const [index, { key, errors }] of rows.entries()) {
      const known = this.#wanted.get(key)
      if (known !== undefined) known.rows.push(index)
      else this.#wanted.set(key, { pointer: errors[0]?.pointer ?? '', rows: [index], places: [], count: 0 })
    }
  }

  begin(at: Beginning): void {
    this.#at = at
  }

  text(text: string, where: Where): void {
    this.#look(textKey(text), where)
  }

  value(value: Readonly<Record<string, unknown>>, where: Where): void {
    this.#look(recordKey(value, this.#origin), where)
  }

  /** What the readers can't make a record of has no content to be recognised by. */
  corrupt(): void {}

  wanted(): Iterable<Wanted> {
    return this.#wanted.values()
  }

  #look(key: string, where: Where): void {
    const wanted = this.#wanted.get(key)
    if (wanted === undefined) return
    wanted.count++
    if (wanted.places.length >= Math.max(MOST_PLACES, wanted.rows.length)) return
    wanted.places.push({ file: this.#at.file, place: behind(this.#at, where.placeOf(wanted.pointer)) })
  }
}

function behind({ extent, rows }: Beginning, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: rows + place.row }
  return placeAt(joined(extent, { lines: place.line - 1, columns: place.column - 1 }))
}
