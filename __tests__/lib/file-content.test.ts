import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFile, mkdtemp, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileStateOf } from '../../src/github/file.ts'
import type { Content } from '../../src/lib/content.ts'
import { Problem } from '../../src/lib/errors.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { caught } from '../support/caught.ts'
import { settled } from '../support/time/fake-clock.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'content-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(name: string, bytes: Uint8Array): Promise<{ readonly path: string; readonly content: Content }> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return { path, content: await found(path) }
}

async function found(path: string): Promise<Content> {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  return fileContent({ path, size, modifiedMs })
}

/** Chunks are copied, since they are valid only until the next one is asked for. */
async function readAll(content: Content): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content.bytes()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

function noise(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  for (let i = 0, x = 1; i < size; i++) bytes[i] = (x = (x * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16
  return bytes
}

describe('the content of a file', () => {
  const bytes = noise(5 * 2 ** 20 + 321)

  it('is the same however often it is read, also by several at once', async () => {
    const { content } = await fileOf('again.bin', bytes)
    const reads = await Promise.all([readAll(content), readAll(content), readAll(content)])
    for (const read of reads) expect(read.equals(bytes)).toBe(true)
  })

  it('fills a buffer from any place of it or of a slice, and is refused where the file has changed', async () => {
    const { path, content } = await fileOf('filled.bin', bytes)
    const into = new Uint8Array(2_000_000)
    content.fill?.(into, 1_234)
    expect(Buffer.compare(into, bytes.subarray(1_234, 2_001_234))).toBe(0)
    content.slice(99, 3_000_099).fill?.(into, 1)
    expect(Buffer.compare(into, bytes.subarray(100, 2_000_100))).toBe(0)
    await appendFile(path, 'x')
    expect(() => content.fill?.(into, 0)).toThrow(Problem)
  })

  it('is that of its slices put together, wherever it is cut', async () => {
    const { content } = await fileOf('cut.bin', bytes)
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(cuts, async (unsorted) => {
        const edges = [0, ...unsorted.toSorted((a, b) => a - b), bytes.length]
        const hash = createHash('sha256')
        for (const [i, start] of edges.slice(0, -1).entries()) {
          const slice = content.slice(start, edges[i + 1] ?? 0)
          for await (const chunk of slice.bytes()) hash.update(chunk)
        }
        expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
      }),
      { numRuns: 15 },
    )
  })

  it('slices a slice from the start of that slice', async () => {
    const { content } = await fileOf('nested.bin', bytes)
    const nested = content.slice(1000, 3_000_000).slice(500, 2_500_000)
    expect(nested.size).toBe(2_499_500)
    expect((await readAll(nested)).equals(bytes.subarray(1500, 2_501_000))).toBe(true)
  })

  it('is in each chunk until the next one is asked for, and in the last for good, while others read', async () => {
    const { content } = await fileOf('held.bin', bytes)
    const differing: number[] = []
    const readSlowly = async (start: number, turns: number) => {
      let position = start
      let last: Uint8Array = new Uint8Array()
      for await (const chunk of content.slice(start, bytes.length).bytes()) {
        for (let turn = 0; turn < turns; turn++) await settled()
        if (bytes.compare(chunk, 0, chunk.length, position, position + chunk.length) !== 0) differing.push(position)
        position += chunk.length
        last = chunk
      }
      return last
    }
    // More at once than have large buffers, and then those that get the buffers of others.
    const lasts: Uint8Array[] = []
    for (let round = 0; round < 3; round++)
      lasts.push(...(await Promise.all([1, 0, 3, 2, 0, 1].map((turns, index) => readSlowly(index * 100_000, turns)))))
    expect(differing).toEqual([])
    for (const last of lasts) expect(bytes.subarray(-last.length).equals(last)).toBe(true)
  })

  it('needs no new memory for each chunk of an upload', async () => {
    const { content } = await fileOf('reused.bin', bytes)
    const seen = new Set<ArrayBufferLike>()
    for (let round = 0; round < 20; round++)
      for await (const chunk of content.bytes()) if (chunk.length >= 1 << 20) seen.add(chunk.buffer)
    expect(seen.size).toBeLessThanOrEqual(3)
  })

  it('is nothing for an empty file', async () => {
    const { content } = await fileOf('empty.bin', Buffer.alloc(0))
    expect(content.size).toBe(0)
    expect(await readAll(content)).toHaveLength(0)
  })

  it('stays readable when a reader leaves in the middle', async () => {
    const { content } = await fileOf('left.bin', bytes)
    for await (const chunk of content.bytes()) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect((await readAll(content)).equals(bytes)).toBe(true)
  })
})

describe('a file that is not what it was when it was found', () => {
  const cases: readonly (readonly [string, (path: string) => Promise<void>])[] = [
    ['grew', (path) => appendFile(path, 'more')],
    ['shrank', (path) => truncate(path, 10)],
    ['was touched', (path) => utimes(path, 1, 1)],
  ]
  it.each(cases)('is refused when it %s', async (name, change) => {
    const { path, content } = await fileOf(`${name}.bin`, noise(1000))
    await change(path)
    const error = await caught(readAll(content))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ message: `${JSON.stringify(path)} changed while the action read it` })
  })

  it('is refused when it was rewritten with the same size and the same time', async () => {
    const path = join(folder, 'rewritten.bin')
    await writeFile(path, 'as it was')
    await utimes(path, 1_700_000_000, 1_700_000_000)
    const before = fileStateOf(path)
    const content = fileContent(before)
    expect((await readAll(content)).length).toBe(9)
    // The clock of a file system may be coarse.
    for (let tries = 0; tries < 5_000 && fileStateOf(path).changedMs === before.changedMs; tries++) {
      await writeFile(path, 'otherwise')
      await utimes(path, 1_700_000_000, 1_700_000_000)
    }
    expect(fileStateOf(path)).toMatchObject({ size: before.size, modifiedMs: before.modifiedMs })
    expect(await caught(readAll(content))).toMatchObject({
      message: expect.stringContaining('changed while the action'),
    })
  })

  it.runIf(process.platform === 'linux')('is not the fault where the system opens no more files', async () => {
    const { path } = await fileOf('many.bin', noise(10))
    const at = (file: string) => JSON.stringify(new URL(`../../src/${file}`, import.meta.url).href)
    const program = `
      const { openSync } = await import('node:fs')
      const { readAll } = await import(${at('lib/content.ts')})
      const { fileContent } = await import(${at('lib/file-content.ts')})
      const { fileStateOf } = await import(${at('github/file.ts')})
      const content = fileContent(fileStateOf(${JSON.stringify(path)}))
      try { for (;;) openSync(${JSON.stringify(path)}) } catch {}
      await readAll(content).catch((error) => console.log(error.message, error.remedy))
    `
    const limited = ['-c', 'ulimit -n 100 && exec "$0" --input-type=module -e "$1"', process.execPath, program]
    const said = execFileSync('sh', limited, { encoding: 'utf8' })
    expect(said).toMatch(/Cannot read ".*": too many open files.*ulimit -n/s)
  })

  it('is refused in a slice too, though the slice itself is as before', async () => {
    const { path, content } = await fileOf('slice.bin', noise(1000))
    await appendFile(path, 'more')
    expect(await caught(readAll(content.slice(0, 10)))).toBeInstanceOf(Problem)
  })

  it('is refused when it changes while it is read', async () => {
    const { path, content } = await fileOf('between.bin', noise(5 * 2 ** 20))
    const read = async () => {
      let chunks = 0
      for await (const chunk of content.bytes()) if (chunk.length > 0 && chunks++ === 0) await truncate(path, 2 ** 20)
    }
    expect(await caught(read())).toMatchObject({ name: 'Problem', message: expect.stringContaining('changed') })
  })

  it('is a problem with a remedy when it vanished', async () => {
    const { path, content } = await fileOf('gone.bin', noise(10))
    await rm(path)
    const error = await caught(readAll(content))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ message: `Cannot read ${JSON.stringify(path)}`, cause: { code: 'ENOENT' } })
  })

  it('is a problem, not a bare system error, when reading it fails', async () => {
    const error = await caught(readAll(await found(folder)))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ cause: { code: 'EISDIR' } })
  })
})
