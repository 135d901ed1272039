import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Content } from '../../../src/lib/content.ts'
import type { IngestSettings } from '../../../src/files/plan.ts'
import { plan } from '../../../src/files/plan.ts'
import { MOST_BYTES, MOST_BYTES_WHOLE, MOST_FILES } from '../../../src/platform/batches.ts'
import type { CheckedFile } from '../../../src/files/read.ts'
import { checkedFile } from '../../support/checked-file.ts'

const READING: IngestSettings = { dataset: 'd', sandbox: 'dev', format: 'json', upsert: false, options: {} }

/** Of any size, since nobody reads it. */
function unread(size: number): Content {
  const bytes = () => {
    throw new Error('A plan reads nothing')
  }
  return { size, slice: (start, end) => unread(end - start), bytes }
}

function file(name: string, size: number, rows: number | undefined = 1): CheckedFile {
  const content = unread(size)
  return checkedFile(name, content, { rows })
}

const sizes = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: MOST_BYTES }), fc.constant(MOST_BYTES)),
  { minLength: 1, maxLength: 60 },
)

describe('a plan', () => {
  it('loses no file, repeats none, and keeps their order', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        const files = all.map((size, index) => file(`f${index}`, size))
        const sent = plan(files, READING).flatMap(({ transfers }) => transfers.map(({ remoteName }) => remoteName))
        expect(sent).toEqual(files.map(({ name }) => name))
      }),
    )
  })

  it('keeps to the limit of bytes in every batch, and needs as few as that allows', () => {
    fc.assert(
      fc.property(sizes, (all) => {
        const plans = plan(
          all.map((size, index) => file(`f${index}`, size)),
          READING,
        )
        for (const { bytes } of plans) expect(bytes).toBeLessThanOrEqual(MOST_BYTES)
        for (const [index, { bytes }] of plans.slice(0, -1).entries())
          expect(bytes + (plans[index + 1]?.transfers[0]?.content.size ?? 0)).toBeGreaterThan(MOST_BYTES)
        expect(plans.map(({ part }) => part)).toEqual(plans.map((_, i) => ({ number: i + 1, of: plans.length })))
      }),
    )
  })

  it('keeps to the limit of files in every batch', () => {
    const files = Array.from({ length: 2 * MOST_FILES + 1 }, (_, index) => file(`f${index}`, 1))
    expect(plan(files, READING).map(({ transfers }) => transfers.length)).toEqual([MOST_FILES, MOST_FILES, 1])
  })

  it('counts rows where all are counted', () => {
    expect(plan([file('a', 1, 2), file('b', 1, 3)], READING)[0]?.rows).toBe(5)
    const uncounted = { ...file('b', 1), rows: undefined }
    expect(plan([file('a', 1, 2), uncounted], READING)[0]?.rows).toBeUndefined()
  })

  it('sends a file whole up to the limit of the gateway, and in chunks above', () => {
    const files = [file('a', MOST_BYTES_WHOLE), file('b', MOST_BYTES_WHOLE + 1)]
    expect(plan(files, READING)[0]?.transfers.map(({ how }) => how)).toEqual(['whole', 'chunked'])
  })
})
