import { expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { jobMatrix, runShard, type JobMatrix } from '../../support/runs/workflow-step.ts'
import { signalOn } from '../../support/emulator/on-request.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { filesOf, idOf, namesOf } from '../../support/files/shard-files.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8]
const NAMES = EIGHT.flatMap((number) => namesOf(number, 8, number))
const MATRIX: JobMatrix = { of: 8, files: filesOf(NAMES), inputs: { 'replay-predecessors': 'previous' } }

const outcomes = (jobs: readonly ActionResult[]) => jobs.map(({ outputs }) => outputs['outcome'])
const logs = (jobs: readonly ActionResult[]) => jobs.map(({ log }) => log).join('\n')

/** Every row once, and no other. */
async function expectExactly(platform: LocalPlatform, names: readonly string[]): Promise<void> {
  expect(await activeMembers(platform)).toEqual(names.map(idOf).toSorted())
}

it('eight jobs at once publish every file once, and one that is run again adds nothing', async () => {
  await using platform = await localPlatform()
  const jobs = await jobMatrix(platform, MATRIX)
  expect(outcomes(jobs), logs(jobs)).toEqual(EIGHT.map(() => 'published'))
  expect(jobs.map(({ outputs }) => Number(outputs['file-count']))).toEqual(EIGHT)
  expect(jobs[1]?.log).toContain('Shard 2 of 8: 2 of 36 files')
  await expectExactly(platform, NAMES)
  const again = await runShard(platform, '3/8', { ...MATRIX, attempt: 2 })
  expect(outcomes([again]), again.log).toEqual(['skipped'])
  expect(again.outputs['batch-id']).toBe(jobs[2]?.outputs['batch-id'])
  await expectExactly(platform, NAMES)
})

it('a job that is killed, with its runner, is run again alone, and nothing is missing or doubled', async () => {
  await using platform = await localPlatform()
  const killed = { onLine: signalOn('SIGKILL', /^Created batch /m) }
  // It can't be done before it is killed.
  const [name = ''] = namesOf(5, 8)
  platform.emulator.faults.add({ method: 'PUT', path: `/**/files/${name}`, effect: { kind: 'latency', ms: Infinity } })
  const jobs = await jobMatrix(platform, { ...MATRIX, onJob: { 5: killed } })
  expect(outcomes(jobs), logs(jobs)).toEqual(EIGHT.map((number) => (number === 5 ? undefined : 'published')))
  await expectExactly(
    platform,
    EIGHT.filter((number) => number !== 5).flatMap((number) => namesOf(number, 8, number)),
  )
  // The job may have been killed before its upload began.
  platform.emulator.faults.clear()
  const again = await runShard(platform, '5/8', { ...MATRIX, attempt: 2 })
  expect(outcomes([again]), again.log).toEqual(['published'])
  expect(again.log).toContain('which an earlier attempt of this run left open')
  await expectExactly(platform, NAMES)
  expect((await stages(platform)).toSorted()).toEqual(['aborted', ...EIGHT.map(() => 'success')])
})

it('"previous" replaces shard by shard, and skips those that are what they were', async () => {
  await using platform = await localPlatform({ staleReads: 0 })
  const [gone = '', ...left] = namesOf(8, 8, 8)
  await jobMatrix(platform, MATRIX)
  const files = filesOf(NAMES.filter((name) => name !== gone))
  const jobs = await jobMatrix(platform, { ...MATRIX, files, run: 1002 })
  expect(outcomes(jobs), logs(jobs)).toEqual(EIGHT.map((number) => (number === 8 ? 'published' : 'skipped')))
  expect(jobs[7]?.outputs['file-count']).toBe(String(left.length))
  await expectExactly(platform, Object.keys(files))
})
