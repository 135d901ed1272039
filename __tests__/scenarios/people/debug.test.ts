import { expect, it } from 'vitest'
import { seededCredential } from '../../../emulator/seed.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'

const ATTEMPT =
  /^::debug::(?<method>GET|HEAD|POST|PUT|PATCH) 127\.0\.0\.1:\d+(?<target>\/\S*) → (?<status>\d{3}) in \d+ ms(?<sent>, \d+ bytes sent)?(?<headers>(?:, [a-z-]+=[^,]*)*)$/

it('every HTTP attempt is one debug line: method, path, status, time, bytes and request id, and nothing more', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'answer', status: 503 } })
  const files = { 'data/a.jsonl': member('Rosebud') }
  const run = await platform.publish({ files, env: { RUNNER_DEBUG: '1' } })
  expect(run.exitCode, run.log).toBe(0)
  const debug = run.log.split('\n').filter((line) => line.startsWith('::debug::') && line.includes('127.0.0.1'))
  const attempts = debug.map((line) => ATTEMPT.exec(line)?.groups ?? { method: line })
  const key = (method = '', target = '') => `${method} ${target.replaceAll('%25', '%')}`
  expect(attempts.map(({ method, target }) => key(method, target)).toSorted()).toEqual(
    platform.emulator
      .requests()
      .map(({ method, target }) => key(method, target))
      .toSorted(),
  )
  const puts = attempts.filter(({ method }) => method === 'PUT')
  expect(puts.map(({ status, sent }) => [status, sent])).toEqual([
    ['503', ', 51 bytes sent'],
    ['200', ', 51 bytes sent'],
  ])
  expect(puts[1]?.['headers']).toMatch(/^, x-request-id=[\w-]+$/)
  const shown = debug.join('\n')
  for (const secret of ['Rosebud', seededCredential.clientId, 'authorization', 'x-api-key', 'x-gw-ims-org-id']) {
    expect(shown.toLowerCase()).not.toContain(secret.toLowerCase())
  }
  expect(shown).not.toMatch(/bearer|emu\.[0-9a-f]{8}/i)
})

it('an attempt that gets no answer is a line that says so', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ method: 'PUT', effect: { kind: 'reset', when: 'before' } })
  const run = await platform.publish({ files: { 'data/a.jsonl': member('1') }, env: { RUNNER_DEBUG: '1' } })
  expect(run.exitCode, run.log).toBe(0)
  expect(run.log).toMatch(/^::debug::PUT \S+ → no answer \(.+\) in \d+ ms, 45 bytes sent$/m)
})
