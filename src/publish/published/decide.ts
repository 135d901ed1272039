import type { BatchPlan } from '../../files/plan.ts'
import type { BatchId } from '../../platform/ids.ts'
import { type ContentInDataset, concernedBatches, contentInDataset, duplicateFault, purposeNote } from './compare.ts'
import { areShards, activeOfOtherCuts, shardConflict } from './shards.ts'
import { type Published, type PublishedBatch, type PublishFault, namePredecessors } from './find.ts'
import { newerFault } from './newer.ts'
import { leavingFault } from './predecessors.ts'
import { findEmptying, findShrink, unmeasuredWarnings } from './shrink.ts'
import type { DesiredPublish } from '../request.ts'
import { isDefaultName } from '../tags.ts'

export type Decision =
  | {
      readonly kind: 'send'
      /** Fingerprints of the batches to send. */
      readonly parts: readonly string[]
      /** Ids to send to the platform as predecessors. */
      readonly replaces: readonly BatchId[]
      /** Existing batches with parts of this data. */
      readonly kept: readonly PublishedBatch[]
      readonly warnings: readonly string[]
      /** Information that needs no action. */
      readonly notes?: readonly string[]
    }
  | {
      readonly kind: 'skip'
      readonly kept: readonly PublishedBatch[]
      readonly warnings: readonly string[]
      readonly notes?: readonly string[]
    }
  | ({ readonly kind: 'refuse' } & PublishFault)

/**
 * Decides what to do, by what is active in this publication. Conflicting shards are refused first. Then the first matching
 * row decides:
 *
 * | active                                         | nothing to replace             | `previous`                     | ids                                     |
 * |------------------------------------------------|--------------------------------|--------------------------------|-----------------------------------------|
 * | nothing                                        | send                           | send (first guard)             | send, replacing the ids                 |
 * | different data of the same files, by an earlier attempt of this step | send, replacing it | the same                   | the same, and the ids                   |
 * | this data, complete                            | skip                           | skip                           | skip if none of the ids is active; otherwise send, replacing the ids and the batches of this data |
 * | this data, parts missing                       | send the missing parts         | send as one, replacing the parts | the same, and the ids                 |
 * | one publish with different data                | send, with a warning           | send, replacing it (second guard) | send, replacing the ids              |
 * | several publishes                              | send, with a warning           | refuse                         | send, replacing the ids                 |
 *
 * - First guard: refuse if `previous` finds no batch of its own while batches under a default name are active that are not
 *   other shards of this publication.
 * - Second guard: refuse if `previous` would replace what a later run published. A batch from another branch gives a
 *   warning.
 * - Third guard: refuse if `previous` would replace batches with data that has far fewer rows. If nothing can be compared,
 *   warn.
 * - `gh_step` and the job's name at GitHub prove an earlier attempt of this step. Data that this run published without that
 *   proof, as from other legs of a matrix, is never replaced: refuse under `previous`, otherwise warn.
 * - Refuse to replace batches with data of which no row is expected to be accepted.
 * - Under `if-unchanged: publish` this data counts as different data, but batches that earlier attempts of this run
 *   published are still kept.
 * - A replacement is sent as one batch, or refused.
 * - Missing parts are those of the division to which the active parts belong: the current one, or that of an earlier
 *   version. Refuse parts of any other division.
 * - Refuse if a later release published files of these names and sizes by a formula unknown here, unless they are replaced.
 * - Refuse to keep a batch that another active one was to replace: its rows may leave the dataset at any moment.
 * - Refuse duplicate rows of this publication that are not all replaced, whatever the table says, until one copy is removed.
 *   If the later copy was sent on purpose (`gh_again`), it is only mentioned.
 */
export function decide(wanted: DesiredPublish, published: Published): Decision {
  const clash = shardConflict(wanted, published)
  if (clash !== undefined) return { kind: 'refuse', ...clash }
  const decision = decideByContent(wanted, published)
  if (decision.kind === 'refuse') return decision
  const newer = decision.kind === 'send' ? newerFault(wanted, published, decision.replaces) : undefined
  const fault = newer ?? leavingFault(decision.kept, published)
  return fault === undefined ? refuseDuplicates(decision, wanted, published) : { kind: 'refuse', ...fault }
}

