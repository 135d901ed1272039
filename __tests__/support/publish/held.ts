import { jsonReader } from '../../../src/lib/json-reader.ts'
import { readBatchRecord } from '../../../src/platform/records.ts'
import type { Provenance } from '../../../src/publish/tags.ts'
import { type BatchState, stateOf } from '../../../src/platform/batch-state.ts'
import type { PublishedBatch, Published, NamedBatch } from '../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { batchId } from '../make.ts'

/** The data `new` of the publication `members`, in one batch, by the second attempt of run 1001. */
export function desiredPublish(more: Partial<DesiredPublish> = {}): DesiredPublish {
  return {
    publication: 'members',
    publishFingerprint: 'new',
    namesHash: 'N',
    filesHash: 'F',
    parts: ['new#1'],
    earlierParts: [],
    knownAs: new Map(),
    runId: 1001,
    attempt: 2,
    ref: 'refs/heads/main',
    replaces: { kind: 'nothing' },
    ifUnchanged: 'skip',
    survivors: undefined,
    bytes: 0,
    maxShrinkPercent: 50,
    ...more,
  }
}

/** A status of each state. */
const STATUS_OF = {
  open: 'loading',
  'in progress': 'loaded',
  stalled: 'stalled',
  active: 'active',
  gone: 'inactive',
} as const

export type StateName = keyof typeof STATUS_OF

function stateNamed(name: StateName): BatchState {
  return stateOf({ status: STATUS_OF[name] })
}

export type PublishedOptions = {
  readonly provenance?: Partial<Provenance>
  readonly state?: StateName
  readonly holder?: string
  readonly predecessors?: readonly string[]
}

/** An active batch with all of the data `old` of `members`, by run 900. */
export function publishedBatch(
  id: string,
  { provenance = {}, state = 'active', holder = id, predecessors = [] }: PublishedOptions = {},
): PublishedBatch {
  const publish = provenance.publishFingerprint ?? 'old'
  const part = provenance.part ?? { number: 1, of: 1 }
  return {
    record: readBatchRecord(batchId(id), jsonReader({ status: 'success', replay: { predecessors } }, 'record')),
    provenance: {
      repositoryId: '4711',
      publication: 'members',
      publishFingerprint: publish,
      part,
      fingerprint: `${publish}#${part.number}`,
      namesHash: 'N',
      filesHash: 'F',
      isAgain: false,
      mapping: '',
      formula: 1,
      rows: undefined,
      bytes: 0,
      step: '',
      sha: '',
      job: '',
      ref: 'refs/heads/main',
      runId: 900,
      attempt: 1,
      run: 'https://github.com/acme/loyalty-data/actions/runs/900',
      ...provenance,
    },
    state: stateNamed(state),
    holder: batchId(holder),
  }
}

export function publishedOf(
  batches: readonly PublishedBatch[],
  { holdings = {}, named: ids = [] }: { holdings?: Holdings; named?: readonly NamedBatch[] } = {},
): Published {
  const held = Object.entries(holdings).map(([id, parts]) => [batchId(id), parts] as const)
  return { batches, holdings: new Map(held), named: ids }
}

type Holdings = Readonly<Record<string, readonly string[]>>

/** The batches to replace; ids with the data that Catalog has for them. */
export type Replaces =
  { readonly kind: 'nothing' | 'previous' } | { readonly kind: 'ids'; readonly named: readonly NamedBatch[] }

/** The publish of a run that replaces these batches, and the batches that the dataset holds. */
export function situation(
  batches: readonly PublishedBatch[],
  replaces: Replaces,
  more: Partial<DesiredPublish> = {},
): readonly [DesiredPublish, Published] {
  if (replaces.kind !== 'ids') return [desiredPublish({ replaces, ...more }), publishedOf(batches)]
  const ids = replaces.named.map(({ id }) => id)
  return [desiredPublish({ replaces: { kind: 'ids', ids }, ...more }), publishedOf(batches, { named: replaces.named })]
}

/** A batch that the workflow names. */
export function named(
  id: string,
  more: Partial<Omit<NamedBatch, 'id' | 'holder'>> & { holder?: string } = {},
): NamedBatch {
  const { holder = id, ...others } = more
  return { id: batchId(id), isActive: true, holdings: [], ...others, holder: batchId(holder) }
}
