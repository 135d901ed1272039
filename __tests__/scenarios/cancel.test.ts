import { describe, expect, it } from 'vitest'
import { localPlatform, NEVER_MS } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { linkEndlessly } from '../support/files/search-tree.ts'
import { waitUntil } from '../support/time/wait-until.ts'

/** More than any machine needs to stop, and less than what was begun would take. */
const SOON_MS = 30_000

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }

it('a cancel during the upload takes the batch back, and does not wait for its end', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
  let cancelledAt = 0
  const run = await platform.publish({
    files,
    onLine: {
      match: /Created batch/,
      act: async (child) => {
        await waitUntil(() => platform.requests('PUT', /jsonl/).length === 2)
        cancelledAt = performance.now()
        child.kill('SIGINT')
      },
    },
  })
  expect(performance.now() - cancelledAt).toBeLessThan(SOON_MS)
  expect(run.exitCode, run.log).toBe(1)
  const { id, stage } = await platform.batch()
  expect(stage).toBe('aborted')
  expect(run.outputs).toMatchObject({ outcome: 'cancelled', status: 'aborted', 'batch-id': id })
  expect(run.log).toContain(`Aborted batch ${id}`)
  expect(run.log).toContain('::error::The step was cancelled (SIGINT)')
})

it('a cancel that the platform does not answer ends all the same, and says what is left', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add(
    { method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } },
    { path: '/**?action=ABORT', times: 0, effect: { kind: 'latency', ms: NEVER_MS } },
  )
  let cancelledAt = 0
  const run = await platform.publish({
    files,
    onLine: {
      match: /Created batch/,
      act: (child) => {
        cancelledAt = performance.now()
        child.kill('SIGINT')
      },
    },
  })
  expect(performance.now() - cancelledAt).toBeLessThan(SOON_MS)
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs['outcome']).toBe('cancelled')
  expect(run.log).toMatch(/^::warning::Batch \S+ stays open/m)
})

it('a cancel during the wait takes nothing back, and leaves the id', async () => {
  await using platform = await localPlatform({ loadedMs: NEVER_MS })
  const run = await platform.publish({
    files,
    onLine: { match: /^Completed batch \S+/m, act: (child) => void child.kill('SIGTERM') },
  })
  expect(run.exitCode, run.log).toBe(1)
  const { id, stage } = await platform.batch()
  expect(stage).toBe('promoting')
  expect(run.outputs).toMatchObject({ outcome: 'cancelled', status: 'loaded', 'batch-id': id })
  expect(run.log).toMatch(new RegExp(`^::error::The step was cancelled \\(SIGTERM\\).*${id}`, 'm'))
  expect(platform.requests('POST', /ABORT/)).toEqual([])
})

it('a cancel before anything was made is a cancel', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ path: '/**/dataSets/*', times: 0, effect: { kind: 'latency', ms: NEVER_MS } })
  const run = await platform.publish({
    files,
    onLine: { match: /add-mask::emu\./, act: (child) => void child.kill('SIGINT') },
  })
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'batch-id': '', 'batch-ids': '[]' })
})

describe('a search for files that never ends', () => {
  const inputs = { glob: 'data/**/*.jsonl' }

  it('is left when the run is cancelled', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({
      inputs,
      prepare: linkEndlessly,
      onLine: { match: /^Dataset "/m, act: (child) => void child.kill('SIGINT') },
    })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'batch-ids': '[]' })
  })

  it('is left when the dataset cannot be found', async () => {
    await using platform = await localPlatform()
    const run = await platform.publish({ inputs: { ...inputs, dataset: 'Nobody' }, prepare: linkEndlessly })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-ids': '[]' })
    expect(run.log).toMatch(/^::error::.*"Nobody"/m)
  })
})
