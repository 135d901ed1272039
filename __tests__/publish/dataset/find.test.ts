import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { DatasetsApi, ListedDataset } from '../../../src/platform/datasets.ts'
import { findDataset } from '../../../src/publish/dataset.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { datasetId } from '../../support/make.ts'

type Filter = (name: string, all: readonly ListedDataset[]) => readonly ListedDataset[]

const exact: Filter = (name, all) => all.filter((dataset) => dataset.name === name)
/** A filter may take more or less than it was meant to. */
const FILTERS: Readonly<Record<string, Filter>> = {
  exact,
  'by prefix': (name, all) => all.filter((dataset) => dataset.name.startsWith(name)),
  'deaf to case': (name, all) => all.filter((dataset) => dataset.name.toLowerCase() === name.toLowerCase()),
  ignored: (_, all) => all,
  'finding nothing': () => [],
}

function listed(number: number, name: string, isManaged = false): ListedDataset {
  return { id: datasetId(number.toString(16).padStart(24, '0')), name, isManaged, tags: {} }
}

function find(name: string, all: readonly ListedDataset[], filter: Filter = exact) {
  const asked: (string | undefined)[] = []
  const refuse = () => Promise.reject(new Error('Only lists are read'))
  const datasets: DatasetsApi = {
    list: async (wanted) => {
      asked.push(wanted)
      return wanted === undefined ? all : filter(wanted, all)
    },
    read: refuse,
    tagged: refuse,
    create: refuse,
    changeTags: refuse,
  }
  return { asked, found: findDataset(name, contextOf({ datasets })) }
}

describe('a dataset by its name', () => {
  it('is the one that has it, and one look is enough', async () => {
    const { asked, found } = find('B', [listed(1, 'A'), listed(2, 'B')])
    expect(await found).toEqual({ kind: 'found', id: listed(2, 'B').id })
    expect(asked).toEqual(['B'])
  })

  it('is found by comparison, whatever the filter makes of the name', async () => {
    const name = fc.constantFrom('a', 'A', 'ab', 'b', '', 'a,b', '!a', 'a*')
    const all = fc
      .array(fc.tuple(name, fc.boolean()), { maxLength: 8 })
      .map((list) => list.map(([text, isManaged], index) => listed(index, text, isManaged)))
    const filters = fc.constantFrom(...Object.values(FILTERS))
    await fc.assert(
      fc.asyncProperty(name, all, filters, async (wanted, datasets, filter) => {
        const end = await find(wanted, datasets, filter).found.catch((error: unknown) => error)
        const named = datasets.filter((dataset) => dataset.name === wanted)
        const own = named.filter(({ isManaged }) => !isManaged)
        if (own.length > 1) expect(end).toBeInstanceOf(Problem)
        else if (named.length > 0) expect(end).toEqual({ kind: 'found', id: (own[0] ?? named[0])?.id })
        else expect(end).toMatchObject({ kind: 'missing' })
      }),
    )
  })

  it('that two have is an error with both ids', async () => {
    const both = [listed(1, 'A'), listed(2, 'A')]
    const error = await caught(find('A', both).found)
    for (const { id } of both) expect(error).toMatchObject({ message: expect.stringContaining(id) })
  })

  it('that is missing comes with at most five names of customers, the nearest first, each once', async () => {
    const others = ['Members', 'Member', 'Members of EU', 'Members', 'Orders', 'Stores', 'Products', '']
    const { found } = find('Memberz', [listed(90, 'Memberz!', true), ...others.map((name, i) => listed(i, name))])
    expect(await found).toEqual({
      kind: 'missing',
      nearest: ['Members', 'Member', 'Orders', 'Stores', expect.any(String)],
    })
  })
})
