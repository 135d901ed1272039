import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Content } from '../../../../src/lib/content.ts'
import { LineCounter } from '../../../../src/formats/json/shape.ts'
import { inPieces } from '../../in-pieces.ts'

async function countLines(content: Content): Promise<LineCounter> {
  const lines = new LineCounter()
  for await (const chunk of content.bytes()) lines.write(chunk)
  return lines
}

it('counts what a naive reader counts', async () => {
  const line = fc.constantFrom('', ' ', '\t\r', '{}', '{"a":1}\r', '  {"b":"ü"}', 'x', '[1]')
  const pieces = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.array(line), pieces, async (lines, sizes) => {
      const rows = lines.filter((one) => one.trim() !== '')
      const { rows: counted } = await countLines(inPieces(Buffer.from(lines.join('\n')), sizes))
      expect(counted).toBe(rows.length)
    }),
  )
})
