import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { batchIdsOf, find, makerOf, outcomeOf, saidBy, wasCompleted, type Invariant } from './reading.ts'

const RED = ['failed', 'invalid', 'cancelled', 'timed-out']
const GREEN = ['published', 'skipped', 'submitted', 'reverted', 'no-files']

export const everyRunEnds: Invariant = ({ runs }) =>
  runs.flatMap((run) => [
    ...(run.how === 'threw' ? [`${run.name} threw out of main`] : []),
    ...(saidBy(run).includes('Unexpected error') ? [`${run.name} met something unforeseen`] : []),
    ...(run.postFailed ? [`the post phase of ${run.name} failed`] : []),
    ...(run.how === 'ended' && outcomeOf(run) === '' ? [`${run.name} ended without an outcome`] : []),
  ])

/** The exit code is what the contract says of the outcome. */
export const exitCodeFitsOutcome: Invariant = ({ runs }) =>
  runs
    .filter(({ how }) => how === 'ended')
    .flatMap((run) => {
      const isWrong = run.recording.hasFailed ? GREEN.includes(outcomeOf(run)) : RED.includes(outcomeOf(run))
      return isWrong ? [`${run.name} is ${outcomeOf(run)}, with exit code ${run.recording.hasFailed ? 1 : 0}`] : []
    })

/**
 * SIGINT: the end comes before the runner's second signal, red, and as `cancelled` unless the verdict was there. Between two
 * changes of tags a run goes on: what it can't finish before it is killed the post step puts right.
 */
export const cancelsArePrompt: Invariant = ({ runs }) =>
  runs.flatMap((run) => {
    const { name, how, cancelledAtMs, endedAtMs, wasCancelledInside } = run
    if (cancelledAtMs === undefined || wasCancelledInside) return []
    if (how === 'killed' || endedAtMs - cancelledAtMs > 7_500)
      return [`${name} took ${endedAtMs - cancelledAtMs} ms to cancel`]
    return run.recording.hasFailed || endedAtMs === cancelledAtMs ? [] : [`${name} was cancelled and is green`]
  })

/** `skipped` means that nothing was sent. */
export const skippedSendsNothing: Invariant = (told) =>
  told.runs
    .filter((run) => outcomeOf(run) === 'skipped')
    .flatMap((run) =>
      batchIdsOf(run)
        .filter((id) => isOwn(id, run, told))
        .map((id) => `${run.name} is skipped and made ${id}`),
    )

function isOwn(id: string, run: Played, told: Told): boolean {
  const batch = find(id, told.truth)
  return batch !== undefined && makerOf(batch, told) === run
}

/** `submitted` means that the platform has it, unless a later attempt of that run took it back for its own. */
export const submittedIsCompleted: Invariant = ({ runs, truth }) =>
  runs
    .filter((run) => outcomeOf(run) === 'submitted')
    .flatMap((run) =>
      batchIdsOf(run).flatMap((id) => {
        const batch = find(id, truth)
        const isTakenBack = runs.some((other) =>
          saidBy(other).includes(`Aborted batch ${id}, which an earlier attempt`),
        )
        return isTakenBack || (batch !== undefined && wasCompleted(batch))
          ? []
          : [`${run.name} is submitted, and ${id} is ${batch?.stage ?? 'unknown'}`]
      }),
    )

/** A replay that counts as done has replaced what it named: none of it is active, in whatever batch. */
export const predecessorsAreGone: Invariant = (told) =>
  told.runs
    .filter((run) => run.how === 'ended' && !run.recording.hasFailed && run.plan.waits)
    .flatMap((run) =>
      batchIdsOf(run).flatMap((id) => {
        const batch = find(id, run.atEnd)
        if (batch === undefined || !isOwn(id, run, told)) return []
        const left = batch.predecessors.filter((one) => find(one, run.atEnd)?.isActive === true)
        return left.map((one) => `${run.name} is green, and ${one}, which ${id} was to replace, is still active`)
      }),
    )

/** Nobody takes the beginning of a list without end for all of it. */
export const endlessListsAreSaid: Invariant = ({ runs }) =>
  runs
    .filter(({ how, cancelledAtMs }) => how === 'ended' && cancelledAtMs === undefined)
    .filter(({ failures }) => failures.some((name) => SAID_OF.test(name)))
    .filter(
      (run) =>
        !/it has more than|took longer than|the time for waiting is over|could not check|in the last 24 hours: (?:at least|unknown)/.test(
          saidBy(run),
        ),
    )
    .map(({ name }) => `${name} read a list without end, and does not say so`)

/** Of diagnostics only so many are needed. */
const SAID_OF = /^endless list of (?!diagnostics)/

/** Why a run may be red though hardly anything struck it. */
const GOOD_REASONS =
  /^(Cannot write to the runner's file |Cannot continue with batch |Cannot publish: |Cannot replace |Cannot create a batch .* "Predecessor |Failed: |Timed out|Partially published: |The step was cancelled|Cannot publish profile updates|Cannot enable dataset .*(?:batches are in progress|the platform accepted the tags, but reports)|Cannot complete the batches: |Cannot find a dataset named |Cannot tell which dataset |Cannot continue: |Cannot revert |Cannot read the list of \w+: it has more than|Cannot find batch |Cannot use batch |Cannot .*: the time for waiting is over)/

/**
 * Two failures are within the retries of everything, but for an answer that is no JSON, which nobody repeats, and for
 * a token that is revoked twice: a refusal renews it once.
 */
export const fewFailuresAreSurvived: Invariant = ({ runs }) =>
  runs
    .filter(({ how, failures }) => how === 'ended' && isWithinRetries(failures))
    .flatMap(({ name, failures, recording }) =>
      recording.log
        .filter(({ level, file, text }) => level === 'error' && file === undefined && !GOOD_REASONS.test(text))
        .map(({ text }) => `${name} fails though only ${failures.join(', ') || 'nothing'} struck it: ${text}`),
    )

function isWithinRetries(failures: readonly string[]): boolean {
  const revocations = failures.filter((name) => name === 'token revoked').length
  return failures.length <= 2 && revocations < 2 && !failures.includes('garbled')
}
