import { describe, expect, it } from 'vitest'
import type { Transport } from '../../../src/platform/http/transport.ts'
import { endlessLists } from '../../support/platform/endless-lists.ts'
import { runStep, type Step } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { badMember, contentOf, rowsOf, stages } from '../../support/files/members.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { NAMED, outcome, PREVIOUS, RETRYING } from '../../support/runs/publishing-desk.ts'
import { answer } from '../../support/platform/scripted-transport.ts'
import { answeredLate, type AskedRequest, lineOf, unanswered } from '../../support/emulator/unanswered.ts'

const MINUTES = 2
/** The time of the run, the grace behind it, and what an abort may take. */
const MOST_MS = MINUTES * 60_000 + 30_000 + 10_000

const TOKEN: AskedRequest = (line) => line.includes('/ims/token')
const DATASET: AskedRequest = (line) => line.includes('/catalog/dataSets')
const LIST: AskedRequest = (line) => line.includes('/catalog/batches?')
const CREATE: AskedRequest = (line) => /^POST .*\/import\/batches$/.test(line)
const PUT: AskedRequest = (line) => line.startsWith('PUT')
const COMPLETE: AskedRequest = (line) => line.endsWith('action=COMPLETE')
const ABORT: AskedRequest = (line) => line.endsWith('action=ABORT')
const LOOK: AskedRequest = (line) => line.startsWith('GET') && /\/catalog\/batches\/\w+$/.test(line)
const READ_BACK: AskedRequest = (line) => /\/export\/batches\/\w+\/files/.test(line)
const DIAGNOSTICS: AskedRequest = (line) => /\/export\/batches\/\w+\/(meta|failed)/.test(line)

type Tampered = { readonly settings?: Parameters<typeof inMemoryPlatform>[0] } & Step

/** A step with two minutes, at a platform that is spoken to through this network. */
async function publish(through: (send: Transport, tools: Tools) => Transport, step: Tampered = {}) {
  const platform = inMemoryPlatform(step.settings)
  const { clock } = platform
  const startMs = clock.now()
  const late = (ms: number) => (signal: AbortSignal) => clock.sleep(ms, signal)
  const run = await runStep(
    { ...platform, send: through(platform.send, { late }) },
    { files: contentOf('a'), ...step, inputs: { ...NAMED, 'timeout-minutes': String(MINUTES), ...step.inputs } },
  )
  return { run, platform, outcome: outcome(run), tookMs: clock.now() - startMs, stages: await stages(platform) }
}

type Tools = { readonly late: (ms: number) => (signal: AbortSignal) => Promise<void> }

const silent =
  (asked: AskedRequest, isHeard = false) =>
  (send: Transport) =>
    unanswered(send, { asked, isHeard })

/** No answer to `asked` once something like `first` was sent. */
function silentAfter(first: AskedRequest, asked: AskedRequest) {
  return (send: Transport): Transport => {
    let isSent = false
    const silentNow = unanswered(send, { asked: (line, request) => isSent && asked(line, request) })
    return (request, signal) => {
      isSent ||= first(lineOf(request), request)
      return silentNow(request, signal)
    }
  }
}

describe('"timeout-minutes" ends a run before anything was sent', () => {
  it.each([
    ['for a token', silent(TOKEN)],
    ['for the dataset', silent(DATASET)],
    ['for the list of batches', silent(LIST)],
    [
      'for a list without end whose pages come slowly',
      (send: Transport, { late }: Tools) => answeredLate(endlessLists(send, 'batches'), LIST, late(20_000)),
    ],
  ])('that waits %s', async (_, through) => {
    const { run, tookMs, ...ended } = await publish(through)
    expect(ended).toMatchObject({ outcome: 'timed-out', stages: [] })
    expect(run.errors.join()).toContain('the time for waiting is over')
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
    expect(tookMs).toBeGreaterThan(MINUTES * 60_000)
  })

  it('that is told again and again to come back later, with the reason', async () => {
    const later = answer(503, { title: 'Busy' }, { 'retry-after': '45' })
    const { run, tookMs, ...ended } = await publish((send) => async (request, signal) => {
      return LIST(lineOf(request), request) ? later : await send(request, signal)
    })
    expect(ended).toMatchObject({ outcome: 'failed', stages: [] })
    expect(run.errors.join()).toContain('503')
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
  })
})

