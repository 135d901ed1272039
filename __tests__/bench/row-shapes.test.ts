import { expect, it } from 'vitest'
import { checkRecords } from '../../src/formats/check.ts'
import { drawFrom } from './profile-rows.ts'
import { ROW_SHAPES, checkOfShape, requireInOrder } from './row-shapes.ts'

const ROWS = 200

// The short run of the benchmarks measures a few of these files only.
it.each(ROW_SHAPES.map((shape) => [shape.name, shape] as const))(
  'rows of the benchmark are in order: %s',
  async (_, shape) => {
    const draw = drawFrom(1)
    const text = Array.from({ length: ROWS }, () => `${shape.row(draw)}\n`).join('')
    const bytes = new Uint8Array(Buffer.from(text))
    const found = await checkRecords({ format: 'json', bytes, layout: { unit: 'lines' } }, checkOfShape(shape))
    requireInOrder(found)
    expect(found.rows).toBe(ROWS)
  },
)
