import { createHash } from 'node:crypto'
import { compareBytes } from '../lib/text.ts'
import type { CheckedExpression } from './expression/check.ts'
import { canonicalText } from './expression/syntax.ts'
import type { MappingTarget } from './target.ts'

/** The meaning of a mapping set. Sets with one formula map the same rows to the same records, in any version of this action. */
export type Formula = {
  readonly text: string
  /** Hexadecimal. */
  readonly sha256: string
}

type FormulaEntry = { readonly target: MappingTarget; readonly checked: CheckedExpression }

/**
 * The formula must never change while the meaning stays the same: a new formula would cause all data to be sent again. A
 * change to the meaning of expressions needs another number at its beginning.
 */
export function formulaOf(entries: readonly FormulaEntry[]): Formula {
  const lines = entries.map(
    ({ target, checked }) => `${JSON.stringify(target.text)}=${canonicalText(checked.expression)}`,
  )
  const text = ['mapping 1', ...lines.toSorted(compareBytes)].join('\n')
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}
