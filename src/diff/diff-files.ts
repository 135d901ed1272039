import { type StoreSetup, RowStore } from './row-store.ts'
import { type CompareLimits, type Comparison, type RepeatedKey, type RowSpot, compareRows } from './compare-rows.ts'
import { type LineFinder, type ReadingTools, type RowFile, findLines, storeRows } from './read-rows.ts'
import type { FilePlace, RowDiff, RowSample } from './row-diff.ts'
import type { ChosenKey } from './row-key.ts'
import { type Showing, shownFields } from './shown-fields.ts'

export type FilesToCompare = Showing & {
  readonly base: readonly RowFile[]
  readonly head: readonly RowFile[]
  readonly key: ChosenKey
}

/** The result of comparing rows with the current files, wherever the other rows are from. */
export type FilesDiff = Omit<RowDiff, 'kind' | 'base' | 'way'> & RepeatedRows

/** A row of the current files that has the key of an earlier row. */
export type RepeatedRow = FilePlace & { readonly first: FilePlace }

/**
 * The first rows that have the key of an earlier row, including the first of each file, and their number in each file
 * that has any.
 */
export type RepeatedRows = {
  readonly repeated: readonly RepeatedRow[]
  readonly repeatedIn: ReadonlyMap<string, number>
}

/**
 * Compares the rows of two sets of files, of any size, in bounded memory. @throws Problem when a file has changed, the
 * disk is full, or rows cannot be distinguished; the signal's reason
 */
export async function diffFiles(
  { base, head, key, ...showing }: FilesToCompare,
  tools: ReadingTools & StoreSetup & { readonly limits?: CompareLimits },
): Promise<FilesDiff> {
  await using store = new RowStore(tools)
  const plan = key.plan
  const lost = await storeRows(base, { store, side: 'base', key: plan }, tools)
  const unread = await storeRows(head, { store, side: 'head', key: plan }, tools)
  const found = await compareRows(store, tools.limits)
  const removed = found.samples.filter(({ change }) => change === 'removed')
  const inBase = await findLines(base, removed, tools.signal)
  const inHead = await findLines(head, [...headSpots(found)], tools.signal)
  const { samples, repeated, repeatedIn, keyless, fields, ...counts } = found
  return {
    ...counts,
    key: key.key,
    keyless: plan.kind === 'whole-row' ? 0 : keyless,
    unreadable: lost.rows + unread.rows,
    ...(lost.first && { unreadableBase: { ...lost.first, rows: lost.rows } }),
    fields: shownFields(fields, showing),
    samples: samples.map(({ change, ...spot }): RowSample =>
      change === 'removed' ? { change, ...placeOf(base, spot, inBase) } : { change, ...placeOf(head, spot, inHead) },
    ),
    repeated: repeated.map((one) => repeatedRow(one, head, inHead)),
    repeatedIn: new Map(Array.from(repeatedIn, ([file, rows]) => [head[file]?.path ?? '', rows])),
  }
}

function* headSpots({ samples, repeated }: Comparison): Generator<RowSpot> {
  for (const sample of samples) if (sample.change !== 'removed') yield sample
  for (const one of repeated) {
    yield one
    yield one.first
  }
}

function placeOf(files: readonly RowFile[], spot: RowSpot, lineOf: LineFinder): FilePlace {
  return { file: files[spot.file]?.path ?? '', line: lineOf(spot) }
}

function repeatedRow(one: RepeatedKey, head: readonly RowFile[], lineOf: LineFinder): RepeatedRow {
  return { ...placeOf(head, one, lineOf), first: placeOf(head, one.first, lineOf) }
}
