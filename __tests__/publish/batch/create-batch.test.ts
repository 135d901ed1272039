import { describe, expect, it } from 'vitest'
import { createBatchLog, readBatchLog } from '../../../src/github/left-behind.ts'
import { createPlatform } from '../../../src/context.ts'
import type { OpenedBatch, BatchSpec } from '../../../src/publish/batch.ts'
import { createBatch } from '../../../src/publish/batch.ts'
import { confirmKept } from '../../../src/publish/batch.ts'
import { abortSecondBatchesAmong, sweepOrphans, sweepSecondBatches } from '../../../src/publish/abandon.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { clientAt } from '../../support/platform/client-at.ts'
import { heard } from '../../support/runs/heard.ts'
import { batchId, batchRecord } from '../../support/make.ts'
import { never } from '../../support/time/never.ts'
import { LOYALTY } from '../../support/platform/platform-client.ts'
import { answer, reset, type Reply } from '../../support/platform/scripted-transport.ts'

const TAGS = { gh_sha: ['0a1b'], gh_part: ['1/1'] }
const ORDER = {
  datasetId: LOYALTY,
  inputFormat: { format: 'parquet' },
  partialIngestionPercent: 0,
  tags: TAGS,
} as const
const CREATED = answer(201, { id: '01HNEW', replay: {}, tags: TAGS })
const NOTHING_FOUND = answer(200, {})

const externalIdOf = (number: number) => `gh/acme/data/1/1/1/${number}`
const listed = (number: number, more: object = {}) =>
  answer(200, { '01HORPHAN': { status: 'loading', externalId: externalIdOf(number), tags: TAGS, ...more } })

function bench(replies: readonly Reply[], more: { readonly signal?: AbortSignal } = {}) {
  const { client, far, clock } = clientAt(replies)
  const saved: string[] = []
  let creations = 0
  const say = heard()
  const batchLog = createBatchLog((text) => saved.push(text))
  const context = contextOf({ ...createPlatform(client), clock, log: say, batchLog, signal: more.signal ?? never() })
  const create = () => createBatch(ORDER, () => externalIdOf(++creations), context)
  const phases = () => saved.map((text) => readBatchLog(text).map(({ phase, batch }) => `${phase} ${batch ?? '?'}`))
  const asked = () => far.requests.map(({ method, url }) => method + url.pathname.slice('/data/foundation'.length))
  return { context, create, say, batchLog, phases, asked, far, clock }
}