describe('"timeout-minutes" that are over before COMPLETE', () => {
  it.each([
    ['whose creation got no answer', silent(CREATE, true), '0.5'],
    ['whose file gets no answer', silent(PUT), '2'],
    ['when what others published meanwhile can not be seen', silentAfter(PUT, LIST), '2'],
  ])('leave no batch open %s', async (_, through, minutes) => {
    const inputs = { 'timeout-minutes': minutes }
    const { run, outcome: ended, tookMs, stages: stand } = await publish(through, { inputs })
    expect([ended, run.failed, stand]).toEqual(['timed-out', true, ['aborted']])
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
  })

  it('name a batch that could not be aborted, and how to', async () => {
    const {
      run,
      tookMs,
      stages: stand,
    } = await publish(silent((line, request) => PUT(line, request) || ABORT(line, request)))
    expect(stand).toEqual(['loading'])
    expect(run.warnings.join()).toMatch(/Batch \w+ stays open .*mode: abort/)
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
  })
})

describe('"timeout-minutes" that are over after COMPLETE', () => {
  it.each([
    ['COMPLETE itself', silent(COMPLETE, true)],
    ['any look at the batch', silent(LOOK)],
  ])('never make a batch failed that may still succeed: no answer to %s', async (_, through) => {
    const { run, tookMs, outcome: ended, platform } = await publish(through, { settings: RETRYING })
    expect([ended, run.failed]).toEqual(['timed-out', true])
    expect(run.outputs['batch-id']).not.toBe('')
    expect(run.log).not.toContain('Aborted batch')
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
    await platform.clock.advance(600_000)
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('leave a success what it is when what was written can not be read back', async () => {
    const { run, tookMs, outcome: ended } = await publish(silent(READ_BACK), { inputs: { 'timeout-minutes': '0.5' } })
    expect([ended, run.failed]).toEqual(['published', false])
    expect(run.log).toContain('could not be counted')
    expect(tookMs).toBeLessThanOrEqual(30_000 + 30_000 + 10_000)
  })

  it('fail a run that could not see whether others published the same, and never call its batch failed', async () => {
    const { run, tookMs, outcome: ended } = await publish(silentAfter(COMPLETE, LIST))
    expect([ended, run.failed, run.outputs['status']]).toEqual(['timed-out', true, 'success'])
    expect(tookMs).toBeLessThanOrEqual(MOST_MS)
  })

  it('leave a failure what it is when its diagnostics do not come', async () => {
    const {
      run,
      tookMs,
      outcome: ended,
    } = await publish(silent(DIAGNOSTICS), {
      files: { 'data/a.jsonl': badMember('a') + member('b') },
      inputs: { 'timeout-minutes': '0.5' },
    })
    expect([ended, run.outputs['status']]).toEqual(['failed', 'failed'])
    expect(tookMs).toBeLessThanOrEqual(30_000 + 30_000 + 10_000)
  })

  it('end the look at what was to be replaced', async () => {
    const platform = inMemoryPlatform()
    await runStep(platform, { files: contentOf('a'), inputs: PREVIOUS, run: { runId: '1001' } })
    const startMs = platform.clock.now()
    const [first] = await platform.emulator.batches()
    const asked: AskedRequest = (line) => line.endsWith(`/catalog/batches/${first?.id ?? ''}`)
    const run = await runStep(
      { ...platform, send: unanswered(platform.send, { asked }) },
      { files: contentOf('b'), inputs: { ...PREVIOUS, 'timeout-minutes': String(MINUTES) }, run: { runId: '1002' } },
    )
    expect([run.failed, await rowsOf(platform)]).toEqual([true, ['b']])
    expect(platform.clock.now() - startMs).toBeLessThanOrEqual(MOST_MS)
  })
})

describe('"timeout-minutes" that are over in "mode: revert"', () => {
  const isRevert: AskedRequest = (line) => line.endsWith('action=REVERT')

  it.each([
    ['REVERT itself', silent(isRevert, true)],
    ['any look after it', silentAfter(isRevert, LOOK)],
  ])('say what is known, and not that the batch is a success: no answer to %s', async (_, through) => {
    const platform = inMemoryPlatform()
    const { outputs } = await runStep(platform, { files: contentOf('a'), inputs: NAMED, run: { runId: '1001' } })
    const startMs = platform.clock.now()
    const revert = { mode: 'revert', 'batch-id': outputs['batch-id'] ?? '', 'timeout-minutes': String(MINUTES) }
    const send = through(platform.send)
    const run = await runStep({ ...platform, send }, { inputs: revert, run: { runId: '1002' } })
    expect({ outcome: outcome(run), status: run.outputs['status'] }).toEqual({ outcome: 'timed-out', status: '' })
    expect([run.outputs['batch-id'], run.failed]).toEqual([outputs['batch-id'], true])
    expect(platform.clock.now() - startMs).toBeLessThanOrEqual(MOST_MS)
    expect(await rowsOf(platform)).toEqual([])
  })
})
