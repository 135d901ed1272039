import type { Mode } from '../settings.ts'
import type { Piece } from '../state.ts'

/** `bytes 0-99`, also with `/100` or `/*` at the end; lenient mode accepts `0-99` too. */
export function parseContentRange(text: string, mode: Mode): Omit<Piece, 'sha256'> | undefined {
  const unit = mode === 'strict' ? 'bytes ' : '(?:bytes[ =])?'
  const found = text.trim().match(new RegExp(`^${unit}(\\d+)-(\\d+)(?:/(\\d+|\\*))?$`))
  if (!found) return undefined
  const [start, end] = [Number(found[1]), Number(found[2])]
  const total = found[3] === undefined || found[3] === '*' ? Infinity : Number(found[3])
  return start <= end && end < total ? { start, end } : undefined
}

/** The position of the first missing byte; all bytes before it have arrived. */
export function contiguousBytes(pieces: readonly Piece[]): number {
  return inOrder(pieces).reduce(
    (reached, piece) => (piece.start <= reached ? Math.max(reached, piece.end + 1) : reached),
    0,
  )
}

/** The reason why the chunks do not form a file, if any. Troubleshooting guide: checked only when the file is completed. */
export function pieceFault(pieces: readonly Piece[], mode: Mode): string | undefined {
  const kept = mode === 'strict' ? pieces : withoutRepeats(pieces)
  let reached = 0
  for (const piece of inOrder(kept)) {
    if (piece.start > reached) return `Bytes ${reached}-${piece.start - 1} are missing.`
    if (piece.start < reached) return `Bytes ${piece.start}-${Math.min(piece.end, reached - 1)} overlap.`
    reached = piece.end + 1
  }
  return undefined
}

function withoutRepeats(pieces: readonly Piece[]): readonly Piece[] {
  const unique = new Map(pieces.map((piece) => [`${piece.start}-${piece.end}-${piece.sha256}`, piece]))
  return [...unique.values()]
}

function inOrder(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.toSorted((one, other) => one.start - other.start || one.end - other.end)
}
