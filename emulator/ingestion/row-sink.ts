/** Takes the rows of a file as they are read. Calls instead of a stream of objects: a GiB holds millions of rows. */
export type RowSink = {
  record(record: Readonly<Record<string, unknown>>): void
  /** Text that stands where a row should be. */
  corrupt(text: string): void
  /** Rows that are known to be there and are not looked into. */
  unread(rows: number): void
}
