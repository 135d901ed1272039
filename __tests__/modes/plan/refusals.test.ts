import { describe, expect, it } from 'vitest'
import { badMember, contentOf } from '../../support/files/members.ts'
import { planned, saysOf, writes } from '../../support/publish/planned.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { desk, outcome, PREVIOUS, RETRYING } from '../../support/runs/publishing-desk.ts'

const LOYALTY_SCHEMA = 'Loyalty Members'

describe('mode: plan where a publish would be refused', () => {
  it('fails for bad rows, with `validation: error`', async () => {
    const { platform } = desk()
    const plan = await planned(platform, { 'data/a.jsonl': badMember('a') }, { validation: 'error' })
    expect([outcome(plan), plan.failed]).toEqual(['invalid', true])
  })

  it('fails where much would be replaced by little (third guard)', async () => {
    const { platform, publish } = desk()
    await publish({ 'data/a.jsonl': Array.from('abcd', (id) => contentOf(id)['data/a.jsonl']).join('') }, PREVIOUS)
    const plan = await planned(platform, contentOf('a'), PREVIOUS)
    expect([plan.failed, plan.errors.join()]).toEqual([true, expect.stringContaining('A publish run would fail')])
  })

  // The last is the same file on Windows and macOS.
  it.each(['data/a.jsonl', 'data\\a.jsonl', 'Data/A.jsonl'])(
    'fails where the rejected rows would be written to %s, over a file to publish',
    async (path) => {
      const { platform } = desk()
      const plan = await planned(platform, contentOf('a'), { 'rejected-rows-path': path })
      expect([plan.failed, plan.errors.join()]).toEqual([true, expect.stringContaining('it is a file to publish')])
    },
  )
})

describe('mode: plan of a dataset that is not there', () => {
  const created = { dataset: 'Members of tomorrow', schema: LOYALTY_SCHEMA }

  it('says that it would be created', async () => {
    const { platform } = desk()
    const plan = await planned(platform, contentOf('a'), created)
    expect(saysOf(plan)).toEqual([
      'Would create the dataset "Members of tomorrow"',
      'Would upload 1 file, 1 row, 45 bytes',
      'Why: the dataset "Members of tomorrow" does not exist yet and would be created',
    ])
  })

  it('is refused where it is to replace batches, and so is a publish, before the dataset is made', async () => {
    const { platform, publish } = desk()
    const asked = { ...created, 'replay-predecessors': '01BATCH' }
    const plan = await planned(platform, contentOf('a'), asked)
    const published = await publish(contentOf('a'), asked)
    for (const { failed, errors } of [plan, published]) {
      expect([failed, errors.join()]).toEqual([
        true,
        expect.stringContaining('the dataset "Members of tomorrow" does not exist yet'),
      ])
    }
    expect(writes(platform, 0)).toEqual([])
  })
})

describe('mode: plan with `upsert: enable`', () => {
  const enable = { upsert: 'enable', dataset: datasets.loyalty }

  it('says that the dataset would be enabled, and touches no tag', async () => {
    const { platform } = desk()
    const plan = await planned(platform, contentOf('a'), enable)
    expect(plan.errors).toEqual([])
    expect(saysOf(plan)[0]).toBe('Would enable the dataset for profile updates')
  })

  it('says nothing of it where it is enabled already', async () => {
    const { platform } = desk()
    const plan = await planned(platform, contentOf('a'), { ...enable, dataset: datasets.upsertable })
    expect(saysOf(plan).join()).not.toContain('enable')
  })

  it('is refused while batches of the dataset are in progress', async () => {
    const { platform, publish } = desk(RETRYING)
    const { outputs } = await publish(contentOf('z'), { publication: 'others', wait: 'false' })
    const plan = await planned(platform, contentOf('a'), enable)
    expect([plan.failed, plan.errors.join()]).toEqual([
      true,
      expect.stringContaining(`in progress: ${outputs['batch-id']}`),
    ])
  })
})
