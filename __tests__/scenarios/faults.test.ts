import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Effect, Fault } from '../../emulator/faults/faults.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { describeScenarios, type Scenario } from '../support/runs/scenario.ts'
import { between } from '../support/emulator/between.ts'

const files = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2') }

/** One fault on each kind of request of a publish. */
const REQUESTS = {
  token: { method: 'POST', path: '/ims/token/v3' },
  dataset: { method: 'GET', path: '/data/foundation/catalog/dataSets/*' },
  create: { method: 'POST', path: '/data/foundation/import/batches' },
  file: { method: 'PUT', path: '/**/files/**' },
  complete: { method: 'POST', path: '/data/foundation/import/batches/*?action=COMPLETE' },
  look: { method: 'GET', path: '/data/foundation/catalog/batches/*' },
} as const

type Request = keyof typeof REQUESTS

function faults(effect: Effect, requests: readonly Request[]): readonly Fault[] {
  return requests.map((request) => ({ ...REQUESTS[request], effect }))
}

const EVERY = Object.keys(REQUESTS) as readonly Request[]
const REPEATABLE = EVERY.filter((request) => request !== 'create')

const PASSING: readonly (readonly [string, Effect, readonly Request[]])[] = [
  ['429 with Retry-After in seconds', { kind: 'throttle', seconds: 0, as: 'seconds' }, EVERY],
  ['429 with Retry-After as a date', { kind: 'throttle', seconds: 0, as: 'date' }, EVERY],
  ['503', { kind: 'answer', status: 503 }, EVERY],
  ['a connection that breaks before the platform acted', { kind: 'reset', when: 'before' }, REPEATABLE],
  ['a connection that breaks after the platform acted', { kind: 'reset', when: 'after' }, REPEATABLE],
  ['a gateway that lost its service', { kind: 'html', status: 502 }, REPEATABLE],
  ['an answer that is cut off', { kind: 'truncate', bytes: 0 }, ['token', 'dataset', 'look']],
]

function survives([, effect, requests]: (typeof PASSING)[number]): Scenario {
  return {
    files,
    faults: faults(effect, requests),
    exitCode: 0,
    outputs: { outcome: 'published', 'records-written': '2' },
    received: files,
    also: ({ log }) => expect(log.match(/retry in/g)).toHaveLength(requests.length),
  }
}

describeScenarios('a publish survives, once on each kind of request,', {
  ...Object.fromEntries(PASSING.map((one) => [one[0], survives(one)])),
  'a Retry-After of a second, which is waited for': {
    files,
    faults: [{ ...REQUESTS.create, effect: { kind: 'throttle', seconds: 1, as: 'seconds' } }],
    exitCode: 0,
    also: (_, platform) => {
      const [first, second] = platform.requests('POST', /\/batches$/)
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_000)
    },
  },
})

describeScenarios('a creation whose answer was lost', {
  'is looked up, and the batch that it made is used': {
    files,
    faults: [{ ...REQUESTS.create, effect: { kind: 'reset', when: 'after' } }],
    exitCode: 0,
    received: files,
  },
})

describeScenarios('a token that is revoked on the way', {
  'is fetched anew, once': {
    files,
    faults: [{ ...REQUESTS.file, effect: { kind: 'revoke-token' } }],
    exitCode: 0,
    requests: { 'POST /ims/token': 2 },
    received: files,
  },
  'is the end when the next one is refused as well': {
    files,
    faults: [{ ...REQUESTS.dataset, times: 0, effect: { kind: 'revoke-token' } }],
    exitCode: 1,
    log: [/^::error::Cannot read dataset .*401 401013/m],
    requests: { 'GET dataSets': 2 },
  },
})

describe('a token that was given ready-made', () => {
  it('is the end where it is revoked on the way', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ ...REQUESTS.look, effect: { kind: 'revoke-token' } })
    const inputs = { 'client-secret': '', 'access-token': await platform.token() }
    const run = await platform.publish({ files, inputs })
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot read batch .*401 401013/m)
    expect(run.log).toContain('Set a new "access-token"')
    expect(run.log).toContain(
      `The platform continues to ingest what was completed, or may have been: ${run.outputs['batch-id']}`,
    )
    expect(platform.requests('POST', /\/ims\/token/)).toHaveLength(1)
    expect(platform.requests('GET', /catalog\/batches\/\w/)).toHaveLength(1)
  })
})

describe('a file that cannot be sent', () => {
  it('is one that changed since it was checked, though its size is the same', async () => {
    await using platform = await localPlatform()
    let folder = ''
    const change = () => writeFile(join(folder, 'data/b.jsonl'), member('3'))
    between(platform, { method: 'PUT', target: /a\.jsonl$/, before: change })
    const prepare = async (workspace: string) => void (folder = workspace)
    const run = await platform.publish({ files, inputs: { concurrency: '1' }, prepare })
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot upload "data\/b\.jsonl".*changed while the action read it/m)
    expect(await platform.batch()).toMatchObject({ stage: 'aborted' })
  })

  it('is named, and the batch is aborted when nothing is under way any more', async () => {
    await using platform = await localPlatform()
    const denied = { kind: 'answer', status: 403, body: '{"title":"Forbidden","status":403}' } as const
    platform.emulator.faults.add(
      { method: 'PUT', path: '/**/b.jsonl', times: 0, effect: denied },
      { method: 'PUT', path: '/**/a.jsonl', times: 0, effect: { kind: 'latency', ms: 50 } },
    )
    const run = await platform.publish({ files })
    expect(run.exitCode).toBe(1)
    const { id, stage } = await platform.batch()
    expect(stage).toBe('aborted')
    expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'aborted', 'batch-id': id })
    expect(run.log).toMatch(/^::error::Cannot upload "data\/b\.jsonl" to batch .*403/m)
    const writes = platform.emulator.requests().filter(({ method }) => method !== 'GET')
    expect(writes.at(-1)?.target).toMatch(/action=ABORT$/)
    expect(platform.requests('POST', /COMPLETE/)).toEqual([])
  })
})
