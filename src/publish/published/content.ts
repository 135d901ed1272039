import type { BatchId } from '../../platform/ids.ts'
import type { Held, Survey, Wanted } from './survey.ts'
import { type Mark, isDefaultName, readPublicationName } from '../tags.ts'

/** What is active of a publication, seen from a run that wants to publish. */
export type HeldContent = {
  /** Other content of the same file names, by an earlier attempt of this run: a run publishes once. */
  readonly superseded: readonly Held[]
  /** This content. */
  readonly same: { readonly kind: 'none' | 'parts' | 'whole'; readonly batches: readonly Held[] }
  /** Every other. */
  readonly others: readonly Held[]
}

export function contentHeld(wanted: Wanted, { held }: Survey): HeldContent {
  const active = held.filter(({ standing }) => standing === 'active')
  const same = active.filter((batch) => isSameContent(wanted, batch))
  const rest = active.filter((batch) => batch.mark.publication === wanted.publication && !same.includes(batch))
  const superseded = rest.filter(
    ({ mark }) => isEarlierAttempt(wanted, mark) && mark.names === wanted.names && mark.publish !== wanted.publish,
  )
  return { superseded, same: { kind: wholeness(same), batches: same }, others: rest }
}

/**
 * The same bytes, read in the same way, in this publication. Where nothing is to be replaced a default name is as good as
 * another: a reworded pattern makes no new content.
 */
export function isSameContent(wanted: Wanted, { mark }: Held): boolean {
  if (mark.publish !== wanted.publish) return false
  if (wanted.ifUnchanged === 'publish' && mark.runId !== wanted.runId) return false
  return mark.publication === wanted.publication || isEveryDefaultName(wanted, mark.publication)
}

function isEveryDefaultName({ asked, publication }: Wanted, other: string): boolean {
  return asked.kind === 'nothing' && isDefaultName(publication) && isDefaultName(other)
}

function isEarlierAttempt(wanted: Pick<Wanted, 'runId' | 'attempt'>, mark: Held['mark']): boolean {
  return mark.runId === wanted.runId && mark.attempt < wanted.attempt
}

/** Whole, when the parts 1 to n of one cut are all there. */
function wholeness(batches: readonly Held[]): 'none' | 'parts' | 'whole' {
  const cuts = Map.groupBy(batches, ({ mark }) => mark.part.of)
  const isWhole = Array.from(cuts).some(([of, parts]) => new Set(parts.map(({ mark }) => mark.part.number)).size === of)
  if (isWhole) return 'whole'
  return batches.length === 0 ? 'none' : 'parts'
}

export type Ours = {
  readonly batches: readonly BatchId[]
  readonly replaces: readonly BatchId[]
  /** What was seen when it was decided to send them. */
  readonly seen: Survey
}

/**
 * What has changed since we looked, and makes it wrong to complete our batches.
 *
 * | seen now, and not when we decided                     | matters                |
 * |-------------------------------------------------------|------------------------|
 * | a twin: this content past COMPLETE, by someone else   | always                 |
 * | a predecessor that is no longer active                | where we replace       |
 * | anything else of this publication past COMPLETE       | under `previous`       |
 *
 * @returns why, or undefined when nothing has.
 */
export function overtaken(wanted: Wanted, ours: Ours, now: Survey): string | undefined {
  const before = ours.seen.held.filter(({ standing }) => isPastComplete(standing)).map(({ record }) => record.id)
  const known = new Set<string>([...ours.batches, ...ours.replaces, ...before])
  const others = now.held.filter(
    ({ record, holder, standing }) => isPastComplete(standing) && !known.has(record.id) && !known.has(holder),
  )
  const twin = others.find((held) => isSameContent(wanted, held))
  if (twin !== undefined) return `batch ${twin.record.id} brings the same content`
  const lost = ours.replaces.filter((id) => now.held.some(({ record }) => record.id === id) && !isActive(id, now))
  if (lost.length > 0) return `${lost.join(', ')}, which was to be replaced, is no longer active`
  if (wanted.asked.kind !== 'previous') return undefined
  const rival = others.find(({ mark }) => mark.publication === wanted.publication)
  return rival === undefined ? undefined : `batch ${rival.record.id} of this publication came in between`
}

export function isPastComplete(standing: Held['standing']): boolean {
  return standing === 'in work' || standing === 'stalled' || standing === 'active'
}

function isActive(id: BatchId, { held }: Survey): boolean {
  return held.some(({ holder, standing }) => holder === id && standing === 'active')
}

/** What a share is known by, also one without files. */
export type Share = Pick<Wanted, 'publication' | 'runId' | 'attempt' | 'files'>

