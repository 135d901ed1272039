import type { Transfer } from '../plan/loads.ts'
import { TELLING_BYTES, type Pace } from './pace.ts'
import { FIRST_PIECE_BYTES } from './request-bytes.ts'

/**
 * What goes first and alone, to tell how fast the line is before several large files are on it at once: the smallest that
 * tells anything. None where that is known, or where nothing is large.
 */
export function scoutOf(transfers: readonly Transfer[], pace: Pace): Transfer | undefined {
  const isKnown = pace.carries(1) !== undefined
  const large = transfers.filter(({ content, how }) => how === 'whole' && content.size > FIRST_PIECE_BYTES)
  if (isKnown || large.length < 2) return undefined
  const telling = transfers.filter(({ content }) => content.size >= TELLING_BYTES)
  return telling.toSorted((a, b) => a.content.size - b.content.size)[0]
}
