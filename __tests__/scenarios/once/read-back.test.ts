import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../emulator/faults/faults.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'

const files = { 'data/a.jsonl': member('1') + member('2') + member('3') }
const FILES = '/data/foundation/export/batches/*/files'

/** Data Access says of each file how many records it has; as a text, as the platform does. */
const listing = (...records: readonly string[]): Effect => ({
  kind: 'answer',
  status: 200,
  body: JSON.stringify({ data: records.map((count, index) => ({ dataSetFileId: `f${index}`, records: count })) }),
})

describe('what Data Access says', () => {
  it.concurrent('confirms the metrics, and nothing more is said', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: FILES, effect: listing('2', '1') })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('published')
    expect(run.log).not.toContain('read back')
  })

  it.concurrent('makes the publish a partial one where fewer rows are there than the metrics count', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: FILES, effect: listing('1', '1') })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'partially-published', status: 'success', 'records-written': '3' })
    expect(run.log).toContain('The platform reports 3 rows written, but its files hold 2.')
    expect(run.log).toMatch(/^::error::.*1 rejected row, 0 allowed/m)
  })

  it.concurrent('stays under the limits of the job, like any rejected row', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: FILES, effect: listing('2') })
    const run = await mainPhase(platform, { files, inputs: { 'max-rejected-rows': '1' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('partially-published')
  })

  it.concurrent('is said where the entries of files hold no count, as others saw it', async () => {
    await using platform = await localPlatform({ fileEntries: 'bare' })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '3' })
    expect(run.log).toContain('The written rows could not be counted: the platform does not report how many rows each')
  })

  it.concurrent('is said where it is not known, and changes nothing', async () => {
    await using platform = await localPlatform()
    const headers = { 'retry-after': '0' }
    platform.emulator.faults.add({ path: FILES, times: 0, effect: { kind: 'answer', status: 500, headers } })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '3' })
    expect(run.log).toMatch(/The written rows could not be counted: .*500/)
  })

  it.concurrent(
    'counts where the content was there already: a batch that is not whole is not skipped in silence',
    async () => {
      await using platform = await localPlatform()
      await mainPhase(platform, { files })
      platform.emulator.faults.add({ path: FILES, effect: listing('2') })
      const again = await mainPhase(platform, { files, run: 1002 })
      expect(again.exitCode).toBe(1)
      expect(again.outputs['outcome']).toBe('partially-published')
      expect(again.log).toContain('"if-unchanged: publish" with "replay-predecessors: previous"')
    },
  )
})
