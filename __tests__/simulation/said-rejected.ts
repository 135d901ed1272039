import { objectOf } from '../../emulator/json.ts'

/** A rejected row, and where it stands; `found` alone has a place. */
export type SaidRow = {
  readonly kind: string
  readonly file: string
  readonly line: number | undefined
  /** JSON pointer to the value that is bad; empty where nobody knows. */
  readonly pointer: string
}

/** What a report says of the rejected rows of one batch. */
export type SaidRejected = {
  /** These are all that were rejected. */
  readonly isWhole: boolean
  readonly rows: readonly SaidRow[]
}

/** Reads a JSON report, batch by batch; nothing of a batch of which it says nothing. */
export function saidIn(report: string): readonly SaidRejected[] {
  return listOf(objectOf(JSON.parse(report))['batches']).flatMap((batch) => {
    const { rejected } = objectOf(batch)
    if (rejected === null || rejected === undefined) return []
    const { isWhole, rows } = objectOf(rejected)
    return [{ isWhole: isWhole === true, rows: listOf(rows).map(rowOf) }]
  })
}

function rowOf(row: unknown): SaidRow {
  const { found, pointer } = objectOf(row)
  const { kind, file, place } = objectOf(found)
  const { line } = objectOf(place)
  const at = { file: String(file), line: typeof line === 'number' ? line : undefined }
  return { kind: String(kind), ...at, pointer: String(pointer) }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
