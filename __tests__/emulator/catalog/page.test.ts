import { describe, expect, it } from 'vitest'
import { seededDatasetIds } from '../../../emulator/seed/ids.ts'
import { catalog, platformInMemory } from '../platform-in-memory.ts'

const { loyalty, products } = seededDatasetIds

describe('a page of Catalog', () => {
  it('is ordered by each property in its own direction, ascending where none is named', async () => {
    const platform = await platformInMemory()
    platform.emulator.addDatasets([1, 2, 3].map((createdMs) => ({ name: createdMs === 2 ? 'B' : 'A', createdMs })))
    const order = async (orderBy: string) => {
      const { json } = await platform.send(
        'GET',
        `${catalog}/dataSets?name=A,B&orderBy=${orderBy}&properties=name,created`,
      )
      return Object.values<{ name: string; created: number }>(Object(json)).map(({ name, created }) => name + created)
    }
    expect(await order('name,desc:created')).toEqual(['A3', 'A1', 'B2'])
    expect(await order('desc:name,created')).toEqual(['B2', 'A1', 'A3'])
    expect(await order('asc:created')).toEqual(['A1', 'B2', 'A3'])
  })

  it.each(['start=-1', 'start=x', 'start=1.5', 'offset=-1'])('refuses %s with 400', async (query) => {
    const got = await (await platformInMemory()).send('GET', `${catalog}/batches?${query}`)
    expect(got).toMatchObject({ status: 400, json: { detail: expect.stringContaining('valid query start') } })
  })

  it('shows the properties that are asked for, one inside of another too, and {} of an object without them', async () => {
    const platform = await platformInMemory()
    const shown = async (path: string) => (await platform.send('GET', `${catalog}/${path}`)).json
    const id = await platform.createBatch()
    expect(await shown(`batches/${id}?properties=status`)).toEqual({ [id]: { status: 'loading' } })
    expect(await shown(`batches/${id}?properties=nothing`)).toEqual({ [id]: {} })
    expect(await shown(`batches?properties=inputFormat.format`)).toEqual({ [id]: { inputFormat: { format: 'json' } } })
    expect(await shown(`dataSets/${loyalty}?properties=observableSchema`)).toEqual({ [loyalty]: {} })
  })

  it('holds 20 datasets at most with their observable schemas', async () => {
    const platform = await platformInMemory()
    platform.emulator.addDatasets(Array.from({ length: 30 }, (_, number) => ({ name: `Many ${number}` })))
    const count = async (properties: string) =>
      Object.keys(Object((await platform.send('GET', `${catalog}/dataSets?limit=100&properties=${properties}`)).json))
        .length
    expect([await count('name'), await count('observableSchema')]).toEqual([35, 20])
  })

  it('shows several objects at once, leaves out what does not exist, and is 404 where nothing does', async () => {
    const platform = await platformInMemory()
    const unknown = '650000000000000000000099'
    const got = await platform.send('GET', `${catalog}/dataSets/${loyalty},${unknown},${products}?properties=name`)
    expect(got.json).toEqual({ [loyalty]: { name: 'Loyalty members' }, [products]: { name: 'Products' } })
    expect(got.headers).not.toHaveProperty('etag')
    for (const path of [`dataSets/${unknown},${unknown}`, 'batches/A,B'])
      expect((await platform.send('GET', `${catalog}/${path}`)).status).toBe(404)
  })
})
