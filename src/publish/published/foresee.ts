import type { BatchPlan } from '../../files/plan.ts'
import { Problem } from '../../lib/errors.ts'
import type { BatchId } from '../../platform/ids.ts'
import { concernsUs, contentHeld, isLeftover, judgeInWork } from './content.ts'
import { type Decision, decide } from './decide.ts'
import type { Held, Survey, Wanted } from './survey.ts'

/** What a publish would do, as far as it can be told before it is done. */
export type Intent = {
  /** Name of the dataset that would be created first. */
  readonly creates: string | undefined
  /** The dataset would be enabled for profile updates first. */
  readonly enables: boolean
  /** Left open by earlier attempts of this run. */
  readonly aborts: readonly BatchId[]
  readonly waitsFor: readonly BatchId[]
  readonly sends: readonly Sending[]
  readonly keeps: readonly BatchId[]
  readonly replaces: readonly BatchId[]
  readonly warnings: readonly string[]
  readonly why: string
}

/** A batch that would be sent. */
export type Sending = {
  readonly part: { readonly number: number; readonly of: number }
  /** Source files, however they travel. */
  readonly files: number
  readonly rows: number | undefined
  readonly bytes: number
}

/** Without a dataset there is nothing to look at. */
export function foreseeFirst(plans: readonly BatchPlan[], creates: string): Intent {
  const why = `there is no dataset ${JSON.stringify(creates)} yet, so it would be created`
  return { ...NOTHING, creates, sends: plans.map(sending), why }
}

export type Foreseen = {
  readonly plans: readonly BatchPlan[]
  /** `wait: false` waits for nothing that is in work. */
  readonly mayWait: boolean
}

/**
 * What {@link decide} says of what is seen, if everything that is in work and concerns us succeeds.
 *
 * @throws Problem where a publish would be refused.
 */
export function foresee(wanted: Wanted, seen: Survey, { plans, mayWait }: Foreseen): Intent {
  const pending = seen.held.filter((one) => concernsUs(one, wanted))
  const aborts = ids(seen.held.filter((one) => isLeftover(one, wanted)))
  const judged = judgeInWork(wanted, { pending, seen, mayWait })
  if (judged.kind === 'refused') throw refused(judged.message, judged.remedy)
  if (judged.kind === 'left') return { ...NOTHING, aborts, keeps: ids(pending), why: LEFT }
  const settled = seen.held.map((one): Held => (pending.includes(one) ? { ...one, standing: 'active' } : one))
  const decision = decide(wanted, { ...seen, held: settled })
  if (decision.kind === 'refuse') {
    throw refused(decision.message, decision.remedy)
  }
  const { kept, warnings } = decision
  const replaces = decision.kind === 'send' ? decision.replaces : []
  const parts = decision.kind === 'send' ? decision.parts : []
  return {
    ...NOTHING,
    aborts,
    waitsFor: ids(pending),
    sends: plans.filter(({ fingerprint }) => parts.includes(fingerprint)).map(sending),
    keeps: [...new Set(kept.map(({ holder }) => holder))],
    replaces,
    warnings,
    why: `${pending.length > 0 ? 'if what is in work succeeds, ' : ''}${reason(decision, wanted, settled)}`,
  }
}

const NOTHING = {
  creates: undefined,
  enables: false,
  aborts: [],
  waitsFor: [],
  sends: [],
  keeps: [],
  replaces: [],
  warnings: [],
} as const

function sending({ part, sources, rows, bytes }: BatchPlan): Sending {
  return { part, files: sources.length, rows, bytes }
}

function ids(held: readonly Held[]): readonly BatchId[] {
  return held.map(({ record }) => record.id)
}

/** It ends as submitted. */
export const LEFT = 'this content is in work already, and would not be waited for'

function refused(message: string, remedy: string): Problem {
  return new Problem(`A publish would be refused: ${message}`, { remedy })
}

type Acting = Exclude<Decision, { readonly kind: 'refuse' }>

function reason(decision: Acting, wanted: Wanted, held: readonly Held[]): string {
  const { same, superseded } = contentHeld(wanted, { held, holdings: new Map() })
  if (decision.kind === 'skip') return 'the dataset holds this content already'
  if (decision.kept.length > 0) return 'the dataset holds this content in part'
  const isReplacing = decision.replaces.length > 0
  if (superseded.length > 0) return 'an earlier attempt of this run published other content, and a run publishes once'
  if (same.kind !== 'none') return 'what is to be replaced goes together with what the dataset holds of this content'
  if (isHeldByOthers(wanted, held)) {
    return `"if-unchanged: publish" sends this content again${isReplacing ? ', in the place of what is replaced' : ''}`
  }
  if (isReplacing) return 'the content is new, and takes the place of what is replaced'
  return 'this publication does not hold this content, and nothing is to be replaced'
}

/** By other runs, which `if-unchanged: publish` does not count as the same. */
function isHeldByOthers({ publish, publication }: Wanted, held: readonly Held[]): boolean {
  const isThere = ({ standing, mark }: Held) => standing === 'active' && mark.publish === publish
  return held.some((one) => isThere(one) && one.mark.publication === publication)
}
