import { describe, expect, it } from 'vitest'
import type { Fault } from '../../emulator/faults/faults.ts'
import { commandsIn } from '../support/runs/log.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../support/emulator/local-platform.ts'
import { datasets, member } from '../support/runs/platform-inputs.ts'

const files = { 'data/a.jsonl': member('1') }
const WORDS = 'x\n::error::hacked\r\n##[error]hacked\u001b[31m ::add-mask::published\u2028::stop-commands::a'

describe('words of a server cannot command the runner', () => {
  it.each([
    ['in JSON', JSON.stringify({ status: 403, title: WORDS, detail: WORDS })],
    ['in a page', `<html><body>${WORDS}</body></html>`],
  ])('when they explain a refusal %s', async (_, body) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: '/**/dataSets/*', effect: { kind: 'answer', status: 403, body } })
    const run = await platform.publish({ files, env: { RUNNER_DEBUG: '1' } })
    expect(run.exitCode).toBe(1)
    expectHarmless(run.log)
  })

  it('when they are the name of a dataset or the status of a batch', async () => {
    await using platform = await localPlatform({ hold: { status: WORDS.toLowerCase(), forMs: NEVER_MS } })
    renameDataset(platform)
    const run = await platform.publish({ files, inputs: { 'timeout-minutes': '0.002' } })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', status: 'unknown' })
    expectHarmless(run.log)
    expect(withoutBlocks(run.summary)).not.toMatch(/^::|##\[|<b>/m)
  })
})

describe('what a server says of a refused upload', () => {
  const VALUE = 'anna.q@example.com'
  const detail = `row 1: value "${VALUE}" of person.email is invalid`
  const said = JSON.stringify({ error_code: 'ERR-BI-900', detail, code: VALUE })
  /** Then the file is uploaded in chunks. */
  const tooLarge = { method: 'PUT', effect: { kind: 'answer', status: 413 } } as const

  it.each([
    ['a file', { method: 'PUT' }, 400],
    ['the start of a file in chunks', { path: '/**/files/**?action=INITIALIZE' }, 422],
    ['a chunk', { method: 'PATCH' }, 403],
    ['the end of a file in chunks', { path: '/**/files/**?action=COMPLETE' }, 422],
  ])(
    'is hidden for %s; its status and a remedy are shown',
    async (_, request: Pick<Fault, 'method' | 'path'>, status) => {
      await using platform = await localPlatform()
      if (request.method !== 'PUT') platform.emulator.faults.add(tooLarge)
      platform.emulator.faults.add({ ...request, effect: { kind: 'answer', status, body: said } })
      const run = await platform.publish({ files, env: { RUNNER_DEBUG: '1' } })
      expect([run.exitCode, run.outputs['outcome']], run.log).toEqual([1, 'failed'])
      for (const sink of [run.log, run.summary, run.kept.report]) {
        expect(sink).not.toContain(VALUE)
        expect(sink).toMatch(new RegExp(`the answer was ${status}`))
        expect(sink).toContain('show-values: true')
      }
    },
  )

  it('is shown with "show-values: true"', async () => {
    await using platform = await localPlatform()
    const effect = { kind: 'answer', status: 400, body: said } as const
    platform.emulator.faults.add({ method: 'PUT', path: '/**/files/**', effect })
    const run = await platform.publish({ files, inputs: { 'show-values': 'true' } })
    expect(run.exitCode).toBe(1)
    expect(run.summary).toContain(VALUE.replace('@', '<span>@</span>'))
    expect(run.log).toContain('the answer was 400 ERR-BI-900 "row 1: value')
    expect(run.log).not.toContain('"show-values: true" shows it')
  })
})

describe('words of a server that every object knows', () => {
  const names = ['constructor', '__proto__', 'toString', 'valueOf']

  it.each(names)('are words: a refusal with the code %s is concluded like any other', async (code) => {
    await using platform = await localPlatform()
    const body = `{"code":"${code}","detail":"no"}`
    platform.emulator.faults.add({ path: '/**/dataSets/*', effect: { kind: 'answer', status: 400, body } })
    const run = await platform.publish({ files })
    expect([run.exitCode, run.outputs['outcome']]).toEqual([1, 'failed'])
    expect(run.log).toContain(`the answer was 400 ${code} "no"`)
    expect(run.summary).toContain('**What to do:**')
  })

  it.each(names)('are words: a batch that is %s is one in progress', async (status) => {
    await using platform = await localPlatform({ hold: { status: status.toLowerCase(), forMs: NEVER_MS } })
    const run = await platform.publish({ files, inputs: { 'timeout-minutes': '0.002' } })
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', status: 'unknown' })
    expect(run.log).toContain(`: ${status.toLowerCase()} after`)
  })
})

describe('one odd answer to a look at a completed batch', () => {
  it.each([
    ['404 with an empty body', 404, ''],
    ['404 in HTML', 404, '<html>Not Found</html>'],
    ['404 of a replica that is behind', 404, '{"title":"NotFoundError","status":404,"detail":"Batch not found"}'],
    ['403', 403, '{"title":"ForbiddenError"}'],
    ['200 in HTML', 200, '<html>Sign in</html>'],
    ['a record without a status', 200, '{}'],
  ])('does not end the wait: %s', async (_, status, body) => {
    await using platform = await localPlatform({ loadedMs: 3_000 })
    const effect = { kind: 'answer', status, body } as const
    platform.emulator.faults.add({ method: 'GET', path: '/**/catalog/batches/*', effect })
    const run = await platform.publish({ files })
    expect([run.exitCode, run.outputs['outcome']], run.log).toEqual([0, 'published'])
  })
})

/** Between fences nothing means anything, and nobody but people reads a summary. */
function withoutBlocks(markdown: string): string {
  return markdown.replace(/^(`{3,})\w*\n[^]*?^\1$/gm, '')
}

function renameDataset({ emulator }: LocalPlatform): void {
  const record = { ...emulator.dataset(datasets.loyalty), name: `<b>${WORDS}` }
  emulator.addDataset({ id: datasets.loyalty, sandbox: 'dev', record })
}

function expectHarmless(log: string): void {
  expect(commandsIn(log).toSorted()).toEqual(['add-mask', 'add-mask', 'error'])
  expect(log).not.toMatch(/^\s*::error::hacked/m)
  // oxlint-disable-next-line no-control-regex -- they are what this looks for
  expect(log).not.toMatch(/##\[|[\u001b\u2028\r]/)
}
