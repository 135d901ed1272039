import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { fileStorage } from '../../emulator/uploads/file-storage.ts'
import { memoryStorage } from '../../emulator/uploads/storage.ts'

const directory = mkdtempSync(join(tmpdir(), 'emulator-storage-'))
afterAll(() => rmSync(directory, { recursive: true }))

for (const [kind, storage] of [
  ['memory', memoryStorage()],
  ['files', fileStorage(directory)],
] as const) {
  describe(`storage in ${kind}`, () => {
    it('reads back what was written at any positions, the latest last', async () => {
      const write = fc.record({ position: fc.nat(300), content: fc.uint8Array({ minLength: 1, maxLength: 200 }) })
      await fc.assert(
        fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 8 }), fc.nat(500), async (writes, start) => {
          const stored = await storage.create()
          const expected = Buffer.alloc(Math.max(...writes.map(({ position, content }) => position + content.length)))
          for (const { position, content } of writes) {
            expect(await stored.write(position, halves(content))).toBe(content.length)
            expected.set(content, position)
          }
          const from = Math.min(start, expected.length)
          expect(Buffer.from(await stored.read(from, expected.length))).toEqual(expected.subarray(from))
          await stored.remove()
        }),
        { numRuns: 50 },
      )
    })

    it('keeps large bodies in order, however their chunks are cut', async () => {
      const stored = await storage.create()
      const all = Buffer.from(Uint32Array.from({ length: 1 << 20 }, (_, index) => index).buffer)
      expect(await stored.write(0, pieces(all, 300_001))).toBe(all.length)
      expect(Buffer.from(await stored.read(0, all.length)).equals(all)).toBe(true)
      await stored.remove()
    })

    it('passes a body that breaks off on to the writer', async () => {
      const stored = await storage.create()
      await expect(stored.write(0, broken())).rejects.toThrow('broke off')
      await stored.remove()
    })
  })
}

it('removed files leave nothing behind', () => expect(readdirSync(directory)).toEqual([]))

async function* halves(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, content.length >> 1)
  yield content.subarray(content.length >> 1)
}

async function* pieces(all: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < all.length; start += length) yield all.subarray(start, start + length)
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(2 << 20)
  throw new Error('broke off')
}
