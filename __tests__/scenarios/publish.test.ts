import { describe, expect, it } from 'vitest'
import { seededSchemaIds } from '../../emulator/seed/ids.ts'
import { localPlatform, NEVER_MS } from '../support/emulator/local-platform.ts'
import { datasets, member } from '../support/runs/platform-inputs.ts'
import { describeScenarios } from '../support/runs/scenario.ts'

const files = { 'data/a.jsonl': member('1') + member('2') }

describe('publishing', () => {
  it('asks the platform for one thing after the other', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files })
    expect(run.exitCode, run.log).toBe(0)
    const { id } = await platform.batch()
    const path = (target: string) => target.replace(id, '{batch}').replace(datasets.loyalty, '{dataset}')
    const calls = platform.emulator.requests().map(({ method, target }) => `${method} ${path(target)}`)
    const plain = calls.map((call) => call.replace('/data/foundation', '').replace(/\?(?!action).*/, '?…'))
    // How many looks at the batch find it unfinished, the clock decides.
    const LOOK = 'GET /catalog/batches/{batch}'
    const once = plain.filter((call, index) => call !== LOOK || plain[index - 1] !== LOOK)
    // What is asked for at once arrives in any order.
    const rounds = [
      ['POST /ims/token/v3'],
      ['GET /catalog/batches?…', 'GET /catalog/dataSets/{dataset}'],
      [`GET /schemaregistry/tenant/schemas/${encodeURIComponent(seededSchemaIds.loyalty)}`],
      ['GET /catalog/dataSets?…'],
      ['GET /catalog/batches?…'],
      ['POST /import/batches'],
      ['PUT /import/batches/{batch}/datasets/{dataset}/files/data/a.jsonl'],
      ['GET /catalog/batches?…', 'HEAD /import/batches/{batch}/datasets/{dataset}/files/data/a.jsonl'],
      ['POST /import/batches/{batch}?action=COMPLETE'],
      [LOOK],
      ['GET /export/batches/{batch}/files?…'],
      ['GET /catalog/batches?…'],
    ]
    expect(rounds.map(({ length }) => once.splice(0, length).toSorted())).toEqual(rounds)
    expect(once).toEqual([])
  })

  it('shows batch, dataset, files and rows in log, outputs and summary', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files })
    const { id } = await platform.batch()
    expect(run.outputs).toMatchObject({ 'batch-id': id, 'batch-ids': JSON.stringify([id]), 'file-count': '1' })
    expect(run.outputs['byte-count']).toBe(String(files['data/a.jsonl'].length))
    expect(run.log).toContain(`Published: 1 file, 2 rows written, dataset "Loyalty members" (${datasets.loyalty})`)
    expect(run.log).toContain(`batch ${id}`)
    expect(run.summary).toContain(id)
    expect(run.summary).toContain('✅')
  })
})

const BUSY = { loadedMs: NEVER_MS }

describeScenarios('waiting', {
  'is left out where the run is told so': {
    settings: BUSY,
    files,
    inputs: { wait: 'false' },
    exitCode: 0,
    outputs: { outcome: 'submitted', 'batch-id': expect.stringMatching(/./), 'records-written': '' },
    batches: [{ stage: 'promoting' }],
    requests: { 'GET /catalog/batches/': 0 },
  },
  'is given up when time has run out, and nothing is taken back': {
    settings: BUSY,
    files,
    inputs: { 'timeout-minutes': '0.003' },
    exitCode: 1,
    outputs: { outcome: 'timed-out', status: 'loaded' },
    batches: [{ stage: 'promoting' }],
    also: async ({ outputs, log }, platform) => {
      const { id } = await platform.batch()
      expect(outputs['batch-id']).toBe(id)
      expect(log).toMatch(new RegExp(`^::error::.*Timed out.*${id}`, 'm'))
    },
  },
  'is given up in time also while the platform does not answer': {
    files,
    inputs: { 'timeout-minutes': '0.003' },
    faults: [{ path: '/data/foundation/catalog/batches/*', times: 0, effect: { kind: 'latency', ms: Infinity } }],
    exitCode: 1,
    outputs: { outcome: 'timed-out' },
  },
})
