import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { endsWhenWaitedFor, signalAt, signalOn } from '../../support/emulator/on-request.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { activeMembers, stages, unsaid } from '../../support/emulator/truth.ts'
import { bothPhases, mainPhase, type BothPhases } from '../../support/runs/workflow-step.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }
const CREATE = { method: 'POST', path: '/data/foundation/import/batches' } as const
const COMPLETE = { method: 'POST', path: '/**?action=COMPLETE' } as const
/** The platform acts, and its answer never comes. */
const NO_ANSWER = { kind: 'latency', ms: NEVER_MS } as const
/** The platform never acts, nor answers. */
const unheard = (request: Pick<Fault, 'method' | 'path'>): readonly Fault[] => [
  { ...request, effect: NO_ANSWER },
  { ...request, effect: { kind: 'answer', status: 500 } },
]

describe('a step that is killed', () => {
  it.concurrent('while the platform creates its batch: the post step finds and aborts it', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ ...CREATE, effect: NO_ANSWER })
    const cut = await killedAt(platform, /\/batches$/)
    const { id } = await platform.batch()
    expect(cut.post.log).toContain(`Aborted batch ${id}`)
    expect(await stages(platform)).toEqual(['aborted'])
    await expectNextAttemptPublishes(platform, cut)
  })

  it.concurrent('before the platform creates its batch: the post step says what it looked for', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(...unheard(CREATE))
    const cut = await killedAt(platform, /\/batches$/)
    expect(await stages(platform)).toEqual([])
    expect(cut.post.log).toMatch(/No batch was found with externalId gh\/acme\/loyalty-data\/1001\/1\//)
    await expectNextAttemptPublishes(platform, cut)
  })

  it.concurrent('during the upload: the post step aborts its batch', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
    const cut = await bothPhases(platform, { files, onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) })
    const { id } = await platform.batch()
    expectKilled(cut)
    expect(cut.post.log).toContain(`Aborted batch ${id}`)
    expect(await stages(platform)).toEqual(['aborted'])
    await expectNextAttemptPublishes(platform, cut)
  })

  it.concurrent('while it sends a temporary file: the post step removes the rows from the disk', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } })
    const array = { 'data/a.json': `[${member('1')},${member('2')}]` }
    const onLine = signalAt('SIGKILL', platform, ['PUT', /json$/])
    const cut = await bothPhases(platform, { files: array, inputs: { glob: 'data/*.json' }, onLine })
    expectKilled(cut)
    expect(cut.temp).toEqual([expect.stringMatching(/^publish-\w{6}$/)])
    expect(cut.post.temp).toEqual([])
  })

  it.concurrent(
    'with its post step unable to abort: the request that remains is said, the next attempt makes it',
    async () => {
      await using platform = await localPlatform()
      platform.emulator.faults.add(
        { method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } },
        { path: '/**?action=ABORT', effect: { kind: 'answer', status: 403, body: '{"title":"Forbidden"}' } },
      )
      const cut = await bothPhases(platform, { files, onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) })
      const { id } = await platform.batch()
      expectKilled(cut)
      expect(cut.post.log).toMatch(
        new RegExp(
          `^::warning::Batch ${id} stays open.*POST /data/foundation/import/batches/${id}\\?action=ABORT`,
          'm',
        ),
      )
      await expectNextAttemptPublishes(platform, cut)
      expect(await stages(platform)).toEqual(['aborted', 'success'])
    },
  )

  it.concurrent('before the platform heard of COMPLETE: nothing is aborted that may have been completed', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(...unheard(COMPLETE))
    const cut = await killedAt(platform, /COMPLETE$/)
    const { id } = await platform.batch()
    expect(cut.post.log).toMatch(new RegExp(`^::warning::Batch ${id} may not have been completed`, 'm'))
    expect(await stages(platform)).toEqual(['loading'])
    await expectNextAttemptPublishes(platform, cut)
    expect(await stages(platform)).toEqual(['aborted', 'success'])
  })

  it.concurrent('after the platform heard of COMPLETE: the next attempt takes the batch up', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    platform.emulator.faults.add({ ...COMPLETE, effect: NO_ANSWER })
    const cut = await killedAt(platform, /COMPLETE$/)
    await expectTakenUp(platform, cut)
  })

  it.concurrent('during the wait: the next attempt takes the batch up', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    const cut = await bothPhases(platform, { files, onLine: signalOn('SIGKILL', /^Completed batch \S+/m) })
    expectKilled(cut)
    await expectTakenUp(platform, cut)
  })

  it.concurrent('after success, before it said so: the next attempt finds the content there', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: '/data/foundation/export/**', effect: NO_ANSWER })
    const onLine = signalAt('SIGKILL', platform, ['GET', /\/export\//])
    const cut = await bothPhases(platform, { files, onLine })
    expectKilled(cut)
    const { id } = await platform.batch()
    const again = await mainPhase(platform, { files, attempt: 2 })
    expect(again.exitCode, again.log).toBe(0)
    expect(again.outputs).toMatchObject({ outcome: 'skipped', 'batch-id': id })
    await expectOnce(platform, cut.logs + again.log)
  })

  it.concurrent('while it replaced another batch: what is active in the end is one publish', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const inputs = { publication: 'members', 'replay-predecessors': 'previous' }
    await mainPhase(platform, { files: { 'data/a.jsonl': member('0') }, inputs, run: 1000 })
    platform.emulator.faults.add({ ...COMPLETE, effect: NO_ANSWER })
    const cut = await bothPhases(platform, {
      files,
      inputs,
      onLine: signalAt('SIGKILL', platform, ['POST', new RegExp(`(?<!${await firstId(platform)})\\?action=COMPLETE$`)]),
    })
    expectKilled(cut)
    const again = await mainPhase(platform, { files, inputs, attempt: 2 })
    expect(again.exitCode, again.log).toBe(0)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
    expect(await stages(platform)).toEqual(['inactive', 'success'])
  })

  it.concurrent('before it made anything leaves a post step without anything to do', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: `/**/dataSets/${datasets.loyalty}`, effect: NO_ANSWER })
    const onLine = { match: /add-mask::emu\./, act: signalOn('SIGKILL', /./).act }
    const cut = await bothPhases(platform, { files, onLine })
    expectKilled(cut)
    expect(cut.post.log.replace(/^::add-mask::.*\n/gm, '')).toBe('')
    expect(platform.requests('POST', /\/ims\//)).toHaveLength(1)
  })
})

