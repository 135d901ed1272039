import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { commandsIn } from '../../support/runs/log.ts'
import { farSide } from '../../support/platform/http-far-side.ts'
import { localPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { unsaid } from '../../support/emulator/truth.ts'
import { bothPhases, mainPhase } from '../../support/runs/workflow-step.ts'

const files = { 'data/a.jsonl': member('1') }
const WORDS = 'x\n::error::hacked\r\n::set-output name=outcome::published\n##[error]hacked\u001b[31m ::stop-commands::a'
const CREATE = { method: 'POST', path: '/data/foundation/import/batches' } as const

describe('words of the platform can not command the runner', () => {
  it.concurrent.each([
    ['the reasons of a failure', { status: 'failed', errors: [{ code: WORDS, description: WORDS }] }],
    ['a status', { status: `${WORDS}::set-output name=status::success` }],
    ['counts', { status: 'success', metrics: { inputRecordCount: WORDS, outputRecordCount: WORDS } }],
    ['tags', { status: 'failed', tags: { acp_successor: [WORDS], gh_publication: [WORDS] } }],
  ])('when they are %s of a batch', async (_, record) => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    const run = await mainPhase(platform, {
      files,
      env: { RUNNER_DEBUG: '1' },
      inputs: { 'timeout-minutes': '0.005' },
      onLine: {
        match: /^Created batch \S+/m,
        act: async () => {
          const { id } = await platform.batch()
          const body = JSON.stringify({ [id]: record })
          const effect = { kind: 'answer', status: 200, body } as const
          platform.emulator.faults.add({ path: `/**/catalog/batches/${id}`, times: 0, effect })
        },
      },
    })
    expectHarmless(run.log, run.exitCode)
    expect(run.summary).not.toMatch(/^\s*::|##\[/m)
  })

  it.concurrent('when they are in the tags of a batch that is to be replaced', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const inputs = { 'replay-predecessors': 'previous', publication: 'members' }
    await mainPhase(platform, { files, inputs, ref: WORDS })
    const second = await mainPhase(platform, { files: { 'data/a.jsonl': member('2') }, inputs, run: 1002 })
    expect(second.exitCode, second.log).toBe(0)
    expect(second.log).toMatch(/^::warning::.* was published from x/m)
    expect(commandsIn(second.log).filter((name) => name !== 'add-mask')).toEqual(['warning'])
    expectHarmlessText(second.log)
  })

  it.concurrent.each([WORDS, '../../../../ims/token/v3', '01H?action=REVERT', 'a/b', ''])(
    'when they come as the id of a new batch: %j goes into no address',
    async (id) => {
      await using platform = await localPlatform()
      const effect = {
        kind: 'answer',
        status: 201,
        body: JSON.stringify({ id, status: 'loading' }),
        acts: true,
      } as const
      platform.emulator.faults.add({ ...CREATE, effect })
      const run = await mainPhase(platform, { files })
      expectHarmless(run.log, run.exitCode)
      const real = await platform.batch()
      const named = platform.requests('POST', /\/batches\/|\/token/).concat(platform.requests('PUT', /./))
      const foreign = named.filter(({ target }) => !target.includes(`/batches/${real.id}`))
      expect(foreign.map(({ target }) => target)).toEqual(['/ims/token/v3'])
    },
  )
})

describe('a batch whose creation was answered with', () => {
  it.concurrent.each([
    ['a page', '<html>Welcome</html>'],
    ['nothing', ''],
    ['half an answer', '{"id":"01'],
    ['an id that is none', '{"id":"a/b"}'],
  ])('%s is not left open unsaid', async (_, body) => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ ...CREATE, effect: { kind: 'answer', status: 201, body, acts: true } })
    const run = await bothPhases(platform, { files })
    expect(await unsaid(platform, run.logs), run.logs).toEqual([])
  })
})

describe('no answer chooses where a token goes', () => {
  const REQUESTS: readonly (readonly [string, Omit<Fault, 'effect'>])[] = [
    ['the token', { path: '/ims/token/v3' }],
    ['a dataset', { path: '/**/dataSets/*' }],
    ['a list', { path: '/**/catalog/batches' }],
    ['a creation', CREATE],
    ['an upload', { method: 'PUT' }],
    ['COMPLETE', { path: '/**?action=COMPLETE' }],
    ['a batch', { path: '/**/catalog/batches/*' }],
    ['the files of a batch', { path: '/**/export/batches/*/files' }],
  ]

  it.concurrent.each(REQUESTS)('by redirecting the request for %s', async (_, request) => {
    await using platform = await localPlatform()
    await using foreign = await countingServer()
    const headers = { location: `${foreign.url}data` }
    platform.emulator.faults.add({ ...request, times: 0, effect: { kind: 'answer', status: 307, headers } })
    const run = await mainPhase(platform, { files, inputs: { 'timeout-minutes': '0.005' } })
    expect(foreign.requests()).toBe(0)
    if (!('path' in request) || request.path !== '/**/export/batches/*/files') expect(run.exitCode, run.log).toBe(1)
  })

  it.concurrent('by the links of its pages', async () => {
    await using platform = await localPlatform({ links: 'foreign-host' })
    await using foreign = await countingServer()
    const page = { next: { href: `${foreign.url}data/foundation/export/batches/x/files?start=1` } }
    const body = JSON.stringify({
      data: [{ dataSetFileId: 'f', records: '1', _links: { self: page.next } }],
      _page: page,
    })
    platform.emulator.faults.add({
      path: '/**/export/batches/*/files',
      times: 0,
      effect: { kind: 'answer', status: 200, body },
    })
    const run = await mainPhase(platform, { files })
    expect(run.exitCode, run.log).toBe(0)
    expect(foreign.requests()).toBe(0)
  })
})

async function countingServer() {
  let requests = 0
  const far = await farSide((_, response) => {
    requests++
    response.end('{}')
  })
  return { url: far.url.href, requests: () => requests, [Symbol.asyncDispose]: () => far[Symbol.asyncDispose]() }
}

function expectHarmless(log: string, exitCode: number | null): void {
  const commands = commandsIn(log).filter((name) => name !== 'add-mask')
  expect(commands, log).toEqual(exitCode === 0 ? [] : ['error'])
  expectHarmlessText(log)
}

function expectHarmlessText(text: string): void {
  expect(text).not.toMatch(/^\s*::(error::hacked|set-output|stop-commands)/m)
  // oxlint-disable-next-line no-control-regex -- they are what this looks for
  expect(text).not.toMatch(/##\[|[\u001b\r]/)
}
