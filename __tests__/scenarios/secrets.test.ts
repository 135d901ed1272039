import { expect, it } from 'vitest'
import type { Fault } from '../../emulator/faults/faults.ts'
import { withoutMasks } from '../support/runs/log.ts'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { datasets, member, SECRET } from '../support/runs/platform-inputs.ts'
import type { ActionResult } from '../support/runs/run-action.ts'

const files = { 'data/a.jsonl': member('1') }
const env = { RUNNER_DEBUG: '1' }
const TOKEN = /emu\.[0-9a-f]{40}/

it('secret and tokens are hidden before anything else could show them', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'revoke-token' } })
  const run = await platform.publish({ files, env })
  expect(run.exitCode, run.log).toBe(0)
  const masks = run.log.match(/^::add-mask::.*$/gm) ?? []
  expect(masks[0]).toBe(`::add-mask::${SECRET}`)
  expect(run.log.startsWith('::add-mask::')).toBe(true)
  expect(masks.filter((line) => TOKEN.test(line))).toHaveLength(2)
  expectNoSecret(run)
})

it('a secret that a server quotes back stays hidden, and is never sent in a URL', async () => {
  await using platform = await localPlatform()
  const body = JSON.stringify({ error: 'invalid_client', error_description: `${SECRET} is not yours` })
  platform.emulator.faults.add({ path: '/ims/**', effect: { kind: 'answer', status: 400, body } })
  const run = await platform.publish({ files, env })
  expect(run.exitCode).toBe(1)
  expect(platform.emulator.requests().map(({ target }) => target)).toEqual(['/ims/token/v3'])
  expectNoSecret(run)
})

it('a secret is hidden in the form in which it travels, too', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({ files, env, inputs: { 'client-secret': 'p@ss/w+rd%25' } })
  expect(run.exitCode).toBe(1)
  // The runner reads %25 of a command as %.
  expect(run.log).toMatch(/^::add-mask::p@ss\/w\+rd%2525$/m)
  expect(run.log).toMatch(/^::add-mask::p%2540ss%252Fw%252Brd%252525$/m)
})

it('a ready token is hidden too', async () => {
  await using platform = await localPlatform()
  const token = await platform.token()
  const run = await platform.publish({ files, env, inputs: { 'client-secret': '', 'access-token': token } })
  expect(run.exitCode, run.log).toBe(0)
  expect(run.log.startsWith(`::add-mask::${token}`)).toBe(true)
  expectNoSecret(run)
})

it.each(['plain', 'in JSON escapes', 'in base64', 'cut off'])(
  'a token that a server quotes in an answer that is no failure stays hidden (%s)',
  async (form) => {
    await using platform = await localPlatform()
    const token = await platform.token()
    const written: Readonly<Record<string, string>> = {
      plain: token,
      'in JSON escapes': Array.from(token, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
      'in base64': Buffer.from(`Bearer ${token}`).toString('base64'),
      'cut off': `${'x'.repeat(170)}${token}`,
    }
    const body = `{"${datasets.loyalty}":{"name":"you sent ${written[form] ?? ''}","schemaRef":{"id":"https://ns.adobe.com/x"}}}`
    platform.emulator.faults.add({
      path: '/**/catalog/dataSets/*',
      times: 0,
      effect: { kind: 'answer', status: 200, body },
    })
    const run = await platform.publish({ files, env, inputs: { 'client-secret': '', 'access-token': token } })
    expect(run.log).toContain('you sent ')
    expectNoSecret(run)
    const everything = [withoutMasks(run.log), run.summary, run.kept.report, JSON.stringify(run.outputs)].join('\n')
    for (const part of [token.slice(0, 24), written[form]?.slice(-30) ?? '']) expect(everything).not.toContain(part)
  },
)

type Quote = (quoted: string) => Fault

const QUOTES: readonly (readonly [string, Quote])[] = [
  ['the id of a request', (quoted) => answering('/**/dataSets/*', 403, '{"title":"no"}', { 'x-request-id': quoted })],
  [
    'the id of a request that is not JSON',
    (quoted) => answering('/**/dataSets/*', 200, 'x', { 'x-request-id': quoted }),
  ],
  ['a location', (quoted) => answering('/**/dataSets/*', 302, '', { location: `https://e.example/?${quoted}` })],
  [
    'a code',
    (quoted) => answering('/**/dataSets/*', 400, JSON.stringify({ code: quoted, error: quoted, type: quoted })),
  ],
  [
    'the key of a list',
    (quoted) => answering('/**/catalog/batches', 200, JSON.stringify({ [quoted]: { status: 'success' } })),
  ],
  ['the id of a batch', (quoted) => answering('/**/import/batches', 201, JSON.stringify({ id: quoted }))],
]

it.each(QUOTES.flatMap(([place, quote]) => ['Bearer ', ''].map((before) => ({ place, quote, before }))))(
  'a token that a server quotes as $place stays hidden at every sink ("$before")',
  async ({ quote, before }) => {
    await using platform = await localPlatform()
    const token = await platform.token()
    platform.emulator.faults.add(quote(before + token))
    const inputs = { 'client-secret': '', 'access-token': token, 'timeout-minutes': '0.5' }
    const run = await platform.publish({ files, env, inputs })
    expect(run.exitCode, run.log).toBe(1)
    expectHidden(run, token)
  },
)

it('a token that a server quotes in the record of a batch stays hidden at every sink', async () => {
  await using platform = await localPlatform()
  const token = await platform.token()
  const connection = { 'client-secret': '', 'access-token': token }
  await platform.publish({ files, inputs: connection })
  const { id } = await platform.batch()
  const errors = [{ code: token, description: `you sent Bearer ${token}` }]
  const relatedObjects = [{ type: 'dataSet', id: datasets.loyalty }]
  const record = { status: 'failed', errors, tags: { [token]: [token] }, relatedObjects }
  platform.emulator.faults.add(answering('/**/catalog/batches/*', 200, JSON.stringify({ [id]: record })))
  const run = await platform.publish({ files, env, inputs: { ...connection, mode: 'resume', 'batch-id': id } })
  expect([run.exitCode, run.outputs['status']], run.log).toEqual([1, 'failed'])
  expect(run.log).toContain('you sent')
  expectHidden(run, token)
})

function answering(path: string, status: number, body: string, headers: Readonly<Record<string, string>> = {}): Fault {
  return { path, times: 0, effect: { kind: 'answer', status, body, headers } }
}

function expectHidden(run: ActionResult, token: string): void {
  const sinks = [withoutMasks(run.log), run.summary, JSON.stringify([run.outputs, run.state])]
  for (const sink of [...sinks, ...Object.values(run.kept)]) expect(sink).not.toContain(token.slice(4, 24))
}

function expectNoSecret(run: { log: string; summary: string; outputs: Readonly<Record<string, string>> }): void {
  for (const text of [withoutMasks(run.log), run.summary, JSON.stringify(run.outputs)]) {
    expect(text).not.toContain(SECRET)
    expect(text).not.toMatch(TOKEN)
    expect(text).not.toMatch(/bearer/i)
  }
}
