import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Content } from '../../../../src/lib/content.ts'
import { LineCounter } from '../../../../src/formats/json/shape.ts'
import { inPieces, text } from '../../in-pieces.ts'

async function counted(content: Content): Promise<LineCounter> {
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
      const odd = lines.findIndex((one) => one.trim() !== '' && !one.trim().startsWith('{'))
      const summary = await counted(inPieces(Buffer.from(lines.join('\n')), sizes))
      expect(summary.rows).toBe(rows.length)
      expect(summary.odd?.place.line).toBe(odd === -1 ? undefined : odd + 1)
    }),
  )
})

it('points to the first line that is no object', async () => {
  expect((await counted(text('{}\n\n  "name"\n[]\n'))).odd).toEqual({
    row: 2,
    place: { line: 3, column: 3, offset: 6 },
    found: 'text',
  })
})
