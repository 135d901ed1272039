import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../support/emulator/local-platform.ts'
import { signalAt } from '../support/emulator/on-request.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { activeMembers, stages } from '../support/emulator/truth.ts'
import { bothPhases, mainPhase } from '../support/runs/workflow-step.ts'
import { waitUntil } from '../support/time/wait-until.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }
const FORBIDDEN = { kind: 'answer', status: 403, body: '{"title":"Forbidden"}' } as const
const MIB = 1 << 20

/** What loaders for this and other platforms are known to do wrong, each as a case of its own. */
describe('the ways in which other loaders fail', () => {
  it.concurrent('COMPLETE is never sent after an upload that failed', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', path: '/**/b.jsonl', times: 0, effect: FORBIDDEN })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode).toBe(1)
    expect(platform.requests('POST', /COMPLETE/)).toEqual([])
    expect(await stages(platform)).toEqual(['aborted'])
  })

  it.concurrent('pieces of a file are ranges of one upload, not PUTs that overwrite each other', async () => {
    await using platform = await localPlatform()
    const big = { 'data/big.jsonl': member('1', { email: 'x'.repeat(3 * MIB) }) }
    platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'answer', status: 413 } })
    await mainPhase(platform, { files: big })
    const [file] = (await platform.batch()).files
    expect(file).toMatchObject({ how: 'pieces', finished: true, size: big['data/big.jsonl'].length })
    expect(file?.ranges.length).toBeGreaterThan(1)
    expect(await platform.received()).toEqual(big)
    expect(platform.requests('PUT', /./)).toHaveLength(1)
  })

  it.concurrent.each(['retrying', 'staged', 'queued', 'a status of tomorrow'])(
    'a batch that reads "%s" is not taken for finished',
    async (status) => {
      await using platform = await localPlatform({ hold: { status, forMs: NEVER_MS } })
      const onLine = { match: /^Completed batch /m, act: () => endsAfterLooks(platform, 4) }
      const run = await mainPhase(platform, { files, onLine })
      expect(run.exitCode, run.log).toBe(0)
      expect(platform.requests('GET', /catalog\/batches\/\w/).length).toBeGreaterThanOrEqual(4)
      expect(run.outputs).toMatchObject({ outcome: 'published', status: 'success', 'records-written': '2' })
    },
  )

  it.concurrent('a batch that reads "active" is known to be finished', async () => {
    await using platform = await localPlatform({ statusWords: 'active-failure' })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', status: 'success' })
  })

  it.concurrent.each(['success-failed', 'active-failure'] as const)(
    'a failed batch fails the job (%s)',
    async (statusWords) => {
      await using platform = await localPlatform({ statusWords })
      const run = await mainPhase(platform, { files: { 'data/a.jsonl': member('1', { tier: 'iron' }) } })
      expect(run.exitCode).toBe(1)
      expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'failed' })
      expect(run.log).toMatch(/^::error::Failed/m)
    },
  )

  it.concurrent.each([
    ['before it was stored', { kind: 'reset', when: 'before' }],
    ['after it was stored', { kind: 'reset', when: 'after' }],
    ['by a gateway', { kind: 'html', status: 502 }],
    ['by a token that ended', { kind: 'revoke-token' }],
  ] as const)('an upload that is repeated, having been cut off %s, carries every byte again', async (_, effect) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', effect })
    const run = await mainPhase(platform, { files, inputs: { concurrency: '1' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(platform.requests('PUT', /./)).toHaveLength(3)
    expect(await platform.received()).toEqual(files)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('a replay is the creation of a batch that names its predecessors, by POST', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const inputs = { 'replay-predecessors': 'previous', publication: 'members' }
    const old = await mainPhase(platform, { files: { 'data/a.jsonl': member('0') }, inputs })
    const run = await mainPhase(platform, { files, inputs, run: 1002 })
    expect(run.exitCode, run.log).toBe(0)
    const created = (await platform.emulator.batches()).at(-1)
    expect(created?.predecessors).toEqual([old.outputs['batch-id']])
    expect(callsFor(platform, '/data/foundation/import/batches')).toEqual(['POST', 'POST'])
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })
})

describe('an error path that fails itself does not hide the error', () => {
  it.concurrent.each([
    ['is refused', FORBIDDEN],
    ['is answered with a page', { kind: 'html', status: 404 }],
    ['is not JSON', { kind: 'answer', status: 400, body: '{"title":' }],
    ['is empty', { kind: 'answer', status: 400, body: '' }],
  ] as const)('where the abort %s', async (_, effect) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(
      { method: 'PUT', path: '/**/b.jsonl', times: 0, effect: FORBIDDEN },
      { path: '/**?action=ABORT', times: 0, effect },
    )
    const run = await mainPhase(platform, { files })
    expect(run.exitCode).toBe(1)
    const { id } = await platform.batch()
    expect(run.log).toMatch(/^::error::Cannot upload "data\/b\.jsonl".*403/m)
    expect(run.log).toMatch(new RegExp(`^::warning::Batch ${id} stays open`, 'm'))
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': id })
    expectForeseen(run.log)
  })

  it.concurrent('where the post step has a state that nobody can read', async () => {
    await using platform = await localPlatform()
    const env = { STATE_phase: 'main', STATE_ledger: '{"phase":' }
    const post = await platform.publish({ files, env })
    expect(post.exitCode, post.log).toBe(0)
    expect(post.log).toMatch(/^::warning::Cannot clean up after the main step/m)
  })

  it.concurrent('where the post step is refused its token', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add(
      { method: 'PUT', effect: { kind: 'slow-upload', bytesPerSecond: 1 } },
      {
        path: '/ims/**',
        skip: 1,
        times: 0,
        effect: { kind: 'answer', status: 400, body: '{"error":"invalid_client"}' },
      },
    )
    const cut = await bothPhases(platform, { files, onLine: signalAt('SIGKILL', platform, ['PUT', /jsonl$/]) })
    const { id } = await platform.batch()
    expect(cut.post.exitCode, cut.post.log).toBe(0)
    expect(cut.post.log).toMatch(new RegExp(`^::warning::Batch ${id} stays open.*${id}\\?action=ABORT`, 'm'))
    expectForeseen(cut.post.log)
  })
})

/** One who takes a status for final looks once more at most. */
async function endsAfterLooks(platform: LocalPlatform, looks: number): Promise<void> {
  const seen = () => platform.requests('GET', /\/catalog\/batches\/\w/).length
  await waitUntil(() => seen() >= looks)
  platform.emulator.change({ hold: undefined })
}

function callsFor(platform: LocalPlatform, target: string): readonly string[] {
  return platform.emulator.requests().flatMap((request) => (request.target === target ? [request.method] : []))
}

/** No stack trace, no type that only programmers know. */
function expectForeseen(log: string): void {
  expect(log).not.toMatch(/unforeseen|TypeError|SuppressedError|AggregateError|UnhandledPromise|\n\s+at /)
}
