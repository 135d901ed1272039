import { fingerprint, type Reading } from './plan/fingerprint.ts'
import { MOST_BYTES, MOST_FILES } from './plan/limits.ts'
import { loads, type Load, type Transfer } from './plan/loads.ts'
import type { CheckedFile } from './preflight.ts'

export type BatchPlan = {
  readonly transfers: readonly Transfer[]
  /** The files whose records it brings, in the order of their names. */
  readonly sources: readonly CheckedFile[]
  /** That travel. */
  readonly bytes: number
  /** Undefined where rows are not counted (CSV). */
  readonly rows: number | undefined
  readonly part: { readonly number: number; readonly of: number }
  /** Of this batch's own content. */
  readonly fingerprint: string
}

/**
 * Brings the files into as few batches as the limits allow. A file is never in two of them.
 *
 * | limit of a batch      | value           |
 * |-----------------------|-----------------|
 * | files, as they travel | 1,500           |
 * | bytes                 | 100 GB          |
 */
export function plan(files: readonly CheckedFile[], reading: Reading): readonly BatchPlan[] {
  const batches = cut(loads(files))
  return batches.map((batch, index) => {
    const transfers = batch.flat()
    const carried = new Set(transfers.flatMap((transfer) => transfer.sources))
    const sources = files.filter((file) => carried.has(file))
    return {
      transfers,
      sources,
      bytes: sum(transfers.map(({ content }) => content.size)),
      rows: sumKnown(sources.map(({ rows }) => rows)),
      part: { number: index + 1, of: batches.length },
      fingerprint: fingerprint(reading, sources),
    }
  })
}

function cut(all: readonly Load[]): readonly (readonly Load[])[] {
  const batches: Load[][] = []
  let room = { files: 0, bytes: 0 }
  for (const load of all) {
    const { length } = load
    const bytes = sum(load.map(({ content }) => content.size))
    const last = batches.at(-1)
    if (last !== undefined && length <= room.files && bytes <= room.bytes) last.push(load)
    else {
      batches.push([load])
      room = { files: MOST_FILES, bytes: MOST_BYTES }
    }
    room = { files: room.files - length, bytes: room.bytes - bytes }
  }
  return batches
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Undefined when one of them is. */
export function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined)
  return known.length === numbers.length ? sum(known) : undefined
}
