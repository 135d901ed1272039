import { describe, expect, it } from 'vitest'
import { createPlatform } from '../../../src/context.ts'
import { type Ports, contextOf } from '../../support/runs/context.ts'
import { datasetId } from '../../support/make.ts'
import { createBatchLog } from '../../../src/github/left-behind.ts'
import { openBatch, type OpenBatch } from '../../../src/publish/batch.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { heard } from '../../support/runs/heard.ts'
import { never } from '../../support/time/never.ts'
import { answer, type Reply } from '../../support/platform/scripted-transport.ts'

const TAGS = { gh_sha: ['0a1b'] }
const WISH = {
  datasetId: datasetId('5c8c3c555033b814b69f947f'),
  inputFormat: { format: 'parquet' },
  partialIngestionPercent: 0,
  tags: TAGS,
  replaces: [],
} as const
const CREATED = answer(201, { id: '01HNEW', status: 'loading', replay: {}, tags: TAGS })
const OK = answer(200)

/** A batch that was just created, at a platform that replies so to what comes then. */
async function bench(replies: readonly Reply[], more: Ports = {}) {
  const { client, far, clock } = clientAt([CREATED, ...replies])
  const say = heard()
  const statuses: string[] = []
  const batchLog = createBatchLog(() => undefined)
  let creations = 0
  const naming = {
    newExternalId: () => `gh/acme/data/1/1/1/${++creations}`,
    noteStatus: (_: string, status: string) => statuses.push(status),
  }
  const ports = { ...createPlatform(client), clock, log: say, batchLog, ...more }
  const batch = await openBatch(WISH, naming, contextOf(ports))
  const actions = () => far.requests.flatMap(({ url }) => url.searchParams.get('action') ?? [])
  const phases = () => batchLog.entries().map(({ phase }) => phase)
  return { batch, say, statuses, actions, phases, clock }
}

async function leave(batch: OpenBatch): Promise<void> {
  await batch[Symbol.asyncDispose]()
}

describe('an open batch that is left', () => {
  it('before it was completed is aborted', async () => {
    const { batch, actions, statuses, phases } = await bench([OK])
    await leave(batch)
    expect([actions(), statuses, phases()]).toEqual([['ABORT'], ['loading', 'aborted'], []])
  })

  it('after it was completed is left alone', async () => {
    const { batch, actions, phases } = await bench([OK])
    await batch.complete(never())
    await leave(batch)
    expect([actions(), phases()]).toEqual([['COMPLETE'], ['completing']])
  })

  it('is aborted though the signal of the run has fired', async () => {
    const stop = new AbortController()
    const { batch, actions } = await bench([OK], { signal: stop.signal })
    stop.abort(new Error('cancelled'))
    await leave(batch)
    expect(actions()).toEqual(['ABORT'])
  })

  it.each<readonly [string, Reply]>([
    ['refuses', answer(403, {})],
    ['is silent', 'silence'],
    ['says that it is in another state', answer(428, { code: 'ERR-BI-104' })],
  ])('never throws, also when the platform %s, but says what is left', async (_, reply) => {
    const { batch, say, clock } = await bench([reply])
    const startMs = clock.now()
    await leave(batch)
    expect(say.warnings).toHaveLength(1)
    expect(say.warnings[0]).toContain('01HNEW')
    expect(clock.now() - startMs).toBeLessThanOrEqual(4_000)
  })
})

describe('completing a batch', () => {
  it.each<readonly [string, Reply]>([
    ['silent', 'silence'],
    ['cut off', answer(504)],
  ])('whose answer stays %s leaves it to the watch, and aborts nothing', async (_, reply) => {
    const { batch, say, actions } = await bench([reply])
    await batch.complete(never())
    await leave(batch)
    expect(new Set(actions())).toEqual(new Set(['COMPLETE']))
    expect(say.warnings).toHaveLength(1)
  })

  it('that was surely refused throws, and the batch is aborted when it is left', async () => {
    const { batch, actions } = await bench([answer(403, {}), OK])
    expect(await caught(batch.complete(never()))).toMatchObject({ response: { status: 403 } })
    await leave(batch)
    expect(actions()).toEqual(['COMPLETE', 'ABORT'])
  })

  it('that was in doubt and then refused aborts nothing', async () => {
    const { batch, actions } = await bench([answer(502), answer(400, {})])
    await batch.complete(never())
    await leave(batch)
    expect(actions()).toEqual(['COMPLETE', 'COMPLETE'])
  })

  it('that is cancelled on its way aborts nothing, since it may have been taken', async () => {
    const stop = new AbortController()
    const { batch, actions } = await bench(['silence'])
    const end = caught(batch.complete(stop.signal))
    stop.abort(new Error('cancelled'))
    expect(await end).toMatchObject({ message: 'cancelled' })
    await leave(batch)
    expect(actions()).not.toContain('ABORT')
  })

  it('is not begun when the run was cancelled before, and then it is aborted', async () => {
    const { batch, actions } = await bench([OK])
    expect(await caught(batch.complete(AbortSignal.abort(new Error('cancelled'))))).toMatchObject({
      message: 'cancelled',
    })
    await leave(batch)
    expect(actions()).toEqual(['ABORT'])
  })
})
