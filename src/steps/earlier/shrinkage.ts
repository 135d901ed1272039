import { count } from '../../base/words.ts'
import { sumKnown } from '../plan.ts'
import type { Held } from './survey.ts'
import type { Wanted } from './wanted.ts'

export type Shrinkage = { readonly message: string; readonly remedy: string }

/**
 * Whether the content has so much fewer rows than what it would replace that it looks like half an export. Batches of this
 * same content don't count: what is left of them says nothing of the whole.
 *
 * @returns undefined when it has not, or when one of the two numbers isn't known.
 */
export function shrinkage(
  { rows, publish, maxShrinkPercent }: Wanted,
  replaced: readonly Held[],
): Shrinkage | undefined {
  const others = replaced.filter(({ mark }) => mark.publish !== publish)
  const before = sumKnown(others.map(({ record: { counts } }) => counts.written ?? counts.read))
  if (rows === undefined || before === undefined || before === 0) return undefined
  const percent = ((before - rows) / before) * 100
  if (percent <= maxShrinkPercent + ROUNDING) return undefined
  const ids = [...new Set(others.map(({ record }) => record.id))].join(', ')
  return {
    message: `this content has ${count(rows, 'row')}, ${rounded(percent)} % fewer than the ${count(before, 'row')} that it would replace (${ids}), and "max-shrink-percent" is ${maxShrinkPercent}`,
    remedy: 'If so many rows are to go, set "max-shrink-percent" higher for one run; 100 allows everything.',
  }
}

/** 45 of 100 rows are 55 % fewer, though binary fractions make it 55.00000000000001. */
const ROUNDING = 1e-9

/** Never rounded to the limit itself, which would read as if it were allowed. */
function rounded(percent: number): string {
  return String(Math.ceil(percent * 10 - ROUNDING) / 10)
}
