import { describe, expect, it } from 'vitest'
import { jsonReader } from '../../../src/lib/json-reader.ts'
import { createPlatform } from '../../../src/context.ts'
import { DAY_MS, type WaitBudget, createWaitBudget, deferBudget } from '../../../src/lib/time.ts'
import type { BatchQuery } from '../../../src/platform/catalog.ts'
import { createClient, NO_CREDENTIALS } from '../../../src/platform/http/client.ts'
import { PAGE_ENTRIES } from '../../../src/platform/limits.ts'
import { type BatchRecord, readBatchRecord } from '../../../src/platform/records.ts'
import { type PublishedQuery, listConcerned, openFirstList } from '../../../src/publish/published/list.ts'
import { TimeOver } from '../../../src/platform/http/errors.ts'
import { caught } from '../../support/caught.ts'
import { contextOf } from '../../support/runs/context.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { RUN, batchId } from '../../support/make.ts'
import { plainCatalog } from '../../support/platform/plain-catalog.ts'
import { LOYALTY } from '../../support/platform/platform-client.ts'
import { scriptedTransport } from '../../support/platform/scripted-transport.ts'

const PLACE = { dataset: LOYALTY, repositoryId: '4711' }
const APPENDING = { ...PLACE, only: { publishes: ['p', 'before'], files: 'f', runId: '7' } }
const OWN = 'gh_repository_id:4711'

const clock = fakeClock()

/** `created` is 0. */
const SINCE_EPOCH = clock.wallNow() / DAY_MS

type Made = { readonly days?: number; readonly status?: string; readonly tags?: Readonly<Record<string, string>> }

function made(id: string, { days = 30, status = 'success', tags = {} }: Made = {}): BatchRecord {
  const lists = Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, [value]]))
  const body = { status, created: clock.wallNow() - days * DAY_MS, tags: { gh_repository_id: ['4711'], ...lists } }
  return readBatchRecord(batchId(id), jsonReader(body, 'record'))
}

function idOf(index: number): string {
  return `01H${String(index).padStart(23, '0')}`
}

async function listed(query: PublishedQuery, newest: readonly BatchRecord[], others: readonly BatchRecord[] = []) {
  const asked: BatchQuery[] = []
  const batches = async (one: BatchQuery) => {
    asked.push(one)
    return one.newestOnly === true && one.status === undefined ? newest : others
  }
  const context = contextOf({ catalog: { ...plainCatalog({}), batches }, clock })
  const found = await listConcerned(query, context)
  return { asked, ids: found.map(({ id }) => id), found }
}

describe('what is listed of a repository', () => {
  it('is one list of its newest batches in the dataset, where they are fewer than a page', async () => {
    const { asked, ids } = await listed(APPENDING, [made(idOf(2), { days: 1 }), made(idOf(1), { days: 2 })])
    expect(asked).toEqual([{ dataset: LOYALTY, tags: [OWN], newestOnly: true }])
    expect(ids).toEqual([idOf(1), idOf(2)])
  })

  it('does not show a batch as active of which the newest list knows that it is gone', async () => {
    const young = Array.from({ length: PAGE_ENTRIES - 1 }, (_, index) => made(idOf(index), { days: 1 }))
    const replaced = made('01HX', { status: 'inactive' })
    const { found } = await listed(PLACE, [...young, replaced], [made('01HX', { status: 'success' })])
    expect(found.filter(({ id }) => id === '01HX').map(({ status }) => status)).toEqual(['inactive'])
  })

  it('is what was asked for before, where it was', async () => {
    const newest = Promise.resolve([made(idOf(1))])
    expect(await listed({ ...APPENDING, newest }, [])).toMatchObject({ asked: [], ids: [idOf(1)] })
  })

  it.each<readonly [string, Made, boolean, boolean]>([
    ['young, whatever its status', { days: 6, status: 'reticulating' }, true, true],
    ['old and of a status that nobody knows', { status: 'reticulating' }, false, false],
    ['old and given up', { status: 'aborted' }, false, false],
    ['old and active', { status: 'active' }, true, true],
    ['active, and created at the beginning of time', { days: SINCE_EPOCH }, true, true],
    ['old and stalled', { status: 'stalled' }, false, true],
    ['old and consolidated', { status: 'inactive', tags: { acp_successor: idOf(9) } }, false, true],
    ['old, open and of the same content', { status: 'loading', tags: { gh_publish: 'p' } }, true, false],
    [
      'old, open and of the same content by an earlier formula',
      { status: 'loading', tags: { gh_publish: 'before' } },
      true,
      false,
    ],
    ['old, failed and of the same files', { status: 'failed', tags: { gh_files: 'f' } }, true, false],
    ['old, failed and of this run', { status: 'failed', tags: { gh_run_id: '7' } }, true, false],
    [
      'old, failed and of a run whose number begins alike',
      { status: 'failed', tags: { gh_run_id: '70' } },
      false,
      false,
    ],
  ])('counts what is %s: to append %s, to replace %s', async (_, one, toAppend, toReplace) => {
    expect((await listed(APPENDING, [made(idOf(1), one)])).ids.length === 1).toBe(toAppend)
    expect((await listed(PLACE, [made(idOf(1), one)])).ids.length === 1).toBe(toReplace)
  })

  it('is everything where history matters', async () => {
    expect((await listed({ ...PLACE, withHistory: true }, [made(idOf(1), { status: 'aborted' })])).ids).toEqual([
      idOf(1),
    ])
  })
})

