import { describe, expect, it } from 'vitest'
import { isObject, objectOf } from '../../emulator/json.ts'
import { defaultSettings } from '../../emulator/settings.ts'
import type { HttpRequest, Transport } from '../../src/platform/http/transport.ts'
import type { Platform } from '../../src/context.ts'
import { runStep } from '../support/runs/in-memory-action.ts'
import { inMemoryPlatform, type InMemoryPlatform } from '../support/emulator/in-memory-platform.ts'
import { apisOf, strayBatch } from '../support/platform/platform-client.ts'
import { answer } from '../support/platform/scripted-transport.ts'
import { datasets } from '../support/runs/platform-inputs.ts'
import { contentOf } from '../support/files/members.ts'
import { NAMED, PREVIOUS, desk, outcome } from '../support/runs/publishing-desk.ts'

function resume(platform: InMemoryPlatform, id: string, send: Transport = platform.send) {
  return runStep({ ...platform, send }, { inputs: { mode: 'resume', 'batch-id': id }, run: { runId: '2001' } })
}

async function bench() {
  const platform = inMemoryPlatform()
  return { platform, apis: await apisOf(platform) }
}

/** Two batches of one publish. */
async function twoParts(apis: Platform) {
  const part = (number: number) =>
    strayBatch(apis, { marks: { part: { number, of: 2 }, fingerprint: `new#${number}` } })
  return [await part(1), await part(2)] as const
}

describe('"mode: resume"', () => {
  it.each([
    ['as many rows as were sent', 1, 'published'],
    ['fewer rows than were sent', 3, 'partially-published'],
  ])('compares what was written with what its tags say was sent: %s', async (_, rows, expected) => {
    const { platform, apis } = await bench()
    const id = await strayBatch(apis, { marks: { rows } })
    const run = await resume(platform, id, withoutMetrics(platform.send))
    expect([outcome(run), run.failed], run.log).toEqual([expected, expected !== 'published'])
  })

  it('waits for a batch that the step before it has just completed, although the catalog does not show it yet', async () => {
    const { platform, publish } = desk({ catalogueLagMs: { created: 0, completed: 5_000 } })
    const { outputs } = await publish(contentOf('a'), { ...NAMED, wait: 'false' })
    const run = await resume(platform, outputs['batch-id'] ?? '')
    expect([outputs['outcome'], outcome(run), run.failed], run.log).toEqual(['submitted', 'published', false])
  })

  it('names what took the rows of a batch that is no longer active, and never a batch that was aborted', async () => {
    const { platform, publish } = desk({ replay: { ...defaultSettings.replay, secondSuccessor: 'accepted' } })
    const first = (await publish(contentOf('a'), PREVIOUS)).outputs['batch-id'] ?? ''
    platform.emulator.faults.add({ method: 'PUT', path: '**', effect: { kind: 'answer', status: 403 } })
    const aborted = await publish(contentOf('b'), PREVIOUS, { runId: '1002' })
    expect(aborted.outputs).toMatchObject({ outcome: 'failed', status: 'aborted' })
    const replacing = (await publish(contentOf('b'), PREVIOUS, { runId: '1003' })).outputs['batch-id'] ?? ''
    expect((await resume(platform, first)).log).toContain(`is now inactive: ${replacing} replaced it.`)
    const holder = await platform.emulator.consolidate([replacing])
    expect((await resume(platform, replacing)).log).toContain(`the platform has consolidated it into ${holder}.`)
    await publish(undefined, { mode: 'revert', 'batch-id': holder })
    expect((await resume(platform, holder)).log).toContain('is now inactive: its rows were removed from the dataset.')
  })

  it('says that counts may be no proof where nobody can tell whether the dataset is relational', async () => {
    const { platform, apis } = await bench()
    const id = await strayBatch(apis, { marks: { rows: 1 } })
    const effect = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/**/schemaregistry/**', times: 0, effect })
    const run = await resume(platform, id)
    expect(outcome(run), run.log).toBe('published')
    expect(run.log).toContain('It is unknown whether the dataset is relational')
  })

  it.each([
    [5, true],
    [95, false],
  ])('fails where more rows are missing than "error-threshold" allows: %i %%, and 19 of 20', async (percent, fails) => {
    const { platform, apis } = await bench()
    const id = await strayBatch(apis, { marks: { rows: 20 } })
    const inputs = { mode: 'resume', 'batch-id': id, 'error-threshold': String(percent) }
    const run = await runStep(platform, { inputs, run: { runId: '2001' } })
    expect([outcome(run), run.failed], run.log).toEqual(['partially-published', fails])
  })

  it.each([1, 3])('judges CSV as the run that published it, whatever its readers count: %i rows of 2', async (rows) => {
    const platform = inMemoryPlatform()
    const counted = { inputRecordCount: rows, outputRecordCount: rows }
    const send = changedRecords(withoutFiles(platform.send), { metrics: counted })
    const files = { 'data/a.csv': 'sku,name\n1,a\n2,b\n' }
    const inputs = { dataset: datasets.products, glob: 'data/*.csv', validation: 'warn' }
    const published = await runStep({ ...platform, send }, { inputs, files, run: { runId: '2000' } })
    const [batch] = await platform.emulator.batches()
    const resumed = await runStep(
      { ...platform, send },
      { inputs: { ...inputs, mode: 'resume', 'batch-id': batch?.id ?? '' }, run: { runId: '2001' } },
    )
    expect(batch?.tags['gh_rows']).toEqual(['2'])
    expect([published, resumed].map((run) => [outcome(run), run.failed])).toEqual([
      ['published', false],
      ['published', false],
    ])
  })

  it('takes another part of the same publish for what it is, and not for the same rows twice', async () => {
    const { platform, apis } = await bench()
    for (const id of await twoParts(apis)) {
      const run = await resume(platform, id)
      expect([outcome(run), run.failed, run.warnings], run.log).toEqual(['published', false, []])
    }
  })

  it('finds rows that stand twice where another run brought the same part', async () => {
    const { platform, apis } = await bench()
    const [first] = await twoParts(apis)
    const again = { part: { number: 1, of: 2 }, fingerprint: 'new#1' }
    await strayBatch(apis, { marks: again, run: { runId: '1002' } })
    const run = await resume(platform, first)
    expect([outcome(run), run.log]).toEqual(['failed', expect.stringContaining('mode: revert')])
  })
})

/** A catalogue that gives no row counts. */
function withoutMetrics(send: Transport): Transport {
  return changedRecords(send, { metrics: {} })
}

/** A data lake that lists no files, so that nothing is read back. */
function withoutFiles(send: Transport): Transport {
  return async (request, signal) =>
    request.url.pathname.includes('/export/') ? answer(200, { data: [] }) : await send(request, signal)
}

/** A catalogue whose records have these members. */
function changedRecords(send: Transport, members: object): Transport {
  return async (request, signal) => {
    const said = await send(request, signal)
    if (!isCatalogue(request)) return said
    const parsed: unknown = JSON.parse(Buffer.from(said.body).toString())
    if (!isObject(parsed)) return said
    const bare = Object.entries(parsed).map(([id, record]) => [id, { ...objectOf(record), ...members }])
    return { ...said, headers: {}, body: Buffer.from(JSON.stringify(Object.fromEntries(bare))) }
  }
}

function isCatalogue({ url }: HttpRequest): boolean {
  return url.pathname.includes('/catalog/batches')
}
