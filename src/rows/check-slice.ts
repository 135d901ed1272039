import { Inspector, type SliceResult } from './inspector.ts'
import { readSlice, type Slice } from './read-slice.ts'
import type { RowCheck } from './row.ts'

/** Every record of a slice, in order. Throws what the check throws, but a SyntaxError, which makes a record corrupt. */
export async function checkSlice(slice: Slice, check: RowCheck): Promise<SliceResult> {
  const inspector = new Inspector(check)
  const extent = await readSlice(slice, inspector)
  return inspector.result(extent)
}
