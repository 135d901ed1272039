import fc from 'fast-check'
import { expect, it } from 'vitest'
import { skipPlain } from '../../../../src/formats/json/compactor.ts'

it('stops at the first byte that is not plain, wherever it stands, and skips none', () => {
  const plain = fc
    .uint8Array({ maxLength: 60, size: 'max' })
    .map((bytes) => bytes.map((byte) => (isPlain(byte) ? byte : 0x61)))
  fc.assert(
    fc.property(plain, fc.constantFrom(0x22, 0x5c, 0x00, 0x0a, 0x1f), plain, (before, stop, after) => {
      const chunk = Uint8Array.from([...before, stop, ...after])
      let at = 0
      for (at = skipPlain(chunk, new DataView(chunk.buffer), 0); isPlain(chunk[at] ?? 0); at++);
      expect(at).toBe(before.length)
    }),
    { numRuns: 1_000 },
  )
})

function isPlain(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x22 && byte !== 0x5c
}
