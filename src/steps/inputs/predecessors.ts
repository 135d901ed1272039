import { read, refuse, type Reading } from './reading.ts'

/** What the content is to take the place of, as the workflow says it. */
export type Predecessors =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'previous' }
  | { readonly kind: 'ids'; readonly ids: readonly string[] }

/** `previous`, or ids of batches, one a line or comma-separated; an id given twice counts once. */
export function readPredecessors(text: string): Reading<Predecessors> {
  const words = [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))]
  if (words.length === 0) return read({ kind: 'nothing' })
  if (words.length === 1 && words[0] === 'previous') return read({ kind: 'previous' })
  const allowed = '"previous", or ids of batches, one a line or comma-separated; not both'
  const wrong = words.filter((word) => word === 'previous' || !/^[A-Za-z0-9_-]{1,64}$/.test(word))
  if (wrong.length > 0) return refuse(...wrong.map((value) => ({ value, allowed })))
  return read({ kind: 'ids', ids: words })
}