/** Refuses remaining duplicates: two runs published at the same moment, one failed for it, and neither was reverted since. */
function refuseDuplicates(decision: Going, wanted: DesiredPublish, published: Published): Decision {
  const replaced = decision.kind === 'send' ? decision.replaces : []
  const staying = concernedBatches(wanted, published).filter(({ holder }) => !replaced.includes(holder))
  const fault = duplicateFault(staying)
  if (fault !== undefined) return { kind: 'refuse', ...fault }
  const note = purposeNote(staying)
  return note === undefined ? decision : { ...decision, notes: [...(decision.notes ?? []), note] }
}

type Going = Exclude<Decision, { readonly kind: 'refuse' }>

function decideByContent(wanted: DesiredPublish, published: Published): Decision {
  const content = contentInDataset(wanted, published)
  const { replaces: asked } = wanted
  if (content.superseded.length > 0) return supersede(wanted, published, content)
  if (content.same.kind === 'whole') return keepOrReplace(wanted, published, content)
  if (content.same.kind === 'parts') return sendMissing(wanted, published, content)
  const unproved = siblingWarnings(wanted, content)
  if (asked.kind === 'ids') return withWarnings(replace(wanted, published, []), unproved)
  if (asked.kind === 'previous') return replacePrevious(wanted, published, content)
  const others = [...content.others, ...activeOfOtherCuts(wanted, published)].filter(
    (one) => !content.siblings.includes(one),
  )
  const beside = others.length === 0 ? [] : [bothActiveWarning(wanted, others)]
  return { ...sendAll(wanted, []), warnings: [...unproved, ...beside, ...otherNameWarnings(wanted, published)] }
}

/** Replaces the superseded data. Existing batches with this data are replaced too, so that no row is there twice. */
function supersede(
  wanted: DesiredPublish,
  published: Published,
  { superseded, same, others, siblings }: ContentInDataset,
): Decision {
  if (wanted.replaces.kind === 'previous' && siblings.length > 0) return refuseSiblings(wanted, siblings)
  const beside = others.filter((other) => !superseded.includes(other))
  const unproved = siblingWarnings(wanted, { superseded, same, others, siblings })
  return withWarnings(replaceOwn(wanted, published, { batches: [...superseded, ...same.batches], beside }), unproved)
}

function keepOrReplace(wanted: DesiredPublish, published: Published, { same, others }: ContentInDataset): Decision {
  if (published.named.some(({ isActive }) => isActive)) return replace(wanted, published, same.batches)
  const skip = { kind: 'skip', kept: same.batches, warnings: besideWarnings(wanted, others) } as const
  return wanted.ifUnchanged === 'publish' ? { ...skip, notes: [SENT_BY_THIS_RUN] } : skip
}

const SENT_BY_THIS_RUN =
  'This run has published this data already, so it is not sent again: "if-unchanged: publish" sends again what other runs published'

function sendMissing(wanted: DesiredPublish, published: Published, { same, others }: ContentInDataset): Decision {
  if (wanted.replaces.kind !== 'nothing') {
    return replaceOwn(wanted, published, { batches: same.batches, beside: others })
  }
  const held = same.batches.map(({ provenance }) => provenance.fingerprint)
  const cut = [wanted.parts, ...wanted.earlierParts].find((parts) => isOfCut(parts, same.batches))
  if (cut !== undefined) {
    const parts = cut.filter((fingerprint) => !held.includes(fingerprint))
    return { kind: 'send', parts, replaces: [], kept: same.batches, warnings: [] }
  }
  return {
    kind: 'refuse',
    message: `parts of this data are active, but were divided into other batches: ${idsOf(same.batches)}`,
    remedy: 'To replace them, list their ids in "replay-predecessors" for one run.',
  }
}

