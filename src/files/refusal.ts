import { Problem } from '../lib/errors.ts'
import { count, listFirst } from '../lib/text.ts'

/** A file that must not be sent: which, what is wrong with it, what to do. */
export type FileRefusal = {
  readonly path: string
  readonly reason: string
  readonly remedy: string
  /** Where in the file, when it is a matter of one place; both count from 1. */
  readonly place?: { readonly line: number; readonly column: number } | undefined
}

/** Files or records must not be sent; nothing was. */
export class InvalidFiles extends Problem {
  override readonly name = 'InvalidFiles'
  readonly refusals: readonly FileRefusal[]

  constructor(refusals: readonly FileRefusal[]) {
    const [first, ...others] = new Set(refusals.map(({ remedy }) => remedy))
    // What helps one file is no help for another.
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