describe('a creation', () => {
  it('is noted before it is sent, and its id after', async () => {
    const { create, phases } = bench([CREATED])
    expect(await create()).toMatchObject({ id: '01HNEW', externalId: externalIdOf(1), tags: TAGS })
    expect(phases()).toEqual([['creating ?'], ['open 01HNEW']])
  })

  it('that was refused is settled: there is nothing to look for', async () => {
    const { create, phases, asked } = bench([answer(400, {})])
    expect(await caught(create())).toMatchObject({ response: { status: 400 } })
    expect([phases().at(-1), asked().length]).toEqual([[], 1])
  })

  it('that is refused for what it replaces stays noted where nobody can tell whether an earlier one was taken', async () => {
    const { create, phases } = bench([answer(428, {}), ...Array.from({ length: 6 }, () => answer(500))])
    expect(await caught(create())).toMatchObject({ name: 'PredecessorsTaken' })
    expect(phases().at(-1)).toEqual(['creating ?'])
  })

  it('in doubt is looked up by its external id, and what is found in `loading` is used', async () => {
    const { create, phases, far } = bench([reset(), listed(1)])
    expect(await create()).toMatchObject({ id: '01HORPHAN', tags: TAGS })
    expect(phases().at(-1)).toEqual(['open 01HORPHAN'])
    expect(far.requests[1]?.url.searchParams.get('externalId')).toBe(externalIdOf(1))
  })

  it.each<readonly [string, Reply]>([
    ['with another external id', listed(7)],
    ['that is not in `loading`', listed(1, { status: 'aborted' })],
  ])('in doubt does not use a batch %s', async (_, found) => {
    const { create } = bench([reset(), found, found, found, found, CREATED])
    expect(await create()).toMatchObject({ id: '01HNEW' })
  })

  it('is sent anew, under another external id, when four looks in 17 s find nothing; the first stays noted', async () => {
    const { create, phases, clock } = bench([reset(), ...Array.from({ length: 4 }, () => NOTHING_FOUND), CREATED])
    const startMs = clock.now()
    expect(await create()).toMatchObject({ externalId: externalIdOf(2) })
    expect([clock.now() - startMs, phases().at(-1)]).toEqual([17_000, ['creating ?', 'open 01HNEW']])
  })

  it.each<readonly [string, readonly Reply[], string, string]>([
    ['found nothing', Array.from({ length: 4 }, () => NOTHING_FOUND), 'No batch was found', 'could not check'],
    ['was not answered', Array.from({ length: 6 }, () => answer(500)), 'could not check', 'No batch was found'],
  ])('in doubt says so where the search for its batch %s', async (_, looks, told, untold) => {
    const { create, say } = bench([reset(), ...looks, CREATED])
    expect(await create()).toMatchObject({ id: '01HNEW' })
    expect(say.infos.join('\n')).toContain(told)
    expect(say.infos.join('\n')).not.toContain(untold)
  })

  it('is given up after three', async () => {
    const once = [answer(502), ...Array.from({ length: 4 }, () => NOTHING_FOUND)]
    const { create, phases, asked } = bench([...once, ...once, ...once])
    expect(await caught(create())).toMatchObject({ mayHaveActed: true })
    expect(asked().filter((request) => request.startsWith('POST'))).toHaveLength(3)
    expect(phases().at(-1)).toEqual(['creating ?', 'creating ?', 'creating ?'])
  })

  it('that is cancelled on its way stays noted', async () => {
    const stop = new AbortController()
    const { create, phases } = bench(['silence'], { signal: stop.signal })
    const end = caught(create())
    stop.abort(new Error('cancelled'))
    expect(await end).toMatchObject({ message: 'cancelled' })
    expect(phases().at(-1)).toEqual(['creating ?'])
  })
})

describe('what the platform keeps of a batch', () => {
  const REPLAY = { predecessors: ['P', 'Q'], reason: 'replace' }
  const record = (more: object) => answer(200, { '01HNEW': { status: 'loading', ...more } })

  function kept(made: Partial<OpenedBatch>, wish: Partial<BatchSpec>, replies: readonly Reply[] = []) {
    const { context, say, far, clock } = bench(replies.length === 0 ? [answer(404, {})] : replies)
    const whole = { id: batchId('01HNEW'), externalId: 'x', replay: undefined, tags: undefined, ...made }
    const verdict = confirmKept(whole, { ...ORDER, replaces: [], ...wish }, context)
    return { verdict, far, say, clock }
  }

  const meant = { replaces: [batchId('Q'), batchId('P')] }

  it('is told by the answer alone where that is complete', async () => {
    const { verdict, far } = kept({ replay: REPLAY, tags: TAGS }, meant)
    expect([await verdict, far.requests]).toEqual(['as meant', []])
  })

  it.each<readonly [string, Partial<OpenedBatch>, object]>([
    ['both', {}, { replay: REPLAY, tags: TAGS }],
    ['predecessors', { tags: TAGS }, { replay: REPLAY, tags: {} }],
    ['tags', { replay: REPLAY }, { replay: {}, tags: TAGS }],
    ['both, with a `$` before each id', {}, { replay: { predecessors: ['$P', '${Q}'] }, tags: TAGS }],
    ['both, with bare tags', {}, { replay: REPLAY, tags: { gh_sha: '0a1b', gh_part: '1/1' } }],
  ])('is told by the catalogue where the answer leaves out %s', async (_, made, found) => {
    expect(await kept(made, meant, [answer(404, {}), record(found)]).verdict).toBe('as meant')
  })

  it.each<readonly [string, readonly string[]]>([
    ['none', []],
    ['fewer', ['P']],
    ['more', ['P', 'Q', 'R']],
    ['others', ['P', 'R']],
  ])('is misunderstood when there are %s of the predecessors', async (_, predecessors) => {
    expect(await kept({ replay: { predecessors, reason: undefined }, tags: TAGS }, meant).verdict).toBe('misunderstood')
  })

  it.each<readonly [string, object]>([
    ['are lost', {}],
    ['lost one', { gh_sha: ['0a1b'] }],
    ['were changed', { ...TAGS, gh_sha: ['0a1'] }],
  ])('can not be used when its tags %s', async (_, tags) => {
    const { verdict } = kept({}, {}, [record({ replay: {}, tags })])
    expect(await caught(verdict)).toMatchObject({ message: expect.stringContaining('did not keep its tags') })
  })

  it('can not be used when nobody says for a minute what it replaces', async () => {
    const { verdict, clock } = kept({}, meant)
    const startMs = clock.now()
    expect(await caught(verdict)).toMatchObject({ message: expect.stringContaining('the catalog does not show it') })
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(60_000)
  })

  it('is used, with a warning, when only its tags are shown nowhere', async () => {
    const { verdict, say } = kept({}, {})
    expect([await verdict, say.warnings]).toEqual(['as meant', [expect.stringContaining('01HNEW')]])
  })
})

