/** Receives the rows of a file as they are read. It uses calls, not a stream of objects: a GiB holds millions of rows. */
export type RowSink = {
  record(record: Readonly<Record<string, unknown>>): void
  /** Text found in place of a row. */
  corrupt(text: string): void
  /** Rows that are counted but not read. */
  unread(rows: number): void
}