export type Clash = { readonly message: string; readonly remedy: string }

/**
 * Whether what is there, or on its way, does not go together with the share that this run wants to publish. Rows would be
 * missing or doubled, though every job by itself did well.
 *
 * | what is there of the same name                        | is an error                                |
 * |-------------------------------------------------------|--------------------------------------------|
 * | another share of this run, cut out of other files     | always                                     |
 * | something of another number of shares (unshared: one) | under `previous`, and where its id is named; always of the same files |
 *
 * An id that is named: the first share would replace all of it by a part, and the others would find nothing to replace.
 */
export function sharesClash(wanted: Wanted, { held }: Survey): Clash | undefined {
  const coming = held.filter((one) => isComing(wanted, one))
  const strays = coming.filter(({ mark }) => isSibling(wanted, mark) && mark.files !== wanted.files)
  if (strays.length > 0) return sawOtherFiles(strays)
  const others = coming.filter((one) => isCutOtherwise(wanted, one))
  return others.length > 0 ? cutOtherwise(wanted, others) : undefined
}

/** Other shares of this run, cut out of other files than ours: what is missing in ours may be in none. */
export function straysOf(share: Share, { held }: Survey): Clash | undefined {
  const strays = held.filter(
    (one) => isComing(share, one) && isSibling(share, one.mark) && one.mark.files !== share.files,
  )
  return strays.length > 0 ? sawOtherFiles(strays) : undefined
}

/** Whether both are shares, of the same number of them, of one publication. */
export function areShares(one: string, other: string): boolean {
  const [a, b] = [readPublicationName(one), readPublicationName(other)]
  return a.base === b.base && a.shard.of === b.shard.of && a.shard.of > 1
}

/** What is active of this publication, though it was cut into another number of shares out of other files. */
export function besideShares({ publication }: Wanted, { held }: Survey): readonly Held[] {
  const ours = readPublicationName(publication)
  return held.filter(({ standing, mark }) => {
    const theirs = readPublicationName(mark.publication)
    return standing === 'active' && theirs.base === ours.base && theirs.shard.of !== ours.shard.of
  })
}

/** What another job of this attempt has open may be completed at any moment; what others left open may never be. */
function isComing(wanted: Share, { standing, mark }: Held): boolean {
  if (standing === 'open') return mark.runId === wanted.runId && !isEarlierAttempt(wanted, mark)
  return isPastComplete(standing)
}

function isSibling({ publication, runId }: Share, mark: Mark): boolean {
  return mark.runId === runId && mark.publication !== publication && areShares(mark.publication, publication)
}

function isCutOtherwise(wanted: Wanted, held: Held): boolean {
  const { mark } = held
  const [ours, theirs] = [readPublicationName(wanted.publication), readPublicationName(mark.publication)]
  if (ours.shard.of === theirs.shard.of) return false
  const isSameFiles = mark.files === wanted.files
  if (ours.base === theirs.base)
    return isSameFiles || wanted.asked.kind === 'previous' || (ours.shard.of > 1 && isNamed(wanted, held))
  // A reworded pattern makes no new content.
  const areDefaults = isDefaultName(ours.base) && isDefaultName(theirs.base)
  return isSameFiles && areDefaults && wanted.asked.kind === 'nothing'
}

function isNamed({ asked }: Wanted, { record, holder }: Held): boolean {
  return asked.kind === 'ids' && asked.ids.some((one) => one.id === record.id || one.holder === holder)
}

function sawOtherFiles(strays: readonly Held[]): Clash {
  return {
    message: `not all shares of this run are cut out of the same files: ${listed(strays)} saw other names or sizes than this one`,
    remedy:
      'Let all jobs of the matrix see the same files: check out the same commit, and write an export once, in a job before them that hands it on as an artifact. Then start a new run.',
  }
}

function cutOtherwise({ publication }: Wanted, others: readonly Held[]): Clash {
  const { of } = readPublicationName(publication).shard
  const what = of === 1 ? 'all files at once' : `one of ${of} shares`
  const names = [...new Set(others.map(({ mark }) => JSON.stringify(mark.publication)))].join(', ')
  const ids = [...new Set(others.map(({ holder }) => holder))].join(', ')
  return {
    message: `this run publishes ${what}, and what is there was shared out otherwise, so that rows would be there twice, or stay behind: ${names}`,
    remedy: `Share the files out as before; or take those batches back, each with "mode: revert" and its "batch-id": ${ids}; or choose another "publication".`,
  }
}

function listed(batches: readonly Held[]): string {
  return batches.map(({ record, mark }) => `${record.id} (${JSON.stringify(mark.publication)})`).join(', ')
}

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