/** The batches to send. Missing parts follow the division of the kept parts; complete data follows the current one. */
export function plansToSend(
  { parts, kept }: Decision & { readonly kind: 'send' },
  cuts: readonly (readonly BatchPlan[])[],
): readonly BatchPlan[] {
  const cut = cuts.find((plans) => {
    const fingerprints = plans.map(({ fingerprint }) => fingerprint)
    return isOfCut(fingerprints, kept) && parts.every((part) => fingerprints.includes(part))
  })
  // Without them, a run that sends nothing would look like one that published.
  if (cut === undefined) throw new Error('No division of the data has the parts that were to be sent')
  return cut.filter(({ fingerprint }) => parts.includes(fingerprint))
}

/** Compares the number of parts too, because batches of different divisions may hold the same files. */
function isOfCut(parts: readonly string[], batches: readonly PublishedBatch[]): boolean {
  return batches.every(
    ({ provenance: { fingerprint, part } }) => part.of === parts.length && parts.includes(fingerprint),
  )
}

function replacePrevious(
  wanted: DesiredPublish,
  published: Published,
  { others, siblings }: ContentInDataset,
): Decision {
  if (siblings.length > 0) return refuseSiblings(wanted, siblings)
  const publishes = [...new Set(others.map(({ provenance }) => provenance.publishFingerprint))]
  if (publishes.length === 0) return publishFirst(wanted, published)
  if (publishes.length > 1) {
    return {
      kind: 'refuse',
      message: `"previous" is ambiguous: several runs of ${JSON.stringify(wanted.publication)} are active: ${idsOf(others)}`,
      remedy: 'List the ids to replace in "replay-predecessors" for one run.',
    }
  }
  const elsewhere = others.find(({ provenance }) => provenance.ref !== wanted.ref)
  const decision = replaceOwn(wanted, published, { batches: others, beside: [] })
  if (elsewhere === undefined || decision.kind === 'refuse') return decision
  const text = `${idsOf(others)} ${others.length === 1 ? 'was' : 'were'} published from ${elsewhere.provenance.ref}`
  // A plan runs for the branch of a pull request, so the active data usually comes from another one. The plan lists it.
  return wanted.isPlan === true
    ? { ...decision, notes: [...(decision.notes ?? []), text] }
    : withWarnings(decision, [`${text}, and ${others.length === 1 ? 'is' : 'are'} replaced`])
}

type OwnBatches = {
  readonly batches: readonly PublishedBatch[]
  /** Batches of this publication that are not replaced. */
  readonly beside: readonly PublishedBatch[]
}

/** Second guard: `previous` does not replace what a later run published. Third guard: it never shrinks the data too much. */
function replaceOwn(wanted: DesiredPublish, published: Published, { batches, beside }: OwnBatches): Decision {
  const later =
    wanted.replaces.kind === 'previous' ? batches.filter(({ provenance }) => provenance.runId > wanted.runId) : []
  if (later.length > 0) {
    return {
      kind: 'refuse',
      message: `a later run published ${idsOf(later)} (${later[0]?.provenance.run ?? ''}), and re-running this older run would overwrite it`,
      remedy: 'Start a new run instead of re-running this one.',
    }
  }
  const shrunk = wanted.replaces.kind === 'previous' ? findShrink(wanted, batches) : undefined
  if (shrunk !== undefined) return { kind: 'refuse', ...shrunk }
  const unmeasured = wanted.replaces.kind === 'previous' ? unmeasuredWarnings(wanted, batches) : []
  return withWarnings(replace(wanted, published, batches), [...unmeasured, ...besideWarnings(wanted, beside)])
}

/** First guard: two steps with default names can't be told from one step whose patterns were reworded. */
function publishFirst(wanted: DesiredPublish, { batches: held }: Published): Decision {
  const nameless = held.filter(
    ({ state, provenance }) =>
      state.holdsRows &&
      isDefaultName(provenance.publication) &&
      !areShards(provenance.publication, wanted.publication),
  )
  if (nameless.length === 0) {
    return {
      ...sendAll(wanted, []),
      notes: [`Nothing is published as ${JSON.stringify(wanted.publication)} yet: "previous" has nothing to replace`],
    }
  }
  const list = nameless.map(({ record, provenance }) => `${record.id} (${provenance.publication})`).join(', ')
  return {
    kind: 'refuse',
    message: `nothing is published as ${JSON.stringify(wanted.publication)} yet, but batches without a "publication" are active: ${list}`,
    remedy:
      'If this data replaces them, list their ids in "replay-predecessors" for one run. If not, give both steps their own "publication".',
  }
}

