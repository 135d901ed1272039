import { createHash } from 'node:crypto'
import { compareBytes } from '../lib/text.ts'
import type { CheckedExpression } from './expression/check.ts'
import { canonicalText } from './expression/syntax.ts'
import type { MappingTarget } from './target.ts'

/** What a mapping set means. Two sets of one formula make the same records of the same rows, with any version of this action. */
export type Formula = {
  readonly text: string
  /** Hexadecimal. */
  readonly sha256: string
}

type FormulaEntry = { readonly target: MappingTarget; readonly checked: CheckedExpression }

/**
 * Never to be changed for the same meaning: a formula that was not known before would send all data again. A change of
 * what an expression means needs another number at its beginning.
 */
export function formulaOf(entries: readonly FormulaEntry[]): Formula {
  const lines = entries.map(
    ({ target, checked }) => `${JSON.stringify(target.text)}=${canonicalText(checked.expression)}`,
  )
  const text = ['mapping 1', ...lines.toSorted(compareBytes)].join('\n')
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}
