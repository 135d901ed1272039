import { Problem } from '../../src/base/problem.ts'
import type { Tags } from '../../src/platform/dataset-record.ts'
import type { DatasetsApi, TagChange } from '../../src/platform/datasets.ts'
import { datasetId } from './make.ts'

/** How the platform takes one request; `lost`: done, without an answer; `ignored`: answered, and not done. */
export type Treatment = 'done' | 'refused' | 'lost' | 'unheard' | 'ignored'

export const TREATMENTS: readonly Treatment[] = ['done', 'refused', 'lost', 'unheard', 'ignored']

export type DatasetWithTags = {
  readonly datasets: DatasetsApi
  readonly tags: () => Tags
  readonly changes: readonly (readonly TagChange[])[]
}

export type Temper = {
  readonly tags: Tags
  /** Of reads and of changes, one after the other; whatever comes after is done. */
  readonly reads?: readonly Treatment[]
  readonly changes?: readonly Treatment[]
  /** How many reads still show the tags as they were before a change. */
  readonly lag?: number
}

export const TAGGED = datasetId('5c8c3c555033b814b69f947f')

/** One dataset whose tags can be read and changed, at a platform of this temper. */
export function datasetWithTags(temper: Temper): DatasetWithTags {
  let { tags } = temper
  let shown = { tags, forReads: 0 }
  const turns = { reads: [...(temper.reads ?? [])], changes: [...(temper.changes ?? [])] }
  const made: (readonly TagChange[])[] = []
  const apply = (changes: readonly TagChange[]) => {
    if (shown.forReads === 0) shown = { tags, forReads: temper.lag ?? 0 }
    tags = changed(tags, changes)
  }
  const datasets: DatasetsApi = {
    list: () => Promise.reject(new Error('Nothing is listed here')),
    create: () => Promise.reject(new Error('Nothing is created here')),
    async read(id) {
      const turn = turns.reads.shift() ?? 'done'
      if (turn !== 'done' && turn !== 'ignored') throw troubled(turn)
      const now = shown.forReads > 0 ? shown.tags : tags
      if (shown.forReads > 0) shown = { ...shown, forReads: shown.forReads - 1 }
      const record = { id, name: 'Mine', schemaId: undefined, tags: now, isManaged: false, storedFormat: 'parquet' }
      return { kind: 'found', record }
    },
    async changeTags(_, changes) {
      made.push(changes)
      const turn = turns.changes.shift() ?? 'done'
      if (turn === 'done' || turn === 'lost') apply(changes)
      if (turn !== 'done' && turn !== 'ignored') throw troubled(turn)
    },
  }
  return { datasets, tags: () => tags, changes: made }
}

/** RFC 6902: all of it, or nothing; what is removed must be there. */
function changed(tags: Tags, changes: readonly TagChange[]): Tags {
  const missing = changes.find(({ tag, values }) => values === undefined && !(tag in tags))
  if (missing !== undefined) throw troubled('refused')
  const after: Record<string, readonly string[]> = { ...tags }
  for (const { tag, values } of changes) {
    if (values === undefined) delete after[tag]
    else after[tag] = values
  }
  return after
}

function troubled(turn: Exclude<Treatment, 'done' | 'ignored'>): Problem {
  const isDoubtful = turn !== 'refused'
  return new Problem(`Cannot do it: ${turn}`, { remedy: 'Wait.', isPassing: isDoubtful, mayHaveActed: isDoubtful })
}