function replace(wanted: DesiredPublish, published: Published, batches: readonly PublishedBatch[]): Decision {
  const named = namePredecessors(published, batches)
  if (named.kind === 'refuse') return named
  if (wanted.parts.length > 1) {
    return {
      kind: 'refuse',
      message: `this data needs ${wanted.parts.length} batches, but only a single batch can replace ${named.ids.join(', ')}`,
      remedy: 'Publish fewer files per step, and give each step its own "publication".',
    }
  }
  const emptying = findEmptying(wanted, named.ids)
  return emptying === undefined ? sendAll(wanted, named.ids) : { kind: 'refuse', ...emptying }
}

function sendAll({ parts }: DesiredPublish, replaces: readonly BatchId[]): Decision & { readonly kind: 'send' } {
  return { kind: 'send', parts, replaces, kept: [], warnings: [] }
}

function withWarnings(decision: Decision, warnings: readonly string[]): Decision {
  return decision.kind === 'refuse' ? decision : { ...decision, warnings: [...decision.warnings, ...warnings] }
}

/** `previous` promises a single active publish, which is impossible if several steps of one run share a name. */
function refuseSiblings({ publication }: DesiredPublish, siblings: readonly PublishedBatch[]): Decision {
  return {
    kind: 'refuse',
    message: `${idsOf(siblings)} was published as ${JSON.stringify(publication)} by this same run, and nothing proves that this step did`,
    remedy: TELL_APART,
  }
}

/** Two steps that share a name and file names can't be told from two attempts of one, so both stay. */
function siblingWarnings({ publication }: DesiredPublish, { siblings }: ContentInDataset): readonly string[] {
  if (siblings.length === 0) return []
  return [
    `${idsOf(siblings)} was published as ${JSON.stringify(publication)} by this same run, and nothing proves that this step did: both stay in the dataset. ${TELL_APART}`,
  ]
}

const TELL_APART =
  'Give each step, and each leg of a matrix, its own "publication". For a job that is re-run, "permissions:" with "actions: read" lets the action recognize what the earlier attempt published.'

/** Warns if `previous` leaves more than one active publish. */
function besideWarnings(wanted: DesiredPublish, others: readonly PublishedBatch[]): readonly string[] {
  return wanted.replaces.kind === 'previous' && others.length > 0 ? [bothActiveWarning(wanted, others)] : []
}

/** Warns that a step with a new name publishes all of its data once more. */
function otherNameWarnings(
  { publishFingerprint: publish, publication, runId, ifUnchanged }: DesiredPublish,
  { batches: held }: Published,
): readonly string[] {
  const copies = held.filter(({ state, provenance }) => state.holdsRows && provenance.publishFingerprint === publish)
  const others = copies.filter(({ provenance }) => provenance.publication !== publication && provenance.runId !== runId)
  if (others.length === 0 || ifUnchanged === 'publish') return []
  const names = [...new Set(others.map(({ provenance }) => JSON.stringify(provenance.publication)))].join(', ')
  return [`The same data is also active as another publication: ${idsOf(others)} of ${names}`]
}

function bothActiveWarning({ replaces: asked }: DesiredPublish, others: readonly PublishedBatch[]): string {
  const how =
    asked.kind === 'previous' ? 'list its ids in "replay-predecessors"' : 'set "replay-predecessors: previous"'
  return `An earlier run of this publication is still active: the dataset now holds both (${idsOf(others)}). To replace it, ${how}`
}

function idsOf(batches: readonly PublishedBatch[]): string {
  return [...new Set(batches.map(({ holder }) => holder))].join(', ')
}
