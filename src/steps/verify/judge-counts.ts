import type { BatchRecord } from '../../platform/batch-record.ts'

/** Rows that a batch carried; undefined where they are not counted (CSV). */
export type Sent = {
  readonly rows: number | undefined
  /** Rows of it that the data lake holds; undefined where that is unknown. */
  readonly readBack: number | undefined
  /** The batch that has taken its place, where one has. */
  readonly successor?: string | undefined
}

export type CountVerdict = {
  readonly isWhole: boolean
  readonly rejected: number | undefined
  readonly hasSurplus: boolean
  readonly notes: readonly string[]
}

/** Some rows were dropped, below the threshold ("Error diagnostics" guide): the batch is a success all the same. */
const PARTIAL = 'INGEST-1212-400'

/**
 * Whether what the platform counted adds up to what was sent. Rejected are the most of: what it says failed, read less
 * written, sent less read (or written, where nobody says what was read), sent or written less read back; each only where
 * both sides are known. A surplus is more than was sent, or more read back than written.
 */
export function judgeCounts({ counts, errors }: BatchRecord, sent: Sent): CountVerdict {
  const arrived = counts.read ?? counts.written
  const losses = [
    counts.failed,
    less(counts.read, counts.written),
    less(sent.rows, arrived),
    less(sent.rows, sent.readBack),
    less(counts.written, sent.readBack),
  ]
  const known = losses.filter((loss) => loss !== undefined)
  const rejected = known.length === 0 ? undefined : Math.max(0, ...known)
  const hasSurplus = [
    less(counts.read, sent.rows),
    less(counts.written, sent.rows),
    less(sent.readBack, counts.written),
  ].some((surplus) => surplus !== undefined && surplus > 0)
  const isPartial = errors.some(({ code }) => code === PARTIAL)
  const lost = rejected ?? 0
  return {
    isWhole: lost === 0 && !isPartial && !hasSurplus,
    rejected: isPartial && lost === 0 ? undefined : rejected,
    hasSurplus,
    notes: [...surplusNote(hasSurplus, counts, sent), ...differenceNote(counts, sent), ...gaps(counts, sent)],
  }
}

function less(from: number | undefined, what: number | undefined): number | undefined {
  return from === undefined || what === undefined ? undefined : from - what
}

function surplusNote(hasSurplus: boolean, counts: BatchRecord['counts'], { rows, readBack }: Sent): readonly string[] {
  if (!hasSurplus) return []
  return [
    `The platform has more rows than were sent, or than it says: ${rows ?? '?'} sent, ${counts.read ?? '?'} read, ${counts.written ?? '?'} written, ${readBack ?? '?'} read back.`,
  ]
}

/** The metrics say one thing and the files another. */
function differenceNote({ written }: BatchRecord['counts'], { readBack }: Sent): readonly string[] {
  if (written === undefined || readBack === undefined || written === readBack) return []
  return [`The platform counts ${written} rows written, and its files hold ${readBack}.`]
}

function gaps(counts: BatchRecord['counts'], { rows }: Sent): readonly string[] {
  if (counts.read === undefined && counts.written === undefined && counts.failed === undefined) {
    return ['The platform gave no row counts, so they could not be compared.']
  }
  return rows === undefined
    ? ['How many rows were sent is not known here (those of CSV files are not counted), so it could not be compared.']
    : []
}
