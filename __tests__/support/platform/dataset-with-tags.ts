import { Problem } from '../../../src/lib/errors.ts'
import type { DatasetRecord, Tags } from '../../../src/platform/records.ts'
import type { DatasetsApi, TagChange, TagChanges } from '../../../src/platform/datasets.ts'
import type { DatasetId } from '../../../src/platform/ids.ts'
import { datasetId } from '../make.ts'

/** How the platform treats a request; `lost`: done, but not answered; `ignored`: answered, but not done. */
export type Treatment = 'done' | 'refused' | 'lost' | 'unheard' | 'ignored'

export const TREATMENTS: readonly Treatment[] = ['done', 'refused', 'lost', 'unheard', 'ignored']

/** `astray`: a read that does not find the existing dataset. */
export type Reading = Treatment | 'astray'

export type DatasetWithTags = {
  readonly datasets: DatasetsApi
  readonly tags: () => Tags
  /** All requested changes, whether or not they took effect. */
  readonly changes: readonly TagChanges[]
}

export type Temper = {
  readonly tags: Tags
  /** The treatment of each read, and of each change, in turn; later ones succeed. */
  readonly reads?: readonly Reading[]
  readonly changes?: readonly Treatment[]
  /** How many reads still show the tags from before a change. */
  readonly lag?: number
  /** The outdated tags that the first `lag` reads show. */
  readonly shown?: Tags
  /** The tags that another client sets just before the change of this number, from 1. */
  readonly meanwhile?: { readonly change: number; readonly tags: Tags }
  /** The value that `if-match` must have; absent: the version. */
  readonly etag?: string
}

export const TAGGED = datasetId('5c8c3c555033b814b69f947f')

/** One dataset whose tags can be read and changed, on a platform with this behavior. */
export function datasetWithTags(temper: Temper): DatasetWithTags {
  let now: State = { tags: temper.tags, version: 0 }
  let shown =
    temper.shown === undefined
      ? { state: now, forReads: 0 }
      : { state: { ...now, tags: temper.shown }, forReads: temper.lag ?? 0 }
  const turns = { reads: [...(temper.reads ?? [])], changes: [...(temper.changes ?? [])] }
  const asked: TagChanges[] = []
  const become = (tags: Tags) => {
    if (shown.forReads === 0) shown = { state: now, forReads: temper.lag ?? 0 }
    now = { tags, version: now.version + 1 }
  }
  const datasets: DatasetsApi = {
    list: () => Promise.reject(new Error('Nothing is listed here')),
    tagged: () => Promise.reject(new Error('Nothing is listed here')),
    create: () => Promise.reject(new Error('Nothing is created here')),
    async read(id, signal) {
      signal.throwIfAborted()
      const turn = turns.reads.shift() ?? 'done'
      if (turn === 'astray') return { kind: 'missing', requestId: undefined }
      if (turn !== 'done' && turn !== 'ignored') throw troubled(turn)
      const seen = shown.forReads > 0 ? shown.state : now
      if (shown.forReads > 0) shown = { ...shown, forReads: shown.forReads - 1 }
      return { kind: 'found', record: recordOf(id, seen) }
    },
    async changeTags(_, change) {
      asked.push(change)
      if (asked.length === temper.meanwhile?.change) become(temper.meanwhile.tags)
      const turn = turns.changes.shift() ?? 'done'
      const isOther = change.ifVersion !== undefined && change.ifVersion !== (temper.etag ?? versionOf(now))
      if ((turn === 'done' || turn === 'lost') && !isOther) become(changed(now.tags, change.changes))
      if (turn !== 'done' && turn !== 'ignored') throw troubled(turn)
      return turn === 'done' && isOther ? 'other version' : 'done'
    },
  }
  return { datasets, tags: () => now.tags, changes: asked }
}

type State = { readonly tags: Tags; readonly version: number }

function versionOf({ version }: State): string {
  return `1.0.${version}`
}

function recordOf(id: DatasetId, state: State): DatasetRecord {
  const like = { schemaId: undefined, isManaged: false, storedFormat: 'parquet', updatedMs: undefined }
  return { id, name: 'Mine', ...like, tags: state.tags, version: versionOf(state) }
}

/** RFC 6902: changes apply in order, all or none, and the target of a removal must exist. */
function changed(tags: Tags, changes: readonly TagChange[]): Tags {
  const after: Record<string, readonly string[]> = { ...tags }
  for (const { tag, values } of changes) {
    if (values !== undefined) after[tag] = values
    else if (tag in after) delete after[tag]
    else throw troubled('refused')
  }
  return after
}

function troubled(turn: Exclude<Treatment, 'done' | 'ignored'>): Problem {
  const isDoubtful = turn !== 'refused'
  return new Problem(`Cannot do it: ${turn}`, { remedy: 'Wait.', isPassing: isDoubtful, mayHaveActed: isDoubtful })
}
