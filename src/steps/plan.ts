import type { Content } from '../base/content.ts'
import { fingerprint, type Reading } from './plan/fingerprint.ts'
import { MOST_BYTES, MOST_BYTES_WHOLE, MOST_FILES } from './plan/limits.ts'
import type { CheckedFile } from './preflight.ts'

/** One file of a batch, as it travels. */
export type Transfer = {
  readonly remoteName: string
  readonly content: Content
  readonly how: 'whole' | 'chunked'
}

export type BatchPlan = {
  readonly transfers: readonly Transfer[]
  /** That travel. */
  readonly bytes: number
  /** Undefined where rows are not counted (CSV). */
  readonly rows: number | undefined
  readonly part: { readonly number: number; readonly of: number }
  /** Of this batch's own content. */
  readonly fingerprint: string
}

/**
 * Cuts the files, in their order, into as few batches as the limits allow.
 *
 * | limit of a batch | value           |
 * |------------------|-----------------|
 * | files            | 1,500           |
 * | bytes            | 100 GB          |
 */
export function plan(files: readonly CheckedFile[], reading: Reading): readonly BatchPlan[] {
  const groups = cut(files)
  return groups.map((group, index) => ({
    transfers: group.map(transfer),
    bytes: sum(group.map(({ content }) => content.size)),
    rows: sumKnown(group.map(({ rows }) => rows)),
    part: { number: index + 1, of: groups.length },
    fingerprint: fingerprint(reading, group),
  }))
}

function cut(files: readonly CheckedFile[]): readonly (readonly CheckedFile[])[] {
  const groups: CheckedFile[][] = []
  let bytes = 0
  for (const file of files) {
    const last = groups.at(-1)
    if (last !== undefined && last.length < MOST_FILES && bytes + file.content.size <= MOST_BYTES) {
      last.push(file)
      bytes += file.content.size
    } else {
      groups.push([file])
      bytes = file.content.size
    }
  }
  return groups
}

function transfer({ name, content }: CheckedFile): Transfer {
  return { remoteName: name, content, how: content.size > MOST_BYTES_WHOLE ? 'chunked' : 'whole' }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Undefined when one of them is. */
export function sumKnown(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((number) => number !== undefined)
  return known.length === numbers.length ? sum(known) : undefined
}
