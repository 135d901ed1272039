import { describe, expect, it } from 'vitest'
import type { ReplayIdStyle, Settings } from '../../emulator/settings.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { at, badRow, catalog, goodRow, imports, platformInMemory } from './platform-in-memory.ts'

const replayed = (settings: Partial<Settings['replay']>): Partial<Settings> => ({
  staleReads: 0,
  replay: {
    honoured: true,
    idStyles: ['plain', 'dollar', 'braces'],
    secondSuccessor: 'refused',
    predecessorsOfFailed: 'kept',
    ...settings,
  },
})

const body = (...predecessors: readonly string[]) => ({ replay: { predecessors, reason: 'replace' } })

describe('replay', () => {
  const styles: readonly (readonly [ReplayIdStyle, (id: string) => string])[] = [
    ['plain', (id) => id],
    ['dollar', (id) => `$${id}`],
    ['braces', (id) => `\${${id}}`],
  ]
  for (const [style, written] of styles) {
    it(`understands ids that are ${style}, keeps them plain, and replaces when the successor succeeds`, async () => {
      const platform = await platformInMemory(replayed({ idStyles: [style] }))
      const old = await platform.publish(goodRow)
      const next = await platform.createBatch(body(written(old)))
      expect(at(await platform.record(old), 'status')).toBe('success')
      expect(await platform.record(next)).toMatchObject({ replay: { predecessors: [old], reason: 'replace' } })
      await platform.send('PUT', `${imports}/${next}/datasets/${seededDatasetIds.loyalty}/files/a.json`, {
        body: goodRow,
      })
      await platform.complete(next)
      expect(at(await platform.record(old), 'status')).toBe('inactive')
      expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toHaveLength(1)
    })

    it(`drops ids that are ${style} where they are not understood`, async () => {
      const idStyles = styles.map(([other]) => other).filter((other) => other !== style)
      const platform = await platformInMemory(replayed({ idStyles }))
      const old = await platform.publish(goodRow)
      const next = await platform.publish(goodRow, body(written(old)))
      expect(at(await platform.record(next), 'replay', 'predecessors')).toEqual([])
      expect(at(await platform.record(old), 'status')).toBe('success')
    })
  }

  it('can name predecessors by externalId', async () => {
    const platform = await platformInMemory(replayed({}))
    const old = await platform.publish(goodRow, { externalId: 'acme/1' })
    await platform.publish(goodRow, { replay: { predecessorsByExternalId: ['acme/1'] } })
    expect(at(await platform.record(old), 'status')).toBe('inactive')
  })

  it('echoes what it does not understand, and replaces nothing, where the setting says so', async () => {
    const platform = await platformInMemory(replayed({ idStyles: ['dollar'], otherStyles: 'echoed' }))
    const old = await platform.publish(goodRow)
    const next = await platform.publish(goodRow, body(old))
    expect(at(await platform.record(next), 'replay')).toEqual({ predecessors: [old], reason: 'replace' })
    expect(at(await platform.record(old), 'status')).toBe('success')
  })

  it('takes an externalId with the $ that the OpenAPI file demands of every id of a client', async () => {
    const platform = await platformInMemory(replayed({ idStyles: ['dollar'], otherStyles: 400 }))
    const old = await platform.publish(goodRow, { externalId: 'acme/1' })
    const plain = { replay: { predecessorsByExternalId: ['acme/1'] } }
    await expect(platform.createBatch(plain)).rejects.toThrow('400')
    await platform.publish(goodRow, { replay: { predecessorsByExternalId: ['$acme/1'] } })
    expect(at(await platform.record(old), 'status')).toBe('inactive')
  })

  it('can be ignored altogether', async () => {
    const platform = await platformInMemory(replayed({ honoured: false }))
    const old = await platform.publish(goodRow)
    const next = await platform.publish(goodRow, body(old))
    expect(await platform.record(next)).toMatchObject({ replay: {} })
    expect(at(await platform.record(old), 'status')).toBe('success')
  })

  it('leaves predecessors alone when the successor fails, or loses them', async () => {
    for (const [predecessorsOfFailed, status] of [
      ['kept', 'success'],
      ['lost', 'inactive'],
    ] as const) {
      const platform = await platformInMemory(replayed({ predecessorsOfFailed }))
      const old = await platform.publish(goodRow)
      await platform.publish(badRow, body(old))
      expect(at(await platform.record(old), 'status')).toBe(status)
    }
  })

  it('refuses a second successor, or takes it', async () => {
    for (const [secondSuccessor, outcome] of [
      ['refused', '428'],
      ['accepted', undefined],
    ] as const) {
      const platform = await platformInMemory(replayed({ secondSuccessor }))
      const old = await platform.publish(goodRow)
      await platform.createBatch(body(old))
      const second = platform.createBatch(body(old))
      if (outcome === undefined) await second
      else await expect(second).rejects.toThrow(outcome)
    }
  })

  it('refuses predecessors that are loading, of another dataset, or unknown', async () => {
    const platform = await platformInMemory(replayed({}))
    await expect(platform.createBatch(body(await platform.createBatch()))).rejects.toThrow('428')
    await expect(platform.createBatch(body('nothing'))).rejects.toThrow('400')
    const old = await platform.publish(goodRow)
    await expect(platform.createBatch({ ...body(old), datasetId: seededDatasetIds.events })).rejects.toThrow('400')
  })
})

