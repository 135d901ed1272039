import { ownValue } from '../lib/json-reader.ts'
import { isPlainWord } from './ids.ts'

/** What the status of a batch means for the dataset and for a run that waits for the batch. */
export type BatchState = {
  readonly kind: StateKind
  /** Not completed yet, as far as the catalogue knows. */
  readonly isOpen: boolean
  /** Completed, but not finished; includes stalled batches and unknown statuses. */
  readonly isInWork: boolean
  /** Retries are exhausted, and only Adobe can act. */
  readonly isStalled: boolean
  /** The platform does not process it any further. */
  readonly isFinal: boolean
  readonly holdsRows: boolean
  /** Final, and none of its rows are in the dataset. */
  readonly isGone: boolean
  /** Its rows were in the dataset once and no longer are. This alone counts as reverted, whoever reverted it. */
  readonly heldRows: boolean
  /** If anything was written, only a success leads to this state. `deleted` is no such proof. */
  readonly mayHaveSucceeded: boolean
  /** Abandoned before the platform accepted it. */
  readonly isGivenUp: boolean
  /** A lower rank is worse. */
  readonly rank: number
  /** Text that the log adds to the status. */
  readonly meaning: string
  /** What to do when a batch in this state can't be reverted or aborted. */
  readonly remedy: { revert(id: string): string; abort(id: string): string }
}

type StateKind =
  | 'open'
  | 'in progress'
  | 'stalled'
  | 'succeeded'
  | 'failed'
  | 'given up'
  | 'deleted'
  | 'withdrawn'
  | 'moved out'
  | 'unknown'

const NEITHER = {
  isOpen: false,
  isInWork: false,
  isStalled: false,
  isFinal: false,
  holdsRows: false,
  isGone: false,
  heldRows: false,
  mayHaveSucceeded: false,
  isGivenUp: false,
  meaning: '',
}

const HOLDS_NONE = 'Nothing to do: no rows of this batch are in the dataset.'

const FINAL = {
  ...NEITHER,
  isFinal: true,
  isGone: true,
  remedy: { revert: () => HOLDS_NONE, abort: () => HOLDS_NONE },
}

const IN_WORK = {
  ...NEITHER,
  isInWork: true,
  remedy: {
    revert: (id: string) =>
      `Ingestion is in progress. Wait for it with "mode: resume" and "batch-id: ${id}", then revert it.`,
    abort: (id: string) =>
      `It was completed, and ingestion is in progress. Wait for it with "mode: resume" and "batch-id: ${id}".`,
  },
}

const KINDS: Readonly<Record<StateKind, Omit<BatchState, 'kind'>>> = {
  failed: { ...FINAL, rank: 0 },
  'given up': { ...FINAL, rank: 0, isGivenUp: true },
  deleted: { ...FINAL, rank: 0, heldRows: true },
  withdrawn: { ...FINAL, rank: 1, heldRows: true, mayHaveSucceeded: true },
  'moved out': { ...FINAL, rank: 2, heldRows: true, mayHaveSucceeded: true },
  stalled: { ...IN_WORK, rank: 3, isStalled: true, meaning: ' (the platform has stopped trying)' },
  unknown: { ...IN_WORK, rank: 4, meaning: ' (unknown status, treated as unfinished)' },
  open: {
    ...NEITHER,
    rank: 5,
    isOpen: true,
    remedy: {
      revert: (id) =>
        `If it was completed a moment ago, run the job again. Otherwise, abort it with "mode: abort" and "batch-id: ${id}".`,
      abort: () => 'Its status has just changed: run the job again.',
    },
  },
  'in progress': { ...IN_WORK, rank: 6 },
  succeeded: {
    ...FINAL,
    rank: 7,
    isGone: false,
    holdsRows: true,
    remedy: {
      revert: () => HOLDS_NONE,
      abort: (id) => `Its rows are in the dataset. To remove them: ${howToRevert(id)}`,
    },
  },
}

/** The advice that messages give. It reverts this one batch, and the action has no way to revert more. */
export function howToRevert(id: string): string {
  return `"mode: revert" with "batch-id: ${id}"`
}

type Status = {
  readonly kind: StateKind
  /** The word in the outputs, where the platform has two spellings of one state. */
  readonly word?: string
}

/**
 * Every status, in lower case: Batch ingestion overview, "Batch statuses", and the troubleshooting guide. Only this table
 * knows them: a new status needs a line here and no change elsewhere.
 */
const STATUSES: Readonly<Record<string, Status>> = {
  loading: { kind: 'open' },
  loaded: { kind: 'in progress' },
  queued: { kind: 'in progress' },
  processing: { kind: 'in progress' },
  staging: { kind: 'in progress' },
  staged: { kind: 'in progress' },
  retrying: { kind: 'in progress' },
  stalled: { kind: 'stalled' },
  success: { kind: 'succeeded' },
  active: { kind: 'succeeded', word: 'success' },
  failed: { kind: 'failed' },
  failure: { kind: 'failed', word: 'failed' },
  aborted: { kind: 'given up' },
  abandoned: { kind: 'given up' },
  deleted: { kind: 'deleted' },
  inactive: { kind: 'withdrawn' },
  archived: { kind: 'moved out' },
  retained: { kind: 'moved out' },
}

/** Statuses that this action records itself, where the catalogue does not report one yet or never will. */
export const STATUS = {
  created: 'loading',
  completed: 'loaded',
  aborted: 'aborted',
  succeeded: 'success',
  /** Its rows are in the dataset, as part of another batch. */
  consolidated: 'active',
  /** Its record is gone. */
  missing: 'deleted',
} as const

/** The state that a status stands for. New statuses appear over time: an unknown one counts as in progress. */
export function stateOf({ status }: { readonly status: string }): BatchState {
  const kind = knownStatus(status)?.kind ?? 'unknown'
  return { kind, ...KINDS[kind] }
}

/** The state of a batch whose rows are in the dataset, whatever its own record says. */
export const ACTIVE = stateOf({ status: STATUS.consolidated })

/** The state of a batch whose rows are no longer in the dataset, whatever its own record says. */
export const WITHDRAWN: BatchState = { kind: 'withdrawn', ...KINDS.withdrawn }

const UNKNOWN = 'unknown'

function knownStatus(status: string): Status | undefined {
  return ownValue(STATUSES, status)
}

/** Statuses to query by name, since a list of all batches would be too long. */
export function statusesOf(is: (state: BatchState) => boolean): readonly string[] {
  return Object.keys(STATUSES).filter((status) => is(stateOf({ status })))
}

/** A server's status in lower case. A status is one word, so anything else becomes `unknown`. */
export function statusFrom(text: string): string {
  return isPlainWord(text) ? text.toLowerCase() : UNKNOWN
}

/** The status for outputs: a status that this action knows, or `unknown` for any other; empty if there is none. */
export function statusWord(status: string): string {
  return status === '' || knownStatus(status) !== undefined ? plainStatus(status) : UNKNOWN
}

/** The status for people: one spelling where the platform has two of one state. */
export function plainStatus(status: string): string {
  return knownStatus(status)?.word ?? status
}

/** The status to show for several batches; empty if none is known. */
export function worstOf(statuses: readonly string[]): string {
  const rank = (status: string) => stateOf({ status }).rank
  const [worst] = statuses.filter((status) => status !== '').toSorted((a, b) => rank(a) - rank(b))
  return worst === undefined ? '' : plainStatus(worst)
}