async function killedAt(platform: LocalPlatform, post: RegExp): Promise<BothPhases> {
  const cut = await bothPhases(platform, { files, onLine: signalAt('SIGKILL', platform, ['POST', post]) })
  expectKilled(cut)
  return cut
}

async function firstId({ emulator }: LocalPlatform): Promise<string> {
  return (await emulator.batches())[0]?.id ?? ''
}

function expectKilled({ exitCode, outputs, log, post }: BothPhases): void {
  expect(exitCode, log).toBe(null)
  expect(outputs).toEqual({})
  expect(post.exitCode, post.log).toBe(0)
  expect(post.outputs).toEqual({})
}

async function expectNextAttemptPublishes(platform: LocalPlatform, cut: BothPhases): Promise<void> {
  platform.emulator.faults.clear()
  const again = await mainPhase(platform, { files, attempt: 2 })
  expect(again.exitCode, again.log).toBe(0)
  expect(again.outputs['outcome']).toBe('published')
  await expectOnce(platform, cut.logs + again.log)
}

/** The batch was completed: the post step names it and touches nothing, and the next attempt waits for it. */
async function expectTakenUp(platform: LocalPlatform, cut: BothPhases): Promise<void> {
  const { id } = await platform.batch()
  expect(cut.post.log).toMatch(new RegExp(`Batch ${id} (?:was|may have been) completed.*"mode: resume"`))
  const again = await mainPhase(platform, { files, attempt: 2, onLine: endsWhenWaitedFor(platform) })
  expect(again.exitCode, again.log).toBe(0)
  expect(again.outputs).toMatchObject({ outcome: 'published', 'batch-id': id, 'records-written': '2' })
  await expectOnce(platform, cut.logs + again.log)
  expect(platform.requests('POST', /ABORT|REVERT/)).toEqual([])
}

async function expectOnce(platform: LocalPlatform, logs: string): Promise<void> {
  expect(await activeMembers(platform)).toEqual(['1', '2'])
  expect(await unsaid(platform, logs)).toEqual([])
}
