import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { link, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../emulator/faults/faults.ts'
import { localPlatform, type LocalPlatform } from '../support/emulator/local-platform.ts'
import { writeLargeParquet } from '../support/parquet/parquet.ts'
import { datasets } from '../support/runs/platform-inputs.ts'

const MIB = 1 << 20

let folder = ''
let source = { path: '', size: 0, sha256: '' }
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'large-'))
  const path = join(folder, 'large.parquet')
  await writeLargeParquet(path, 10, 30_000_000)
  source = { path, size: (await stat(path)).size, sha256: await hashOf(path) }
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a file of 300 MB', () => {
  it('goes by pieces, one after the other, and arrives as it was', async () => {
    await using platform = await localPlatform()
    const file = await publishLarge(platform)
    expect(file).toMatchObject({ name: 'large.parquet', how: 'pieces', finished: true, size: source.size })
    // A slow line gets smaller pieces, so only their limit and their seams are known.
    const ends = file.ranges.map(({ end }) => end + 1)
    expect(file.ranges.map(({ start }) => start)).toEqual([0, ...ends.slice(0, -1)])
    expect(ends.at(-1)).toBe(source.size)
    expect(Math.max(...file.ranges.map(({ start, end }) => end + 1 - start))).toBeLessThanOrEqual(64 * MIB)
    expect(callsOf(platform)).toEqual(['INITIALIZE', ...file.ranges.map(() => 'PATCH'), 'HEAD', 'COMPLETE'])
  })

  it('arrives as it was though each kind of request breaks once', async () => {
    await using platform = await localPlatform()
    const effect = { kind: 'reset', when: 'before' } as const
    const faults: readonly Fault[] = [
      { path: '/**?action=INITIALIZE', effect: { kind: 'reset', when: 'after' } },
      { method: 'PATCH', skip: 1, effect },
      { path: '/**/files/**?action=COMPLETE', effect: { kind: 'reset', when: 'after' } },
    ]
    platform.emulator.faults.add(...faults)
    await publishLarge(platform)
    const calls = callsOf(platform)
    const counted = ['INITIALIZE', 'COMPLETE'].map((wanted) => calls.filter((call) => call === wanted).length)
    expect(counted).toEqual([2, 2])
    expect(platform.emulator.requests().filter(({ outcome }) => outcome === 'reset')).toHaveLength(3)
  })
})

async function publishLarge(platform: LocalPlatform) {
  const run = await platform.publish({
    inputs: { dataset: datasets.products, glob: '*.parquet' },
    prepare: (workspace) => link(source.path, join(workspace, 'large.parquet')),
  })
  expect(run.exitCode, run.log).toBe(0)
  expect(run.outputs).toMatchObject({
    outcome: 'published',
    'records-written': '10',
    'byte-count': String(source.size),
  })
  const { id, files } = await platform.batch()
  const received = await platform.emulator.file(id, 'large.parquet')
  expect(
    createHash('sha256')
      .update(received ?? '')
      .digest('hex'),
  ).toBe(source.sha256)
  const [file] = files
  if (file === undefined) throw new Error('The batch has no file')
  return file
}

/** The calls for the file: the action of a POST, or the method. */
function callsOf(platform: LocalPlatform): readonly string[] {
  const calls = platform.emulator.requests().filter(({ target }) => target.includes('/files/'))
  return calls.map(({ method, target }) => /\?action=(?<action>\w+)$/.exec(target)?.groups?.['action'] ?? method)
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 4 * MIB }), hash)
  return hash.digest('hex')
}
