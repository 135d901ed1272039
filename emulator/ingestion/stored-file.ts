/** An uploaded file at rest. `read` gives the bytes from `start` up to, not including, `end`. */
export type StoredFile = {
  readonly name: string
  /** In bytes. */
  readonly size: number
  read(start: number, end: number): Promise<Uint8Array>
}