describe('the platform itself', () => {
  it('puts batches together into one that their tags name', async () => {
    const platform = await platformInMemory({ staleReads: 0 })
    const parts = [await platform.publish(goodRow), await platform.publish(goodRow + goodRow)]
    const whole = await platform.emulator.consolidate(parts)
    for (const part of parts) {
      expect(await platform.record(part)).toMatchObject({ status: 'inactive', tags: { acp_successor: [whole] } })
    }
    const expected = {
      status: 'success',
      replay: { predecessors: parts, reason: 'consolidation' },
      metrics: { inputRecordCount: 3 },
    }
    expect(await platform.record(whole)).toMatchObject(expected)
    expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toHaveLength(3)
  })

  it('can leave tags and replay out of the answer to a creation', async () => {
    const platform = await platformInMemory({ createAnswer: 'without-tags-and-replay' })
    const sent = { datasetId: seededDatasetIds.loyalty, inputFormat: { format: 'json' }, tags: { a: ['b'] } }
    const got = await platform.send('POST', imports, { body: sent })
    expect(got.json).not.toHaveProperty('tags')
    expect(await platform.record(String(at(got.json, 'id')))).toMatchObject({ tags: { a: ['b'] } })
  })

  it('can write statuses and tags in other ways, and leave metrics out', async () => {
    const platform = await platformInMemory({
      statusCase: 'capitalised',
      statusWords: 'active-failure',
      tags: 'scalars',
      metrics: 'missing',
    })
    const record = await platform.record(await platform.publish(goodRow))
    expect(record).toMatchObject({ status: 'Active', tags: { acp_enableErrorDiagnostics: true } })
    expect(record).not.toHaveProperty('metrics')
  })

  it('can show a new batch late', async () => {
    const platform = await platformInMemory({ catalogueLagMs: { created: 100, completed: 0 } })
    const id = await platform.createBatch()
    expect((await platform.send('GET', `${catalog}/batches/${id}`)).status).toBe(404)
    expect((await platform.send('GET', `${catalog}/batches`)).json).toEqual({})
    platform.pass(100)
    expect(at(await platform.record(id), 'status')).toBe('loading')
  })

  it('can go on calling a completed batch loading', async () => {
    const platform = await platformInMemory({ catalogueLagMs: { created: 0, completed: 20_000 } })
    const id = await platform.publish(goodRow)
    expect(await platform.record(id)).toMatchObject({ status: 'loading', errors: [] })
    expect(await platform.record(id)).not.toHaveProperty('metrics')
    platform.pass(10_000)
    expect(at(await platform.record(id), 'status')).toBe('success')
  })
})
