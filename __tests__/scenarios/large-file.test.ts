import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { localPlatform } from '../support/local-platform.ts'
import { writeLargeParquet } from '../support/parquet.ts'
import { datasets } from '../support/platform-inputs.ts'

const MIB = 1 << 20

it('a file of 300 MB goes by pieces and arrives as it was', async () => {
  await using platform = await localPlatform()
  let source = { size: 0, sha256: '' }
  const run = await platform.publish({
    inputs: { dataset: datasets.products, glob: '*.parquet' },
    prepare: async (workspace) => {
      const path = join(workspace, 'large.parquet')
      await writeLargeParquet(path, 10, 30_000_000)
      source = { size: (await stat(path)).size, sha256: await hashOf(path) }
    },
  })
  expect(run.exitCode, run.log).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '10', 'byte-count': String(source.size) })

  const { id, files } = await platform.batch()
  const received = await platform.emulator.file(id, 'large.parquet')
  expect(createHash('sha256').update(received ?? '').digest('hex')).toBe(source.sha256)
  expect(files).toMatchObject([{ name: 'large.parquet', how: 'pieces', finished: true, size: source.size }])
  const ranges = [0, 1, 2, 3].map((piece) => ({ start: piece * 64 * MIB, end: (piece + 1) * 64 * MIB - 1 }))
  expect(files[0]?.ranges).toMatchObject([...ranges, { start: 256 * MIB, end: source.size - 1 }])
  const calls = platform.emulator.requests().filter(({ target }) => target.includes('/files/'))
  expect(calls.map(({ method, target }) => method + (/\?.*/.exec(target)?.[0] ?? ''))).toEqual([
    'POST?action=INITIALIZE',
    ...Array.from({ length: 5 }, () => 'PATCH'),
    'POST?action=COMPLETE',
  ])
})

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 4 * MIB }), hash)
  return hash.digest('hex')
}
