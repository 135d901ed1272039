import type { ParquetParsers } from 'hyparquet'

/** Times of Parquet as the texts that JSON would hold, so that one set of rules serves all formats. */
export const PARQUET_PARSERS: Partial<ParquetParsers> = {
  dateFromDays: (days) => isoText(days * 86_400_000).slice(0, 10),
  timestampFromMilliseconds: (millis) => isoText(Number(millis)),
  timestampFromMicroseconds: (micros) => isoText(Number(micros / 1_000n)),
  timestampFromNanoseconds: (nanos) => isoText(Number(nanos / 1_000_000n)),
}

/** A DATE column that holds seconds gives days beyond the calendar: they must become a row with an error, not break the reader. */
function isoText(epochMs: number): string {
  const time = new Date(epochMs)
  return Number.isNaN(time.getTime()) ? 'unreadable' : time.toISOString()
}
