import type { CheckedFile } from '../files/read.ts'
import { type QuickCheck, type SliceChecker, checkFile } from '../formats/check.ts'
import { LineBuffer, type SliceConversion } from '../formats/conversion.ts'
import { createLocalChecker } from '../formats/pool.ts'
import type { FileFindings } from '../formats/results.ts'
import { FORMATS } from '../formats/formats.ts'
import { runConcurrently } from '../lib/async.ts'
import type { RowSpot } from './compare-rows.ts'
import type { DigestSetup } from './digest.ts'
import { DigestReader } from './digest-stream.ts'
import type { FilePlace } from './row-diff.ts'
import type { RowStore, SideName } from './row-store.ts'

/** The parts of a file that are needed to read its rows again. */
export type RowFile = Pick<CheckedFile, 'path' | 'sentName' | 'source' | 'shape' | 'mapping'>

export type ReadingTools = {
  readonly openDigests: (setup: DigestSetup) => SliceChecker
  readonly signal: AbortSignal
}

type SideToStore = { readonly store: RowStore; readonly side: SideName; readonly key: DigestSetup['key'] }

/** One file is read while another waits for its threads. */
const WIDTH = 2

/** Rows that can't be read, and the first of them. */
export type LostRows = { readonly rows: number; readonly first: FilePlace | undefined }

/**
 * Stores the digest of every row. Rows are read as validation reads them, and mapped as they are sent.
 *
 * @returns the rows that could not be read. @throws Problem when a file has changed, or the disk is full
 */
export async function storeRows(
  files: readonly RowFile[],
  { store, side, key }: SideToStore,
  { openDigests, signal }: ReadingTools,
): Promise<LostRows> {
  let unreadable = 0
  const first: (FilePlace | undefined)[] = files.map(() => undefined)
  await using checker = openDigests({ key, plan: files[0]?.mapping?.plan })
  await runConcurrently(
    files.map((file, index) => ({ file, index })),
    { width: WIDTH, signal },
    async ({ file: { path, source, shape, sentName: name }, index }, sibling) => {
      let rows = 0
      const reader = new DigestReader({
        field: (pointer) => store.field(pointer),
        row: (digest) => store.add(side, digest, { file: index, row: rows++ }),
        gap: (skipped) => {
          rows += skipped
          unreadable += skipped
        },
      })
      const write = async (bytes: Uint8Array<ArrayBuffer>) => {
        reader.read(bytes)
        await store.relieve()
      }
      const found = await checkFile({ content: source, shape }, { checker, signal: sibling, sending: { name, write } })
      first[index] = firstPlace(path, found)
    },
  )
  return { rows: unreadable, first: first.find((place) => place !== undefined) }
}

/** A digest has no findings except rows that cannot be read. */
function firstPlace(file: string, { findings }: FileFindings): FilePlace | undefined {
  const places = findings.flatMap(({ first: [one] }) => one?.place ?? [])
  const lines = places.map((place) => (place.kind === 'row' ? place.row : place.line))
  return lines.length === 0 ? undefined : { file, line: Math.min(...lines) }
}

/** Finds the place of a row in its file: its line, or its number if the file has no lines, from 1. */
export type LineFinder = (spot: RowSpot) => number

/** Finds all of them together: each file that has any is read once more, without parsing its rows. */
export async function findLines(
  files: readonly RowFile[],
  spots: readonly RowSpot[],
  signal: AbortSignal,
): Promise<LineFinder> {
  const groups = Map.groupBy(spots, ({ file }) => file)
  const lines = new Map<string, number>()
  for (const [index, own] of groups) {
    const file = files[index]
    if (file === undefined || FORMATS[file.shape.format].placedBy === 'row') continue
    const wanted = [...new Set(own.map(({ row }) => row))].toSorted((a, b) => a - b)
    const places = await placesOf(file, wanted, signal)
    for (const [at, row] of wanted.entries()) lines.set(`${index}:${row}`, places[at] ?? row + 1)
  }
  return ({ file, row }) => lines.get(`${file}:${row}`) ?? row + 1
}

async function placesOf({ source, shape }: RowFile, rows: readonly number[], signal: AbortSignal) {
  await using checker = createLocalChecker(rowCounter(new Set(rows)))
  const sending = { name: '', write: async () => undefined }
  const { keys } = await checkFile({ content: source, shape }, { checker, signal, sending })
  return keys.places
}

/** Gives each wanted row its number as a key, and no key to other rows. */
function rowCounter(wanted: ReadonlySet<number>): QuickCheck {
  let rows = 0
  const next = () => {
    const row = rows++
    return wanted.has(row) ? String(row) : undefined
  }
  const begin = (): SliceConversion => ({
    text: next,
    value: next,
    corrupt: (issue, skipped) => {
      rows += skipped
      return issue
    },
    trace: (issue) => issue,
    lines: new LineBuffer(),
    counts: new Float64Array(0),
  })
  return { conversion: { isInOrder: true, isSlow: false, begin }, text: next, value: next }
}
