import { type ChildProcess, execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { localPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { waitUntil } from '../support/time/wait-until.ts'

const files = { 'data/a.jsonl': member('1') }
const PUT = { method: 'PUT', path: '/**/files/**' } as const

it.runIf(process.platform === 'linux')('a pipe among the files is refused, and not waited for', async () => {
  await using platform = await localPlatform()
  const prepare = async (workspace: string) => void execFileSync('mkfifo', [join(workspace, 'data/pipe.jsonl')])
  const run = await platform.publish({ files, prepare })
  expect([run.exitCode, await platform.emulator.batches()]).toEqual([1, []])
  expect(run.log).toMatch(/^::error::Cannot use "data\/pipe\.jsonl": it is not a regular file/m)
})

it('a workspace that is set to nothing is the current folder, never the root of the machine', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({ files, inputs: { glob: '**/*.jsonl' }, env: { GITHUB_WORKSPACE: '' } })
  expect([run.exitCode, run.outputs['file-count']], run.log).toEqual([0, '1'])
})

it('a compressed file is refused by its name, also where the format is to be found out', async () => {
  await using platform = await localPlatform()
  const run = await platform.publish({ files: { 'data/a.jsonl.gz': 'x' }, inputs: { glob: 'data/*' } })
  expect(run.outputs).toMatchObject({ outcome: 'invalid' })
  expect(run.log).toContain('is compressed, according to its extension .gz')
})

it('an ABORT whose answer was lost counts as the abort that it was', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add(
    { ...PUT, effect: { kind: 'answer', status: 403 }, times: 0 },
    { method: 'POST', path: '/**/batches/*?action=ABORT', effect: { kind: 'reset', when: 'after' } },
  )
  const run = await platform.publish({ files })
  expect((await platform.batch()).stage).toBe('aborted')
  expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'aborted' })
  expect(run.log).not.toContain('could not be aborted')
})

it('a batch that is given up for pieces is aborted once', async () => {
  await using platform = await localPlatform()
  platform.emulator.faults.add({ ...PUT, effect: { kind: 'answer', status: 504 }, times: 2 })
  const large = member('1', { attributes: { note: 'x'.repeat(9 << 20) } })
  const run = await platform.publish({ files: { 'data/a.jsonl': large } })
  expect(run.outputs, run.log).toMatchObject({ outcome: 'published' })
  expect(platform.requests('POST', /action=ABORT/)).toHaveLength(1)
  expect(run.log).not.toMatch(/^::warning::/m)
})

it.runIf(process.platform === 'linux')('a cancel while files are read does not wait for their end', async () => {
  await using platform = await localPlatform()
  const prepare = async (workspace: string) => {
    await using file = await open(join(workspace, 'data/large.jsonl'), 'w')
    await file.write(member('1'))
    // Sparse: it takes no disk, and minutes to be read.
    await file.truncate(90 * 1e9)
  }
  let cancelledAt = Infinity
  const onLine = {
    match: /^Dataset /m,
    act: async (child: ChildProcess) => {
      await waitUntil(() => readBytes(child) > 300e6)
      cancelledAt = performance.now()
      child.kill('SIGINT')
    },
  }
  const run = await platform.publish({ files, prepare, onLine })
  expect(performance.now() - cancelledAt).toBeLessThan(30_000)
  expect(run.outputs).toMatchObject({ outcome: 'cancelled' })
})

/** How many bytes the process has read so far, as Linux tells it. */
function readBytes({ pid }: ChildProcess): number {
  return Number(/^rchar: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
}
