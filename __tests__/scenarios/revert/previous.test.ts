import { describe, expect, it } from 'vitest'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { signalOn } from '../../support/emulator/on-request.ts'
import {
  expectPublished,
  expectSubmitted,
  stepOf,
  mainPhase,
  type WorkflowStep,
} from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'
import { expectRefused, expectReverted, plain, reverting, revertingPrevious, reverts } from './reverting.ts'

/** Reads that say what is the case spare the pauses of those that don't. */
const AT_ONCE = { staleReads: 0 }

const members = (ids: readonly string[], run: number, inputs: Readonly<Record<string, string>> = {}): WorkflowStep =>
  stepOf(ids, { run, inputs: { publication: 'members', 'replay-predecessors': 'previous', ...inputs } })

const added = (ids: readonly string[], run: number, inputs: Readonly<Record<string, string>> = {}): WorkflowStep =>
  stepOf(ids, { run, inputs: { publication: 'members', ...inputs } })

describe('`batch-id: previous`', () => {
  it.concurrent(
    'takes back the last publish of the publication that is named, and says what does not come back',
    async () => {
      await using platform = await localPlatform(AT_ONCE)
      const first = await expectPublished(platform, members(['1'], 1001))
      const second = await expectPublished(platform, members(['2'], 1002))
      const run = await revertingPrevious(platform, 'members')
      expectReverted(run, second)
      expect(plain(run.summary)).toContain(`It had replaced ${first}, which stays removed.`)
      expect(await activeMembers(platform)).toEqual([])
    },
  )

  it.concurrent('finds it by the patterns where it has no name', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const other = await expectPublished(platform, stepOf(['o'], { run: 1002, inputs: { glob: 'data/**' } }))
    const id = await expectPublished(platform, stepOf(['1']))
    expectReverted(await reverting(platform, 'previous', { inputs: { glob: 'data/*.jsonl' } }), id)
    expect(await activeMembers(platform)).toEqual(['o'])
    expect(other).not.toBe(id)
  })

  it.concurrent('takes back what was added last, and leaves what was added before', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    const second = await expectPublished(platform, added(['2'], 1002))
    expectReverted(await revertingPrevious(platform, 'members'), second)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('takes nothing more back when it is run again, nor in a new run', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    const second = await expectPublished(platform, added(['2'], 1002))
    expectReverted(await revertingPrevious(platform, 'members', { run: 1003 }), second)
    for (const again of [{ run: 1003, attempt: 2 }, { run: 1004 }, { run: 1005 }]) {
      const run = await revertingPrevious(platform, 'members', again)
      expectReverted(run, second)
      expect(run.summary).toContain('No revert was sent')
      expect(run.log).toMatch(/^Nothing to revert: none of its rows are in the dataset; dataset/m)
    }
    expect(reverts(platform)).toBe(1)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('takes back only the last of A, B and A again', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, members(['a'], 1001))
    await expectPublished(platform, members(['b'], 1002))
    const last = await expectPublished(platform, members(['a'], 1003))
    const run = await revertingPrevious(platform, 'members')
    expect(run.outputs, run.log).toMatchObject({ outcome: 'reverted', status: 'inactive', 'batch-id': last })
    expect(platform.requests('POST', /REVERT/).map(({ target }) => target)).toEqual([expect.stringContaining(last)])
    expect(await stages(platform)).toEqual(['inactive', 'inactive', 'inactive'])
    expect(await activeMembers(platform)).toEqual([])
  })

  it.concurrent('leaves other publications and other repositories alone', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const id = await expectPublished(platform, added(['1'], 1001))
    await expectPublished(platform, added(['o'], 1002, { publication: 'orders' }))
    const env = { GITHUB_REPOSITORY_ID: '4712' }
    await expectPublished(platform, { ...added(['t'], 1003), env })
    expectReverted(await revertingPrevious(platform, 'members'), id)
    expect(await activeMembers(platform)).toEqual(['o', 't'])
    expectRefused(
      await revertingPrevious(platform, 'orders', { env }),
      /Cannot revert the last run of "orders": this repository never published it.*Similar .*: "members"/,
    )
    expect(await activeMembers(platform)).toEqual(['o', 't'])
  })

  it.concurrent('takes nothing back where the last publish failed: the one before it was not meant', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    platform.emulator.change({ maxFiles: 0 })
    const failing = await expectSubmitted(platform, added(['2'], 1002, { wait: 'false' }))
    const run = await revertingPrevious(platform, 'members')
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs, run.log).toMatchObject({ outcome: 'reverted', status: 'failed', 'batch-id': failing })
    expect(run.log).toMatch(/^::warning::Nothing was reverted: the last run \(.*\) is "failed"/m)
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('takes back only the later one of a content that was published twice on purpose', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    const again = await expectPublished(platform, added(['1'], 1002, { 'if-unchanged': 'publish' }))
    expectReverted(await revertingPrevious(platform, 'members'), again)
    expect(await activeMembers(platform)).toEqual(['1'])
    expect(await stages(platform)).toEqual(['success', 'inactive'])
  })

  it.concurrent('waits for a newer one that the catalogue still shows open', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    platform.emulator.change({ catalogueLagMs: { created: 0, completed: 7_000 } })
    const newer = await expectSubmitted(platform, added(['2'], 1002, { wait: 'false' }))
    expectReverted(await revertingPrevious(platform, 'members'), newer)
    expect(await activeMembers(platform)).toEqual(['1'])
  })
})

describe('`batch-id: previous` refuses', () => {
  it.concurrent('what a later run published: re-running an old run must not undo a new one', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    const second = await expectPublished(platform, added(['2'], 3001))
    const run = await revertingPrevious(platform, 'members', { run: 2001, attempt: 2 })
    expectRefused(run, new RegExp(`Cannot revert batch "${second}": a later run published it .*new run`))
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('while a batch of the publication is in progress, which is named', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    platform.emulator.change({ loadedMs: 3_600_000 })
    const inputs = { publication: 'members', wait: 'false' }
    const busy = await expectSubmitted(platform, stepOf(['2'], { run: 1002, inputs }))
    const refused = await revertingPrevious(platform, 'members')
    expectRefused(refused, new RegExp(`Cannot revert the last run of "members": still in progress: ${busy}`))
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('while a newer one is open that nobody completed, and says how to be rid of it', async () => {
    await using platform = await localPlatform(AT_ONCE)
    await expectPublished(platform, added(['1'], 1001))
    platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
    await mainPhase(platform, { ...added(['2'], 1002), onLine: signalOn('SIGKILL', /^Created batch /m) })
    expect(await stages(platform)).toEqual(['success', 'loading'])
    const open = (await platform.emulator.batches()).at(-1)?.id ?? ''
    const run = await revertingPrevious(platform, 'members')
    expectRefused(run, new RegExp(`Cannot revert the last run of "members": a newer one is open: ${open}`))
    expect(run.log).toContain('"mode: abort"')
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('a name that was never published, and lists the nearest ones', async () => {
    await using platform = await localPlatform(AT_ONCE)
    const nothing = await revertingPrevious(platform, 'members')
    expectRefused(nothing, /Cannot revert the last run of "members": this .*This repository has never/)
    await expectPublished(platform, added(['1'], 1001))
    await expectPublished(platform, added(['o'], 1002, { publication: 'orders' }))
    const run = await revertingPrevious(platform, 'memebrs')
    expectRefused(run, /Cannot revert the last run of "memebrs": .*Similar in this dataset: "members", "orders"/)
    expect(await activeMembers(platform)).toEqual(['1', 'o'])
  })
})
