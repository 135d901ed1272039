import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { expectPublished, stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'
import { activeMembers } from '../../support/emulator/truth.ts'
import { expectRefused, expectReverted, plain, reverting, reverts } from './reverting.ts'
import { strangeBatch } from './strange-batch.ts'

const AGAIN = 'The next run with the same data publishes it again.'

describe('`mode: revert` with an id', () => {
  it.concurrent('takes the rows out of the dataset, and sets the outputs', async () => {
    await using platform = await localPlatform()
    const id = await expectPublished(platform, stepOf(['1', '2']))
    const run = await reverting(platform, id)
    expectReverted(run, id)
    expect(run.outputs).toMatchObject({ 'dataset-id': datasets.loyalty, 'file-count': '', 'records-written': '' })
    expect(run.log).toMatch(new RegExp(`^Reverted: dataset "Loyalty.*batch ${id}$`, 'm'))
    expect(reverts(platform)).toBe(1)
    expect(await activeMembers(platform)).toEqual([])
  })

  it.concurrent.each([0, 2, 6])(
    'waits until the platform says so: %i reads still say "success"',
    async (staleReads) => {
      await using platform = await localPlatform({ staleReads })
      const id = await expectPublished(platform, stepOf(['1']))
      const run = await reverting(platform, id)
      expectReverted(run, id)
      expect(run.log).toMatch(
        new RegExp(`^Batch ${id}: inactive after .*, its rows were removed from the dataset$`, 'm'),
      )
      expect(reverts(platform)).toBe(1)
    },
  )

  it.concurrent('says before and after, in log and summary, what does not come back and what does', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const { first, second } = await twoPublishes(platform)
    const run = await reverting(platform, second)
    expectReverted(run, second)
    const lost = `It had replaced ${first}, which stays removed.`
    const [before = '', after = ''] = run.log.split('Revert of batch')
    for (const said of [lost, AGAIN, '"members" of acme/loyalty-data']) {
      expect(before).toContain(said)
      expect(after).not.toContain(said)
      expect(plain(run.summary)).toContain(said)
    }
    expect(await activeMembers(platform)).toEqual([])
  })

  it.concurrent('is followed by a run with the same content that publishes it again, as was said', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const { second } = await twoPublishes(platform)
    expectReverted(await reverting(platform, second, { run: 1003 }), second)
    const again = await expectPublished(platform, members(['2'], 1004))
    expect(again).not.toBe(second)
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent.each([0, 2])('is done already where it was done before (%i stale reads)', async (staleReads) => {
    await using platform = await localPlatform({ staleReads })
    const id = await expectPublished(platform, stepOf(['1']))
    expectReverted(await reverting(platform, id), id)
    const again = await reverting(platform, id, { attempt: 2 })
    expectReverted(again, id)
    expect(again.summary).toContain(
      'No revert was sent: its rows had been removed before, by a revert or a replacement.',
    )
    expect(again.log).toMatch(/^Nothing to revert: none of its rows are in the dataset; dataset "Loyalty/m)
    expect(again.summary).toMatch(/^### ↩️ Nothing to revert: none of its rows are in the dataset$/m)
    expect(reverts(platform)).toBe(1)
  })

  it.concurrent('takes the dataset by its name too', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, stepOf(['1']))
    const { name } = platform.emulator.dataset(datasets.loyalty) ?? {}
    expectReverted(await reverting(platform, id, { inputs: { dataset: String(name) } }), id)
  })
})

describe('a batch of somebody else', () => {
  it.concurrent('is reverted by its id alone, and the summary says whose it was: another publication', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, stepOf(['o'], { inputs: { publication: 'orders' } }))
    const mine = await expectPublished(platform, stepOf(['1'], { run: 1002, inputs: { publication: 'members' } }))
    const run = await reverting(platform, id, { inputs: { publication: 'members' } })
    expectReverted(run, id)
    expect(plain(run.summary)).toContain(`It was published by "orders" of acme/loyalty-data (https://github.com/`)
    expect(run.summary).not.toContain(mine)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('another repository', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const env = { GITHUB_REPOSITORY_ID: '4712', GITHUB_REPOSITORY: 'acme/crm' }
    const id = await expectPublished(platform, stepOf(['t'], { run: 9999, env }))
    const run = await reverting(platform, id)
    expectReverted(run, id)
    expect(plain(run.summary)).toContain(`It was published by "glob:data/*.jsonl" of acme/crm (`)
  })

  it.concurrent('no run of this action', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await strangeBatch(platform, 's')
    expect(await activeMembers(platform)).toEqual(['s'])
    const run = await reverting(platform, id)
    expectReverted(run, id)
    expect(plain(run.summary)).toContain('It was not published by this action.')
    expect(await activeMembers(platform)).toEqual([])
  })
})

describe('an id that is not one of this dataset', () => {
  it.concurrent('is told as unknown', async () => {
    await using platform = await localPlatform()
    const run = await reverting(platform, '01HNOBODYKNOWSTHISBATCH000')
    expectRefused(run, /Cannot find batch "01HNOBODYKNOWSTHISBATCH000" in sandbox "dev"/)
    expect(run.outputs['batch-id']).toBe('')
    expect(reverts(platform)).toBe(0)
  })

  it.concurrent('is refused with both datasets', async () => {
    await using platform = await localPlatform()
    const id = await expectPublished(platform, stepOf(['1']))
    const run = await reverting(platform, id, { inputs: { dataset: datasets.products } })
    expectRefused(run, new RegExp(`Cannot use batch "${id}": it belongs to dataset "${datasets.loyalty}", not to "`))
    expect(reverts(platform)).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1'])
  })
})

const members = (ids: readonly string[], run: number): WorkflowStep =>
  stepOf(ids, { run, inputs: { publication: 'members', 'replay-predecessors': 'previous' } })

async function twoPublishes(platform: LocalPlatform): Promise<{ readonly first: string; readonly second: string }> {
  const first = await expectPublished(platform, members(['1'], 1001))
  const second = (await mainPhase(platform, members(['2'], 1002))).outputs['batch-id'] ?? ''
  return { first, second }
}
