import { describe, expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { datasets, member } from '../support/platform-inputs.ts'

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
    expect(plain.filter((call, index) => call !== plain[index - 1])).toEqual([
      'POST /ims/token/v3',
      'GET /catalog/dataSets/{dataset}',
      'GET /catalog/batches?…',
      'POST /import/batches',
      'PUT /import/batches/{batch}/datasets/{dataset}/files/data/a.jsonl',
      'GET /catalog/batches?…',
      'POST /import/batches/{batch}?action=COMPLETE',
      'GET /catalog/batches/{batch}',
      'GET /export/batches/{batch}/files?…',
      'GET /catalog/batches?…',
    ])
  })

  it('tells the batch where it came from', async () => {
    await using platform = await localPlatform()
    await platform.publish({ files, inputs: { tags: 'team=crm\nteam=web\nfeed=daily' } })
    const batch = await platform.batch()
    expect(batch.externalId).toMatch(/^gh\/acme\/loyalty-data\/1001\/1\/[0-9A-Za-z._/@-]+$/)
    expect(batch).toMatchObject({ diagnostics: true, thresholdPercent: 0, predecessors: [] })
    expect(batch.tags).toMatchObject({
      gh_repository: ['acme/loyalty-data'],
      gh_repository_id: ['4711'],
      gh_ref: ['refs/heads/main'],
      gh_sha: ['0a1b2c3d4e5f60718293a4b5c6d7e8f901234567'],
      gh_run_id: ['1001'],
      gh_attempt: ['1'],
      gh_run: ['https://github.com/acme/loyalty-data/actions/runs/1001'],
      gh_workflow: ['Publish'],
      gh_publication: ['glob:data/*.jsonl'],
      gh_part: ['1/1'],
      gh_publish: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      gh_fingerprint: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      gh_names: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      gh_files: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      team: ['crm', 'web'],
      feed: ['daily'],
    })
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

  it('does not wait when it is told not to', async () => {
    await using platform = await localPlatform({ loadedMs: 60_000 })
    const run = await platform.publish({ files, inputs: { wait: 'false' } })
    expect(run.exitCode, run.log).toBe(0)
    const batch = await platform.batch()
    expect(run.outputs).toMatchObject({ outcome: 'submitted', 'batch-id': batch.id, 'records-written': '' })
    expect(batch.stage).toBe('promoting')
    expect(platform.requests('GET', /catalog\/batches\/\w/)).toHaveLength(0)
  })

  it('gives up waiting when time has run out, and takes nothing back', async () => {
    await using platform = await localPlatform({ loadedMs: 60_000 })
    const run = await platform.publish({ files, inputs: { 'timeout-minutes': '0.003' } })
    expect(run.exitCode).toBe(1)
    const batch = await platform.batch()
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', status: 'loaded', 'batch-id': batch.id })
    expect(batch.stage).toBe('promoting')
    expect(run.log).toMatch(new RegExp(`^::error::.*Timed out.*${batch.id}`, 'm'))
  })

  it('gives up in time also while the platform does not answer', async () => {
    await using platform = await localPlatform()
    const effect = { kind: 'latency', ms: 60_000 } as const
    platform.emulator.faults.add({ path: '/data/foundation/catalog/batches/*', times: 0, effect })
    const startedAt = performance.now()
    const run = await platform.publish({ files, inputs: { 'timeout-minutes': '0.003' } })
    expect(run.outputs['outcome']).toBe('timed-out')
    expect(performance.now() - startedAt).toBeLessThan(30_000)
  })
})
