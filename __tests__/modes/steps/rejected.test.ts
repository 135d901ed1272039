import { describe, expect, it } from 'vitest'
import { Cancelled } from '../../../src/lib/errors.ts'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { badMember, contentOf } from '../../support/files/members.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { desk, NAMED, outcome } from '../../support/runs/publishing-desk.ts'
import { runStep } from '../../support/runs/in-memory-action.ts'

const HALF = { ...NAMED, 'error-threshold': '50' }
const MIXED = { 'data/a.jsonl': member('1') + badMember('2') }
const BAD = { 'data/a.jsonl': badMember('2') }
const DIAGNOSTICS: Fault = { path: '/data/foundation/export/batches/*/meta**', times: 0, effect: { kind: 'missing' } }
const FAILED: Fault = { path: '/data/foundation/export/batches/*/failed', times: 0, effect: { kind: 'missing' } }

const looks = (platform: ReturnType<typeof desk>['platform']) =>
  platform.emulator.requests().filter(({ target }) => /\/export\/batches\/\w+\/(meta|failed)/.test(target)).length

describe('rejected rows', () => {
  it.each([
    ['a batch that failed', BAD, NAMED, 'failed'],
    ['a batch that kept the others', MIXED, HALF, 'partially-published'],
  ] as const)('are looked for after %s', async (_, files, inputs, ended) => {
    const { platform, publish } = desk()
    const run = await publish(files, inputs)
    expect(outcome(run)).toBe(ended)
    expect(run.log).toMatch(/^Batch \S+: 1 rejected row, located in your files$/m)
    expect(run.errors[0]).toContain('100')
    expect(looks(platform)).toBeGreaterThan(0)
  })

  it('are looked for in the batch that brought the others, where that was consolidated since', async () => {
    const { platform, publish } = desk()
    const brought = (await publish(MIXED, HALF)).outputs['batch-id'] ?? ''
    const holder = await platform.emulator.consolidate([brought])
    const before = looks(platform)
    const again = await publish(MIXED, HALF)
    expect([outcome(again), again.outputs['batch-id']]).toEqual(['partially-published', holder])
    expect(again.log).toContain(`Batch ${holder}: 1 rejected row, located in your files`)
    expect(looks(platform)).toBeGreaterThan(before)
  })

  it.each([
    ['was published whole', contentOf('1'), NAMED, 'published'],
    ['was not waited for', BAD, { ...NAMED, wait: 'false' }, 'submitted'],
  ] as const)('are not looked for after a batch that %s', async (_, files, inputs, ended) => {
    const { platform, publish } = desk()
    expect(outcome(await publish(files, inputs))).toBe(ended)
    expect(looks(platform)).toBe(0)
  })

  it('are not looked for where a batch counts as failed only for a predecessor that stayed', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const previous = { ...NAMED, 'replay-predecessors': 'previous' }
    await publish(contentOf('1'), previous)
    const second = await publish(contentOf('2'), previous)
    expect([outcome(second), second.outputs['status']]).toEqual(['failed', 'success'])
    expect(looks(platform)).toBe(0)
  })

  it('are looked for where it lost rows besides', async () => {
    const { platform, publish } = desk({ staleReads: 1_000_000 })
    const previous = { ...HALF, 'replay-predecessors': 'previous' }
    await publish(contentOf('1'), previous)
    const second = await publish(MIXED, { ...previous, 'max-shrink-percent': '100' })
    expect([outcome(second), second.outputs['status']]).toEqual(['failed', 'success'])
    expect(second.log).toMatch(/1 rejected row, located in your files$/m)
    expect(looks(platform)).toBeGreaterThan(0)
  })

  it('are looked for two minutes at most, and what is known by then is reported', async () => {
    const { platform } = desk()
    const send: typeof platform.send = async (request, signal) => {
      if (/\/meta|\/failed/.test(request.url.pathname)) await platform.clock.sleep(600_000, signal)
      return platform.send(request, signal)
    }
    const run = await runStep({ ...platform, send }, { inputs: HALF, files: MIXED })
    expect([outcome(run), run.failed]).toEqual(['partially-published', false])
    expect(run.warnings.join()).toContain('Not all rejected rows were located: it took longer than 120 s')
  })

  it('that cannot be found out change nothing of the verdict, and the log says so', async () => {
    const { platform, publish } = desk()
    platform.emulator.faults.add(DIAGNOSTICS, FAILED)
    const run = await publish(MIXED, HALF)
    expect([outcome(run), run.failed]).toEqual(['partially-published', false])
    expect(run.log).toMatch(/^Batch \S+: 100: A value cannot be converted/m)
    expect(run.log).toMatch(/^Batch \S+: The platform has no record of which rows it rejected/m)
  })

  it('that cannot be found out make no file, which would say that there are none', async () => {
    const { platform, publish } = desk()
    platform.emulator.faults.add(DIAGNOSTICS, FAILED)
    const run = await publish(MIXED, { ...HALF, 'rejected-rows-path': 'rejected.jsonl' })
    expect(run.warnings.join()).toContain('Nothing is written to "rejected.jsonl": the rejected rows could not be read')
  })

  it('of a batch that cannot be read any more are a warning', async () => {
    const { platform } = desk()
    let isJudged = false
    const send: typeof platform.send = async (request, signal) => {
      const answer = await platform.send(request, signal)
      const { pathname } = request.url
      if (/\/export\/batches\/\w+\/files$/.test(pathname)) isJudged = true
      return isJudged && /\/catalog\/batches\/\w+$/.test(pathname) ? { ...answer, status: 404 } : answer
    }
    const run = await runStep({ ...platform, send }, { inputs: HALF, files: MIXED })
    expect([outcome(run), run.failed]).toEqual(['partially-published', false])
    expect(run.warnings).toEqual([expect.stringMatching(/^Could not read why rows of batch \S+ were rejected$/)])
  })

  it('are no longer looked for when the run is cancelled', async () => {
    const { platform } = desk()
    platform.emulator.faults.add(DIAGNOSTICS, FAILED)
    const cancel = new AbortController()
    const send: typeof platform.send = (request, signal) => {
      if (request.url.pathname.endsWith('/meta')) cancel.abort(new Cancelled('SIGINT'))
      return platform.send(request, signal)
    }
    const run = await runStep({ ...platform, send }, { inputs: HALF, files: MIXED, signal: cancel.signal })
    expect([outcome(run), run.failed, looks(platform)]).toEqual(['cancelled', true, 0])
  })
})
