import { ownValue } from '../lib/json-reader.ts'
import { isPlainWord } from './ids.ts'

/** What a batch is to the dataset, and to whoever waits for it. */
export type BatchState = {
  readonly kind: StateKind
  /** Not completed yet, as far as the catalogue knows. */
  readonly isOpen: boolean
  /** Past COMPLETE and not settled: stalled, too, or of a status that nobody here has heard of. */
  readonly isInWork: boolean
  /** Retries are exhausted, and only Adobe can act. */
  readonly isStalled: boolean
  /** The platform goes no further by itself. */
  readonly isFinal: boolean
  readonly holdsRows: boolean
  /** Final, and no row of it is in the dataset. */
  readonly isGone: boolean
  /** Its rows were in the dataset once, and are not any more: this alone counts as reverted, whoever did it. */
  readonly heldRows: boolean
  /** It can only have come to this after success, given that anything was written; `deleted` is no such proof. */
  readonly mayHaveSucceeded: boolean
  /** Before the platform took it. */
  readonly isGivenUp: boolean
  /** The lower, the worse. */
  readonly rank: number
  /** What the log adds to the status. */
  readonly meaning: string
  /** What to do where it can't be reverted, or can't be aborted; not for what can. */
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

const SETTLED = {
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
  failed: { ...SETTLED, rank: 0 },
  'given up': { ...SETTLED, rank: 0, isGivenUp: true },
  deleted: { ...SETTLED, rank: 0, heldRows: true },
  withdrawn: { ...SETTLED, rank: 1, heldRows: true, mayHaveSucceeded: true },
  'moved out': { ...SETTLED, rank: 2, heldRows: true, mayHaveSucceeded: true },
  stalled: { ...IN_WORK, rank: 3, isStalled: true, meaning: ' (the platform has stopped trying)' },
  unknown: { ...IN_WORK, rank: 4, meaning: ' (unknown status, treated as unfinished)' },
  open: {
    ...NEITHER,
    rank: 5,
    isOpen: true,
    remedy: {
      revert: (id) => `It was never completed. Abort it with "mode: abort" and "batch-id: ${id}".`,
      abort: () => 'Its status has just changed: run the job again.',
    },
  },
  'in progress': { ...IN_WORK, rank: 6 },
  succeeded: {
    ...SETTLED,
    rank: 7,
    isGone: false,
    holdsRows: true,
    remedy: {
      revert: () => HOLDS_NONE,
      abort: (id) => `Its rows are in the dataset. To remove them: ${howToRevert(id)}`,
    },
  },
}

/** The way for whoever reads a message: no way of this action takes back more than that one batch. */
export function howToRevert(id: string): string {
  return `"mode: revert" with "batch-id: ${id}"`
}

type Status = {
  readonly kind: StateKind
  /** How outputs show it, where the platform has two spellings of one state. */
  readonly word?: string
}

/**
 * Every status, in lower case: Batch ingestion overview, "Batch statuses", and the troubleshooting guide. This is the one place
 * that knows them: a new one needs a line here, and nothing elsewhere.
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

/** What this action writes down as a status by itself, where the catalogue has not said it yet, or never will. */
export const STATUS = {
  created: 'loading',
  completed: 'loaded',
  aborted: 'aborted',
  succeeded: 'success',
  /** Its rows are in the dataset, in another batch. */
  consolidated: 'active',
  /** Its record is gone. */
  missing: 'deleted',
} as const

/** What a batch of this status is. New statuses appear over time: one that is unknown is waited for like any in progress. */
export function stateOf({ status }: { readonly status: string }): BatchState {
  const kind = knownStatus(status)?.kind ?? 'unknown'
  return { kind, ...KINDS[kind] }
}

/** A batch whose rows are in the dataset, whatever its own record says. */
export const ACTIVE = stateOf({ status: STATUS.consolidated })

/** A batch whose rows are not in the dataset any more, whatever its own record says. */
export const WITHDRAWN: BatchState = { kind: 'withdrawn', ...KINDS.withdrawn }

const UNKNOWN = 'unknown'

function knownStatus(status: string): Status | undefined {
  return ownValue(STATUSES, status)
}

/** The statuses that are asked for by name, since a list of everything would be too long. */
export function statusesOf(is: (state: BatchState) => boolean): readonly string[] {
  return Object.keys(STATUSES).filter((status) => is(stateOf({ status })))
}

/** What a server wrote as a status, in lower case; a status is one word, so anything else is `unknown`. */
export function statusFrom(text: string): string {
  return isPlainWord(text) ? text.toLowerCase() : UNKNOWN
}

/** For programs: a status that this action knows, or `unknown`, whatever a server writes; empty where there is none. */
export function statusWord(status: string): string {
  return status === '' || knownStatus(status) !== undefined ? plainStatus(status) : UNKNOWN
}

/** A status as people see it: one spelling, where the platform has two of one state. */
export function plainStatus(status: string): string {
  return knownStatus(status)?.word ?? status
}

/** The status to show for several batches; empty where none is known. */
export function worstOf(statuses: readonly string[]): string {
  const rank = (status: string) => stateOf({ status }).rank
  const [worst] = statuses.filter((status) => status !== '').toSorted((a, b) => rank(a) - rank(b))
  return worst === undefined ? '' : plainStatus(worst)
}
