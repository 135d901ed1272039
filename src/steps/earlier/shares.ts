import { readPublicationName } from '../plan/publication-name.ts'
import { isEarlierAttempt } from './held-content.ts'
import { isDefaultName, type Mark } from './mark.ts'
import { isPastComplete } from './overtaken.ts'
import type { Held, Survey } from './survey.ts'
import type { Wanted } from './wanted.ts'

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
