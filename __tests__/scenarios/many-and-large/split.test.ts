import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { compareBytes } from '../../../src/lib/text.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { rejectedIn } from '../../support/check/validated.ts'

/** Above 256,000,000 bytes with few rows: the platform of the tests reads each of them. */
const ROWS = 26_000
const LONG = 'x'.repeat(10_000)

async function writeLarge(path: string, rowOf: (index: number) => string): Promise<void> {
  const rows = Readable.from(
    (function* () {
      for (let index = 0; index < ROWS; index++) yield rowOf(index)
    })(),
  )
  await pipeline(rows, createWriteStream(path))
}

it('a JSON file above 256 MB is cut between records and sent side by side; a rejected row is found in it', async () => {
  await using platform = await localPlatform()
  const bad = 20_000
  const rowOf = (index: number) =>
    member(String(index), { name: `${LONG}${index}`, ...(index === bad && { tier: 'iron' }) })
  const run = await platform.publish({
    prepare: (workspace) => writeLarge(join(workspace, 'large.jsonl'), rowOf),
    inputs: { glob: '*.jsonl', 'large-files': 'split', 'error-threshold': '5', validation: 'off' },
  })
  expect(run.outputs['outcome'], run.log).toBe('partially-published')
  const { files } = await platform.batch()
  expect(files.map(({ name, how }) => `${name} ${how}`).toSorted(compareBytes)).toEqual(
    [1, 2, 3].map((part) => `large-part-0000${part}.jsonl whole`),
  )
  for (const { size } of files) expect(size).toBeLessThanOrEqual(128_000_000)
  expect(run.outputs).toMatchObject({ 'records-read': String(ROWS), 'records-failed': '1', 'file-count': '1' })
  expect(rejectedIn(run)[0]?.rows.map(({ found }) => found)).toEqual([
    expect.objectContaining({ file: 'large.jsonl', place: expect.objectContaining({ line: bad + 1 }) as object }),
  ])
})
