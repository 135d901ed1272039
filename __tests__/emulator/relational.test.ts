import { describe, expect, it } from 'vitest'
import { addOrders, order } from '../support/emulator/relational.ts'
import { imports, platformInMemory } from './platform-in-memory.ts'

describe('a batch into a relational dataset', () => {
  it('is refused, since no document speaks of it', async () => {
    const platform = await platformInMemory()
    const datasetId = addOrders(platform)
    const got = await platform.send('POST', imports, { body: { datasetId, inputFormat: { format: 'json' } } })
    expect(got).toMatchObject({ status: 400, json: { errorCode: 'EMU-RELATIONAL' } })
  })

  it('leaves one row a key behind a setting, without its type of change, and none that it deletes', async () => {
    const platform = await platformInMemory({ relationalBatches: 'accepted' })
    const datasetId = addOrders(platform)
    const lines = [
      order({ status: 'late', modified: '2026-11-03T00:00:00Z' }),
      order({ status: 'early', modified: '2026-11-02T00:00:00Z' }),
      order({ lineId: 2, _change_request_type: 'u' }),
      order({ lineId: 3, _change_request_type: 'd' }),
    ]
    const batch = await platform.publish(lines.join(''), { datasetId })
    const rows = await platform.emulator.rows(batch)
    expect(rows).toMatchObject([{ status: 'late' }, { lineId: 2 }])
    expect(rows[1]).not.toHaveProperty('_change_request_type')
  })

  it('rejects rows without a key or a version, and with another type of change', async () => {
    const platform = await platformInMemory({ relationalBatches: 'accepted' })
    const datasetId = addOrders(platform)
    for (const broken of [{ orderId: undefined }, { modified: undefined }, { _change_request_type: 'D' }])
      expect(await platform.record(await platform.publish(order(broken), { datasetId }))).toMatchObject({
        status: 'failed',
      })
  })
})
