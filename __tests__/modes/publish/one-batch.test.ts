import { describe, expect, it } from 'vitest'
import type { Settings } from '../../../emulator/settings.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { apisOf, strayBatch } from '../../support/platform/platform-client.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'

const NAMED = { publication: 'members' }

function about(
  platform: InMemoryPlatform,
  mode: 'resume' | 'abort',
  id: string,
  more: Readonly<Record<string, string>> = {},
) {
  return runStep(platform, { inputs: { mode, 'batch-id': id, glob: '', ...more } })
}

/** A batch that is in `loading`, in progress, active, or aborted. */
async function batchIn(platform: InMemoryPlatform, state: 'loading' | 'in progress' | 'success' | 'aborted') {
  const apis = await apisOf(platform)
  const isOpen = state === 'loading' || state === 'aborted'
  const id = await strayBatch(apis, { until: isOpen ? 'loading' : 'completed' })
  if (state === 'aborted') await apis.batches.abort(id, never())
  if (state === 'success') await platform.clock.sleep(10_000, never())
  return id
}

describe('mode: abort', () => {
  it('takes back a batch in `loading`', async () => {
    const platform = inMemoryPlatform()
    const id = await batchIn(platform, 'loading')
    const run = await about(platform, 'abort', id)
    expect([run.outputs['outcome'], run.outputs['status'], run.failed]).toEqual(['aborted', 'aborted', false])
    expect(await stages(platform)).toEqual(['aborted'])
  })

  it.each([
    ['in progress', 'promoting', 'mode: resume'],
    ['success', 'success', 'mode: revert'],
    ['aborted', 'aborted', 'Nothing to do'],
  ] as const)('explains that a batch can not be aborted (%s), and touches nothing', async (state, stage, words) => {
    const platform = inMemoryPlatform()
    const run = await about(platform, 'abort', await batchIn(platform, state))
    expect([run.failed, run.errors.join()]).toEqual([true, expect.stringContaining(words)])
    expect([await stages(platform), abortsAsked(platform)]).toEqual([[stage], state === 'aborted' ? 1 : 0])
  })

  it('explains a batch that was completed in between (428)', async () => {
    const platform = inMemoryPlatform({ catalogueLagMs: { created: 0, completed: 2_000 } })
    const run = await about(platform, 'abort', await batchIn(platform, 'in progress'))
    expect([run.failed, run.errors.join()]).toEqual([true, expect.stringContaining('Cannot abort batch')])
    expect(await stages(platform)).not.toContain('aborted')
  })
})

function abortsAsked({ emulator }: InMemoryPlatform): number {
  return emulator.requests().filter(({ target }) => target.endsWith('action=ABORT')).length
}

describe.each(['resume', 'abort'] as const)('mode: %s', (mode) => {
  it('refuses a batch that nobody knows, and one of another dataset', async () => {
    const platform = inMemoryPlatform()
    const unknown = await about(platform, mode, '01UNKNOWN')
    expect([unknown.failed, unknown.errors.join()]).toEqual([true, expect.stringContaining('Cannot find batch')])
    const id = await batchIn(platform, 'loading')
    const other = await about(platform, mode, id, { dataset: datasets.upsertable })
    expect([other.failed, other.errors.join()]).toEqual([
      true,
      expect.stringContaining(`belongs to dataset "${datasets.loyalty}"`),
    ])
    expect(await stages(platform)).toEqual(['loading'])
  })
})

describe('mode: resume', () => {
  const slow: Partial<Settings> = { hold: { status: 'retrying', forMs: 600_000 } }

  it('takes up a batch that was submitted', async () => {
    const platform = inMemoryPlatform(slow)
    const inputs = { ...NAMED, wait: 'false' }
    const submitted = await runStep(platform, { inputs, files: contentOf('a') })
    const run = await about(platform, 'resume', submitted.outputs['batch-id'] ?? '')
    expect([run.outputs['outcome'], run.outputs['records-written'], run.failed]).toEqual(['published', '1', false])
  })

  it('takes up a batch that timed out', async () => {
    const platform = inMemoryPlatform(slow)
    const late = await runStep(platform, { inputs: { ...NAMED, 'timeout-minutes': '1' }, files: contentOf('a') })
    const run = await about(platform, 'resume', late.outputs['batch-id'] ?? '')
    expect([late.outputs['outcome'], run.outputs['outcome']]).toEqual(['timed-out', 'published'])
  })

  it('refuses a batch that was never completed, and tells what to do', async () => {
    const platform = inMemoryPlatform()
    const id = await batchIn(platform, 'loading')
    const run = await about(platform, 'resume', id)
    expect(run.failed).toBe(true)
    expect(run.errors.join()).toMatch(
      new RegExp(
        `^Cannot wait for batch "${id}": it is "loading", so it was never completed\\nAbort it with "mode: abort"`,
      ),
    )
  })

  it('fails with a batch that failed', async () => {
    const platform = inMemoryPlatform()
    const run = await about(platform, 'resume', await batchIn(platform, 'aborted'))
    expect([run.outputs['outcome'], run.failed]).toEqual(['failed', true])
  })

  it('looks whether predecessors went, as the run itself would have', async () => {
    const platform = inMemoryPlatform({ staleReads: 1_000_000 })
    const previous = { ...NAMED, 'replay-predecessors': 'previous' }
    const first = await runStep(platform, { inputs: previous, files: contentOf('a') })
    const inputs = { ...previous, wait: 'false' }
    const second = await runStep(platform, { inputs, files: contentOf('b'), run: { runId: '1002' } })
    const run = await about(platform, 'resume', second.outputs['batch-id'] ?? '')
    expect([run.outputs['outcome'], run.failed]).toEqual(['failed', true])
    expect(run.log).toContain(`To finish, revert ${first.outputs['batch-id']}`)
  })

  it('looks for a twin: of two submitted at the same moment both are red, and the same one is told to go', async () => {
    const platform = inMemoryPlatform()
    const submit = (runId: string) =>
      runStep(platform, { inputs: { ...NAMED, wait: 'false' }, files: contentOf('a'), run: { runId } })
    const submitted = await Promise.all([submit('1001'), submit('1002')])
    const waits = submitted.map(({ outputs }) => about(platform, 'resume', outputs['batch-id'] ?? ''))
    const failing = (await Promise.all(waits)).filter(({ failed }) => failed)
    expect([await rowsOf(platform), failing.length]).toEqual([['a', 'a'], 2])
    const reverts = failing.flatMap(({ log }) => Array.from(log.matchAll(/To finish, revert (\w+)/g), ([, id]) => id))
    expect(new Set(reverts).size).toBe(1)
  })

  it('is content with a batch that was active long ago', async () => {
    const platform = inMemoryPlatform()
    const first = await runStep(platform, { inputs: NAMED, files: contentOf('a') })
    await platform.clock.sleep(3_600_000, never())
    await runStep(platform, { inputs: NAMED, files: contentOf('b'), run: { runId: '1002' } })
    expect((await about(platform, 'resume', first.outputs['batch-id'] ?? '')).failed).toBe(false)
  })
})