describe('orphans, at the end', () => {
  async function swept(...replies: readonly Reply[]) {
    const { context, say, batchLog, phases, asked, clock } = bench(replies)
    batchLog.write({ externalId: externalIdOf(1), batch: undefined, phase: 'creating' })
    batchLog.write({ externalId: externalIdOf(2), batch: '01HOPEN', phase: 'open' })
    const startMs = clock.now()
    await sweepOrphans(undefined, context)
    return { phases: phases().at(-1)?.toSorted(), asked: asked(), say, tookMs: clock.now() - startMs }
  }

  it('are looked for by their external id, and aborted', async () => {
    const { phases, asked } = await swept(listed(1), answer(200))
    expect(phases).toEqual(['open 01HOPEN'])
    expect(asked).toEqual(['GET/catalog/batches', 'POST/import/batches/01HORPHAN'])
  })

  it.each([listed(7), listed(1, { status: 'success' })])(
    'are nobody else’s batches, nor what is not in `loading`',
    async (found) => {
      expect((await swept(found)).asked).toEqual(['GET/catalog/batches'])
    },
  )

  it('that are not found are named, and stay noted for the post step', async () => {
    const { phases, say } = await swept(NOTHING_FOUND)
    expect(phases).toEqual(['creating ?', 'open 01HOPEN'])
    expect(say.infos.join()).toContain(externalIdOf(1))
  })

  it.each<readonly [string, Reply]>([
    ['refuses', answer(403, {})],
    ['is down', answer(500)],
    ['is silent', 'silence'],
  ])('never stop anything when the platform %s, within 3 s; what remains is named', async (_, reply) => {
    const { say, tookMs } = await swept(reply)
    expect(say.warnings.join()).toMatch(new RegExp(`externalId=${externalIdOf(1)}.*action=ABORT`))
    expect(tookMs).toBeLessThanOrEqual(3_000)
  })
})

describe('the second batch of a creation that a proxy sent twice', () => {
  const TWIN = { externalId: externalIdOf(1), batch: '01HDONE', phase: 'completing' } as const

  it('is named by its external id where it can not be looked for', async () => {
    const { context, say, batchLog } = bench(['silence'])
    batchLog.write(TWIN)
    await sweepSecondBatches(context)
    expect(say.infos.join()).toMatch(
      new RegExp(`could not check whether batch 01HDONE was created twice .*${externalIdOf(1)}`),
    )
  })

  it('is aborted where a list shows it, and nothing else is', async () => {
    const { context, asked, batchLog } = bench([answer(200)])
    batchLog.write(TWIN)
    const one = (id: string, more: object) => ({
      ...batchRecord('loading', { externalId: externalIdOf(1), ...more }),
      id: batchId(id),
    })
    const found = await abortSecondBatchesAmong(
      [
        one('01HDONE', {}),
        one('01HTWIN', {}),
        one('01HGONE', { status: 'aborted' }),
        one('01HOTHER', { externalId: externalIdOf(7) }),
        one('01HNONE', { externalId: null }),
      ],
      context,
    )
    expect([found, asked()]).toEqual([['01HTWIN'], ['POST/import/batches/01HTWIN']])
  })
})
