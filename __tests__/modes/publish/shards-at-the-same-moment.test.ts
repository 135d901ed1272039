import { describe, expect, it } from 'vitest'
import { rowsOf, stages } from '../../support/files/members.ts'
import { desk, outcome, PREVIOUS, type Asked } from '../../support/runs/publishing-desk.ts'
import { filesOf, idOf, namesOf } from '../../support/files/shard-files.ts'

const NAMES = [...namesOf(1, 2, 2), ...namesOf(2, 2, 2)]
const FILES = filesOf(NAMES)
const FIRST: Asked = { ...PREVIOUS, shard: '1/2' }
const SECOND: Asked = { ...PREVIOUS, shard: '2/2' }
const RUN = { runId: '1001' }
/** So that none sees the other before its own COMPLETE. */
const UNSEEN = { catalogueLagMs: { created: 10_000, completed: 0 } }

describe('shares that were completed in the same moment', () => {
  it('and are cut out of the same files are both well', async () => {
    const { platform, publish } = desk(UNSEEN)
    const jobs = await Promise.all([FIRST, SECOND].map((inputs) => publish(FILES, inputs, RUN)))
    expect(jobs.map(outcome)).toEqual(['published', 'published'])
    expect((await rowsOf(platform)).toSorted()).toEqual(NAMES.map(idOf).toSorted())
  })

  it.each<readonly [string, Asked, string]>([
    ['saw other files', SECOND, 'not all shards of this run were made from the same files'],
    ['are of another number of shares', { ...PREVIOUS, shard: '2/3' }, 'this run publishes one of'],
  ])('and %s fail, whichever looks: rows are there twice, or missing', async (_, others, reason) => {
    const { platform, publish } = desk(UNSEEN)
    const more = filesOf([...NAMES, ...namesOf(2, 3)])
    const jobs = await Promise.all([publish(FILES, FIRST, RUN), publish(more, others, RUN)])
    expect(await stages(platform)).toEqual(['success', 'success'])
    for (const job of jobs) {
      expect([outcome(job), job.failed]).toEqual(['failed', true])
      expect(job.log).toContain(`After success the action found that ${reason}`)
    }
  })
})
