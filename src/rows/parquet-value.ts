/** A calendar day of a DATE column; a point in time (TIMESTAMP, INT96) is a plain `Date`. Out of range, both are invalid. */
export class CalendarDay extends Date {
  override toJSON(): string {
    return this.toISOString().slice(0, 10)
  }
}

/** How hyparquet makes values of columns that need more than a primitive; it makes them of what stands in the file alone. */
export const PARQUET_PARSERS = { dateFromDays: (days: number) => new CalendarDay(days * 86_400_000) }

/**
 * A value as hyparquet reads it, as JSON would hold it: an absent value is left out of its record, an INT64 is a number
 * where it fits. What stays is what JSON doesn't know: bigint beyond 2^53, `Date`, {@link CalendarDay}, bytes.
 */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return isSafe(value) ? Number(value) : value
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  if (Array.isArray(value)) return value.map((item: unknown) => plainValue(item) ?? null)
  return ArrayBuffer.isView(value) ? value : plainRecord(value)
}

export function plainRecord(record: object): Readonly<Record<string, unknown>> {
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined && value !== null) plain[name] = plainValue(value)
  }
  return plain
}

function isSafe(value: bigint): boolean {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
}
