import { expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { member } from '../support/platform-inputs.ts'

const text = (tags: unknown) => JSON.stringify(tags)

it('more files than a batch takes become two parts of one publish', async () => {
  await using platform = await localPlatform()
  // In partition directories, since JSON files in none may travel packed together.
  const paths = Array.from(
    { length: 1_501 },
    (_, index) => `data/day=${index % 7}/${String(index).padStart(4, '0')}.jsonl`,
  )
  const files = Object.fromEntries(paths.map((path, index) => [path, member(String(index))]))
  const run = await platform.publish({ files, inputs: { glob: 'data/**/*.jsonl', concurrency: '16' } })
  expect(run.exitCode, run.log).toBe(0)

  const batches = await platform.emulator.batches()
  const [one, two, ...more] = batches
  expect(more).toEqual([])
  expect([one?.files.length, two?.files.length]).toEqual([1_500, 1])
  expect(two?.files[0]?.name).toBe(paths.toSorted().at(-1))
  expect([one, two].map((batch) => batch?.tags['gh_part'])).toEqual([['1/2'], ['2/2']])
  expect(text(one?.tags['gh_publish'])).toBe(text(two?.tags['gh_publish']))
  expect(text(one?.tags['gh_files'])).toBe(text(two?.tags['gh_files']))
  expect(text(one?.tags['gh_fingerprint'])).not.toBe(text(two?.tags['gh_fingerprint']))
  expect(one?.externalId).not.toBe(two?.externalId)
  expect(run.outputs).toMatchObject({
    outcome: 'published',
    status: 'success',
    'batch-id': one?.id,
    'batch-ids': JSON.stringify([one?.id, two?.id]),
    'file-count': '1501',
    'records-written': '1501',
  })
  const actions = platform.requests('POST', /action=COMPLETE/).map(({ sequence }) => sequence)
  const lastPut = platform.requests('PUT', /./).at(-1)?.sequence ?? Infinity
  expect(Math.min(...actions)).toBeGreaterThan(lastPut)
})

it('a part that cannot be sent takes all parts back', async () => {
  await using platform = await localPlatform()
  const paths = Array.from({ length: 1_501 }, (_, index) => `data/day=1/${String(index).padStart(4, '0')}.jsonl`)
  const files = Object.fromEntries(paths.map((path, index) => [path, member(String(index))]))
  platform.emulator.faults.add({
    method: 'PUT',
    path: '/**/1500.jsonl',
    times: 0,
    effect: { kind: 'answer', status: 403 },
  })
  const run = await platform.publish({ files, inputs: { glob: 'data/**/*.jsonl', concurrency: '16' } })
  expect(run.exitCode).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'aborted' })
  expect((await platform.emulator.batches()).map(({ stage }) => stage)).toEqual(['aborted', 'aborted'])
})
