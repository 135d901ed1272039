import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { joinedContent } from '../../../src/lib/content.ts'
import { readAll } from '../../../src/lib/content.ts'
import { inChunks } from '../../formats/in-chunks.ts'

const parts = fc.array(
  fc.oneof(fc.uint8Array({ maxLength: 9 }), fc.constantFrom(new Uint8Array(1 << 18).fill(7), new Uint8Array(300_000))),
  { maxLength: 8 },
)

it('holds the bytes of its parts, as a whole and in every slice, however often it is read', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.nat(), fc.nat(), async (all, one, other) => {
      const whole = Buffer.concat(all)
      const content = joinedContent(
        all.map((part, index) => (index % 2 ? bytesContent(part) : inChunks(part, [5_000]))),
      )
      expect(content.size).toBe(whole.length)
      const [start = 0, end = 0] = [one, other].map((at) => at % (whole.length + 1)).toSorted((a, b) => a - b)
      const slice = content.slice(start, end)
      expect(slice.size).toBe(end - start)
      expect(Buffer.compare(await readAll(slice), whole.subarray(start, end))).toBe(0)
      for (let time = 0; time < 2; time++) expect(Buffer.compare(await readAll(content), whole)).toBe(0)
    }),
    { numRuns: 60 },
  )
})

it('gathers many small parts in few chunks', async () => {
  let chunks = 0
  const small = Array.from({ length: 10_000 }, () => bytesContent(Buffer.from('{"a":1}\n')))
  for await (const chunk of joinedContent(small).bytes()) chunks += Math.sign(chunk.length)
  expect(chunks).toBe(1)
})
