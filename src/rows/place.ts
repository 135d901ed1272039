/** Where a byte stands in its file. Line and column begin at 1, `offset` at 0; lines end with a line feed, columns count bytes. */
export type Place = { readonly line: number; readonly column: number; readonly offset: number }
