import { Problem } from '../../base/problem.ts'
import { ranked } from '../../base/nearest.ts'
import type { DatasetsApi, ListedDataset } from '../../platform/datasets.ts'
import type { DatasetId } from '../../platform/ids.ts'

export type FindTools = { readonly datasets: DatasetsApi; readonly signal: AbortSignal }

/** What a name stands for. `nearest`: names of the sandbox that may have been meant, the most likely first. */
export type NamedDataset =
  { readonly kind: 'found'; readonly id: DatasetId } | { readonly kind: 'missing'; readonly nearest: readonly string[] }

/**
 * Looks a dataset up by its exact name. Datasets that the platform manages don't count, but where nothing else has the name
 * it is theirs, and is refused when it is read.
 *
 * @throws Problem when several have the name.
 */
export async function findDataset(name: string, { datasets, signal }: FindTools): Promise<NamedDataset> {
  const filtered = named(name, await datasets.list(name, signal))
  // The list decides, not the filter; and who misspelt a name wants to see the others.
  const all = filtered.length > 0 ? filtered : await datasets.list(undefined, signal)
  const found = named(name, all)
  const own = found.filter(({ isManaged }) => !isManaged)
  if (own.length > 1) throw ambiguous(name, own)
  const [one = found[0]] = own
  if (one !== undefined) return { kind: 'found', id: one.id }
  const others = all.filter(({ isManaged }) => !isManaged).map((other) => other.name)
  return { kind: 'missing', nearest: ranked(name, others) }
}

function named(name: string, listed: readonly ListedDataset[]): readonly ListedDataset[] {
  return listed.filter((dataset) => dataset.name === name)
}

function ambiguous(name: string, datasets: readonly Pick<ListedDataset, 'id'>[]): Problem {
  const ids = datasets.map(({ id }) => id).join(', ')
  return new Problem(
    `Cannot tell which dataset is meant: ${datasets.length} are named ${JSON.stringify(name)}: ${ids}`,
    {
      remedy:
        'Nothing was sent. Give the id of the one that is meant in "dataset". Before you delete another, look that it holds no rows.',
    },
  )
}
