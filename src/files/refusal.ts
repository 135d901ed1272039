import { Problem } from '../lib/errors.ts'
import { count, listFirst } from '../lib/text.ts'

/** A file that must not be sent: its path, the reason, and the remedy. */
export type FileRefusal = {
  readonly path: string
  readonly reason: string
  readonly remedy: string
  /** The place in the file, if the reason concerns one place; both numbers count from 1. */
  readonly place?: { readonly line: number; readonly column: number } | undefined
}

/** Files or records must not be sent; nothing was sent. */
export class InvalidFiles extends Problem {
  override readonly name = 'InvalidFiles'
  readonly refusals: readonly FileRefusal[]

  constructor(refusals: readonly FileRefusal[]) {
    const [first, ...others] = new Set(refusals.map(({ remedy }) => remedy))
    // The remedy for one file does not help another.
    const isOwn = others.length > 0
    const lines = refusals.map(
      ({ path, reason, remedy }) => `${JSON.stringify(path)} ${reason}${isOwn ? `. ${remedy}` : ''}`,
    )
    const files = new Set(refusals.map(({ path }) => path)).size
    super(`Cannot publish ${count(files, 'file')}; nothing was sent:\n${listFirst(lines, 'problem')}`, {
      remedy: isOwn ? 'Fix each file as its line says, or exclude it.' : (first ?? ''),
    })
    this.refusals = refusals
  }
}

/** @throws InvalidFiles when there is any. */
export function refuse(refusals: readonly FileRefusal[]): void {
  if (refusals.length > 0) throw new InvalidFiles(refusals)
}
