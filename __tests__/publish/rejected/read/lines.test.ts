import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLines } from '../../../../src/publish/rejected/read.ts'

/** One buffer for all chunks, as a reader of files has it. */
async function* reused(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  const chunk = Buffer.alloc(64)
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    const copied = bytes.copy(chunk, 0, at, at + size)
    yield chunk.subarray(0, copied)
    at += copied
  }
}

describe('the lines of a text', () => {
  it('are what stands between line feeds, however it comes', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 9 }), { maxLength: 8 }).map((all) => all.join('\n'))
    const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(text, sizes, async (whole, cuts) => {
        const found: string[] = []
        for await (const line of readLines(reused(whole, cuts))) found.push(line)
        const expected = whole.split('\n')
        expect(found).toEqual(expected.at(-1) === '' ? expected.slice(0, -1) : expected)
      }),
    )
  })
})
