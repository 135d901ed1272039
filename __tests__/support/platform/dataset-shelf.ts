import { Problem } from '../../../src/lib/errors.ts'
import type { DatasetsApi, ListedDataset } from '../../../src/platform/datasets.ts'
import type { Treatment } from './dataset-with-tags.ts'
import type { FakeClock } from '../time/fake-clock.ts'
import { datasetId } from '../make.ts'

type Shelved = ListedDataset & { readonly sinceMs: number; readonly isOurs: boolean }

export type DatasetShelf = {
  readonly datasets: DatasetsApi
  /** Adds a dataset, as another job would. */
  readonly add: (name: string) => void
  readonly all: () => readonly Shelved[]
  /** The number of creation requests. */
  readonly asked: () => number
}

export type ShelfTemper = {
  readonly clock: FakeClock
  /** The treatment of each creation in turn; later ones succeed. */
  readonly creations?: readonly Exclude<Treatment, 'ignored'>[]
  /** How long lists don't show a created dataset. */
  readonly lagMs?: number
  /** A second dataset with the same name is refused with 409, whatever lists show. */
  readonly hasUniqueNames?: boolean
  /** An action of another job just before a creation is carried out. */
  readonly before?: (shelf: Pick<DatasetShelf, 'add'>) => void
}

/** Datasets that can be created and listed, on a platform with this behavior. */
export function datasetShelf({ clock, lagMs = 0, hasUniqueNames = false, ...temper }: ShelfTemper): DatasetShelf {
  const shelved: Shelved[] = []
  const turns = [...(temper.creations ?? [])]
  let asked = 0
  const put = (name: string, isOurs: boolean) => {
    const id = datasetId((shelved.length + 1).toString(16).padStart(24, '0'))
    shelved.push({ id, name, isManaged: false, tags: {}, sinceMs: clock.now(), isOurs })
    return id
  }
  const refuse = () => Promise.reject(new Error('Only lists are read here'))
  const datasets: DatasetsApi = {
    tagged: refuse,
    read: refuse,
    changeTags: refuse,
    list: async () => shelved.filter(({ sinceMs }) => sinceMs + lagMs <= clock.now()),
    async create({ name }) {
      asked++
      temper.before?.({ add: (theirs) => void put(theirs, false) })
      const turn = turns.shift() ?? 'done'
      if (turn === 'unheard') throw trouble('nothing was heard', 'in doubt')
      if (turn === 'refused') throw trouble('it is refused', 'final')
      if (hasUniqueNames && shelved.some((other) => other.name === name)) throw trouble('409', 'final')
      const id = put(name, true)
      if (turn === 'lost') throw trouble('the answer is lost', 'in doubt')
      return id
    },
  }
  return { datasets, add: (name) => void put(name, false), all: () => shelved, asked: () => asked }
}

function trouble(why: string, how: 'final' | 'in doubt'): Problem {
  const isDoubtful = how === 'in doubt'
  return new Problem(`Cannot create it: ${why}`, { remedy: '', isPassing: isDoubtful, mayHaveActed: isDoubtful })
}
