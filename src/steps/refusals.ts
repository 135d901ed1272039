import { Problem } from '../base/problem.ts'
import { count } from '../base/words.ts'

/** A file that must not be sent: which, what is wrong with it, what to do. */
export type Refusal = {
  readonly path: string
  readonly reason: string
  readonly remedy: string
  /** Where in the file, when it is a matter of one place; both count from 1. */
  readonly place?: { readonly line: number; readonly column: number } | undefined
}

/** Files or records must not be sent; nothing was. */
export class InvalidFiles extends Problem {
  override readonly name = 'InvalidFiles'
  readonly refusals: readonly Refusal[]

  constructor(refusals: readonly Refusal[]) {
    const lines = refusals.map(({ path, reason }) => `- ${JSON.stringify(path)} ${reason}`)
    const remedies = [...new Set(refusals.map(({ remedy }) => remedy))]
    super(`Cannot publish ${count(refusals.length, 'file')}; nothing was sent:\n${lines.join('\n')}`, {
      remedy: remedies.join('\n'),
    })
    this.refusals = refusals
  }
}

/** @throws InvalidFiles when there is any. */
export function refuse(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) throw new InvalidFiles(refusals)
}
