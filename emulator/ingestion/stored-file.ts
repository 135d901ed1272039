/** An uploaded file. `read` returns the bytes from `start` up to but not including `end`. */
export type StoredFile = {
  readonly name: string
  /** In bytes. */
  readonly size: number
  read(start: number, end: number): Promise<Uint8Array>
}