describe('where a page is full', () => {
  const page = (days: number) => Array.from({ length: PAGE_ENTRIES }, (_, index) => made(idOf(index), { days }))
  const tagsOf = (asked: readonly BatchQuery[]) =>
    asked.map(({ tags = [], status = '' }) => [...tags, status].join(' '))

  it('each question is a list of its own, and what it brings is added', async () => {
    const { asked, ids } = await listed(APPENDING, page(1), [made(idOf(500))])
    expect(tagsOf(asked)).toEqual([
      `${OWN} `,
      `${OWN} `,
      `${OWN} gh_publish:p `,
      `${OWN} gh_publish:before `,
      `${OWN} gh_files:f `,
      `${OWN} gh_run_id:7 `,
      `${OWN} success`,
      `${OWN} active`,
    ])
    expect(asked[1]?.createdAfterMs).toBe(clock.wallNow() - 7 * DAY_MS)
    expect([ids.length, ids.at(-1)]).toEqual([PAGE_ENTRIES + 1, idOf(500)])
  })

  it('a batch that one of them shows as replaced is not active again because another one lags', async () => {
    const newest = [...page(1).slice(1), made(idOf(0), { days: 1, status: 'inactive' })]
    const { found } = await listed(PLACE, newest, [made(idOf(0), { days: 1 })])
    expect(found.filter(({ id }) => id === idOf(0)).map(({ status }) => status)).toEqual(['inactive'])
  })

  it('also where one of it says that it was created at the beginning of time', async () => {
    const { asked } = await listed({ ...PLACE, withHistory: true }, [
      ...page(1).slice(1),
      made(idOf(0), { days: SINCE_EPOCH }),
    ])
    expect(tagsOf(asked)).toEqual([`${OWN} `, `${OWN} `])
  })

  it('and reaches back for more than a week, what is recent is not listed again', async () => {
    const { asked } = await listed(PLACE, page(8))
    expect(tagsOf(asked)).toEqual([
      `${OWN} `,
      `${OWN} success`,
      `${OWN} active`,
      `${OWN} stalled`,
      `${OWN} acp_successor:* `,
    ])
  })
})

describe('the first list of a run, which is asked for ahead of its need, and never answered,', () => {
  const TOTAL_MS = 300_000

  function begun() {
    const time = fakeClock()
    const far = scriptedTransport('silence')
    const budget = createWaitBudget({ totalMs: TOTAL_MS, graceMs: 0 }, time)
    const none = () => undefined
    const tools = { transport: far.send, credentials: NO_CREDENTIALS, clock: time, random: () => 0, trace: none }
    const platformOf = (of: WaitBudget) =>
      createPlatform(createClient({ ...tools, origin: new URL('https://platform.example'), notice: none, budget: of }))
    const ahead = deferBudget(budget, time)
    const list = openFirstList({
      ...contextOf({ ...platformOf(budget), clock: time, budget, run: RUN }),
      ahead: { platform: platformOf(ahead), budget: ahead },
    })
    list.begin(LOYALTY)
    return { list, time, budget, far }
  }

  it('takes nothing of the time for waiting while files are validated', async () => {
    const { list, time, budget } = begun()
    await time.advance(290_000)
    expect([budget.leftMs(), list.take()]).toEqual([TOTAL_MS, undefined])
  })

  it('counts from when it is waited for, and ends with the time for waiting', async () => {
    const { list, time, budget } = begun()
    await time.advance(9_000)
    const taken = list.take()
    const ended = caught(taken ?? Promise.resolve())
    await time.advance(20_000)
    expect(budget.leftMs()).toBe(TOTAL_MS - 20_000)
    await time.advance(TOTAL_MS - 20_000)
    expect(await ended).toBeInstanceOf(TimeOver)
    expect([budget.leftMs(), time.sleeping()]).toEqual([0, 0])
  })

  it('is cut off when the run ends', async () => {
    const { list, time, far } = begun()
    await time.advance(1_000)
    await list[Symbol.asyncDispose]()
    expect([far.requests.length, time.sleeping()]).toEqual([1, 0])
  })
})
