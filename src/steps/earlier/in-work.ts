import { isEarlierAttempt, isSameContent, wholeness } from './held-content.ts'
import { isPastComplete } from './overtaken.ts'
import { sharesClash } from './shares.ts'
import type { Held, Survey } from './survey.ts'
import type { Wanted } from './wanted.ts'

/** In work, and what becomes of it decides what is to be done. */
export function concernsUs(held: Held, wanted: Wanted): boolean {
  const { standing, mark } = held
  if (standing !== 'in work' && standing !== 'stalled') return false
  if (isSameContent(wanted, held)) return true
  const isOurs = mark.publication === wanted.publication
  return isOurs && (wanted.asked.kind === 'previous' || isEarlierAttempt(wanted, mark))
}

/** Left open by an earlier attempt of this run: it is aborted. */
export function isLeftover({ standing, mark }: Held, wanted: Wanted): boolean {
  return standing === 'open' && mark.publication === wanted.publication && isEarlierAttempt(wanted, mark)
}

/** What is to be done about what is in work and concerns us. `left`: it is this content, whole, and ends as submitted. */
export type InWork =
  | { readonly kind: 'waited for' | 'left' }
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string }

export type Pending = {
  readonly pending: readonly Held[]
  readonly seen: Survey
  /** `wait: false` waits for nothing. */
  readonly mayWait: boolean
}

export function judgeInWork(wanted: Wanted, { pending, seen, mayWait }: Pending): InWork {
  const stalled = pending.filter(({ standing }) => standing === 'stalled')
  if (wanted.asked.kind === 'previous' && stalled.length > 0) return inTheWay(stalled, 'stalled: only Adobe can end it')
  if (mayWait || pending.length === 0) return { kind: 'waited for' }
  const clash = sharesClash(wanted, seen)
  if (clash !== undefined) return { kind: 'refused', ...clash }
  if (isAllUnderWay(wanted, pending, seen)) return { kind: 'left' }
  return inTheWay(pending, 'in work, and "wait: false" waits for nothing')
}

/** Parts that nobody has sent would never be: a run that ends as submitted must have submitted everything. */
function isAllUnderWay(wanted: Wanted, pending: readonly Held[], { held }: Survey): boolean {
  const same = held.filter((one) => isPastComplete(one.standing) && isSameContent(wanted, one))
  return pending.every((one) => same.includes(one)) && wholeness(same) === 'whole'
}

function inTheWay(batches: readonly Held[], why: string): InWork {
  const list = batches.map(({ record }) => record.id).join(', ')
  return {
    kind: 'refused',
    message: `batch ${list} of this publication is ${why}`,
    remedy: 'Run again when that batch is settled.',
  }
}
