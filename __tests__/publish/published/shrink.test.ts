import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Counts } from '../../../src/platform/records.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { decide } from '../../../src/publish/published/decide.ts'
import { findShrink } from '../../../src/publish/published/shrink.ts'
import { NOTHING, PREVIOUS, SUPERSEDED, THIS_RUN, decided } from '../../support/publish/decided.ts'
import { publishedBatch, named, desiredPublish, type PublishedOptions, situation } from '../../support/publish/held.ts'

const UNKNOWN: Counts = { read: undefined, written: undefined, failed: undefined }

/** An active batch of other content, with so many rows. */
function withRows(
  written: number | undefined,
  { id = 'C', ...more }: PublishedOptions & { readonly id?: string } = {},
): PublishedBatch {
  const one = publishedBatch(id, more)
  return { ...one, record: { ...one.record, counts: { ...UNKNOWN, written } } }
}

/** Whether content of `rows` may take the place of `before` rows. */
function allows(rows: number, before: number, maxShrinkPercent: number): boolean {
  return findShrink(desiredPublish({ survivors: rows, maxShrinkPercent }), [withRows(before)]) === undefined
}

describe('content that would replace other content', () => {
  it.each([
    [50, 100, 50, false],
    [49, 100, 50, false],
    [51, 100, 50, true],
    [500_001, 1_000_000, 50, true],
    [500_000, 1_000_000, 50, false],
    [99, 100, 0, false],
    [100, 100, 0, true],
    [101, 100, 0, true],
    [1, 1_000_000, 100, true],
    [0, 7, 100, true],
    [7, 8, 12.5, false],
    [7, 8, 12.6, true],
    [875, 1_000, 12.5, false],
    [876, 1_000, 12.5, true],
    [2, 3, 33.3, false],
    [2, 3, 33.4, true],
    [1, 2, 49.9, false],
    [1_000_000, 1, 0, true],
  ])('with %i rows in the place of %i may lose %f per cent: %s', (rows, before, percent, isAllowed) => {
    expect(allows(rows, before, percent)).toBe(isAllowed)
  })

  it('may not lose just the limit, whatever binary fractions make of it', () => {
    // (100 - 93) / 100 * 100 is 7.000000000000001, and (100 - 71) / 100 * 100 is 28.999999999999996.
    const allowed = Array.from({ length: 99 }, (_, index) => index + 1).filter((percent) =>
      allows(100 - percent, 100, percent),
    )
    expect(allowed).toEqual([])
  })

  it('is refused exactly when it loses the limit or more', () => {
    const numbers = fc.record({
      rows: fc.integer({ min: 1, max: 100_000 }),
      before: fc.integer({ min: 1, max: 100_000 }),
      tenths: fc.nat({ max: 999 }),
    })
    fc.assert(
      fc.property(numbers, ({ rows, before, tenths }) => {
        expect(allows(rows, before, tenths / 10)).toBe(rows >= before || (before - rows) * 1_000 < tenths * before)
      }),
      { numRuns: 2_000, examples: [[{ rows: 93, before: 100, tenths: 70 }]] },
    )
  })

  it('is refused by a lower limit wherever a higher one refuses it, and by fewer rows wherever more are refused', () => {
    const percent = fc.nat({ max: 200 }).map((halves) => halves / 2)
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), percent, percent, (rows, before, one, other) => {
        if (!allows(rows, before, Math.max(one, other))) expect(allows(rows, before, Math.min(one, other))).toBe(false)
        if (!allows(rows + 1, before, one)) expect(allows(rows, before, one)).toBe(false)
      }),
    )
  })
})

describe('what is said of content that has shrunk too much', () => {
  const said = (rows: number, before: number, maxShrinkPercent: number) =>
    findShrink(desiredPublish({ survivors: rows, maxShrinkPercent }), [withRows(before)])?.message ?? ''

  it('has both numbers, the percentage, the batch and the limit, and the remedy names the input', () => {
    expect(findShrink(desiredPublish({ survivors: 1_200, maxShrinkPercent: 50 }), [withRows(10_000)])).toEqual({
      message: expect.stringMatching(
        /1,?200 rows, 88 % fewer than the 10,?000 rows .*\(C\).*"max-shrink-percent" stops at 50 %$/,
      ),
      remedy: expect.stringContaining('"max-shrink-percent"'),
    })
  })

  it.each([
    [45, 100, 50, '55 %'],
    [44, 100, 50, '56 %'],
    [1, 3, 50, '66.7 %'],
    [499_999, 1_000_000, 50, '50.1 %'],
  ])('of %i rows in the place of %i under %i is %s', (rows, before, limit, percent) => {
    expect(said(rows, before, limit)).toContain(`, ${percent} fewer`)
  })

  it('never shows a percentage below the limit, nor one that is a tenth too high', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), fc.nat(99), (rows, before, limit) => {
        const shown = Number(/([\d.]+) % fewer/.exec(said(rows, before, limit))?.[1] ?? NaN)
        if (Number.isNaN(shown)) return
        expect(shown).toBeGreaterThanOrEqual(limit)
        expect(shown - ((before - rows) / before) * 100).toBeLessThan(0.1 - 1e-9)
      }),
      { examples: [[45, 100, 50]] },
    )
  })

  it('counts the rows of all batches that would be replaced, and names each once', () => {
    const part = (number: number) => ({ provenance: { part: { number, of: 2 } } })
    const parts = [withRows(60, { id: 'C', ...part(1) }), withRows(40, { id: 'D', ...part(2) })]
    expect(findShrink(desiredPublish({ survivors: 10 }), parts)?.message).toMatch(
      /90 % fewer than the 100 rows .*\(C, D\)/,
    )
  })
})

describe('rows that were sent before', () => {
  const sent = (rows: number | undefined, bytes: number | undefined, more: PublishedOptions = {}) =>
    publishedBatch('C', { ...more, provenance: { rows, bytes, ...more.provenance } })

  it('are read in the tags of their batch, whatever the platform counted, as it counts no rows of CSV', () => {
    expect(findShrink(desiredPublish({ survivors: 40 }), [sent(100, 900)])?.message).toMatch(
      /60 % fewer than the 100 rows/,
    )
    const counted = sent(100, 900)
    const fewer = { ...counted, record: { ...counted.record, counts: { ...UNKNOWN, written: 10 } } }
    expect(findShrink(desiredPublish({ survivors: 40 }), [fewer])).toBeDefined()
  })

  it('that stand there twice count once', () => {
    const twins = [sent(100, 900), publishedBatch('D', { provenance: { rows: 100, bytes: 900 } })]
    expect(findShrink(desiredPublish({ survivors: 60 }), twins)).toBeUndefined()
    expect(findShrink(desiredPublish({ survivors: 50 }), twins)).toBeDefined()
  })

  it('and rows now that nobody counted leave the bytes to compare', () => {
    const unknown = { survivors: undefined, bytes: 449 }
    expect(findShrink(desiredPublish(unknown), [sent(100, 900)])?.message).toMatch(
      /the new data has 449 bytes, 50.2 % less than the 900 bytes/,
    )
    expect(findShrink(desiredPublish({ ...unknown, bytes: 451 }), [sent(100, 900)])).toBeUndefined()
  })

  it('by a version without those tags have the bytes that the platform counted', () => {
    const older = sent(undefined, undefined)
    const counted = { ...older, record: { ...older.record, inputBytes: 900 } }
    expect(findShrink(desiredPublish({ survivors: 7, bytes: 100 }), [counted])?.message).toContain('than the 900 bytes')
  })

  it('and of which nothing is known are warned of, unless the guard is switched off', () => {
    const asked = { survivors: 7, bytes: 100 }
    const warnings = (more: Partial<DesiredPublish>) => {
      const decision = decide(...situation([sent(undefined, undefined)], PREVIOUS, { ...asked, ...more }))
      return decision.kind === 'refuse' ? decision.message : decision.warnings.join()
    }
    expect(warnings({})).toBe(
      '"max-shrink-percent" was not applied: neither the rows nor the bytes of C, which is replaced, are known',
    )
    expect(warnings({ maxShrinkPercent: 100 })).toBe('')
    expect(decided([sent(undefined, undefined)], PREVIOUS, asked)).toBe('send new#1 replacing C !')
  })
})

describe('content of which no row is expected to be accepted', () => {
  const none = { survivors: 0, maxShrinkPercent: 100 }

  it.each([
    ['`previous`', PREVIOUS, publishedBatch('C')],
    ['ids', { kind: 'ids', named: [named('C')] } as const, publishedBatch('C')],
    ['an earlier attempt', NOTHING, SUPERSEDED],
  ])('never takes the place of anything, not with 100 either: %s', (_, asked, batch) => {
    expect(decided([batch], asked, none)).toMatch(
      /^refuse: the platform is expected to reject every row of the new data/,
    )
  })

  it('is sent where it replaces nothing', () => {
    expect(decided([], NOTHING, none)).toBe('send new#1')
  })
})

describe('numbers that nobody knows', () => {
  it('of what was written are taken from what was read', () => {
    const read = withRows(undefined)
    const counted = { ...read, record: { ...read.record, counts: { ...UNKNOWN, read: 10 } } }
    expect(findShrink(desiredPublish({ survivors: 1 }), [counted])).toBeDefined()
  })

  it('are no numbers of an empty batch, and of none at all', () => {
    expect(findShrink(desiredPublish({ survivors: 1, maxShrinkPercent: 0 }), [withRows(0)])).toBeUndefined()
    expect(findShrink(desiredPublish({ survivors: 1, maxShrinkPercent: 0 }), [])).toBeUndefined()
  })
})

describe('the third guard', () => {
  const few = { survivors: 1 }
  const own: PublishedBatch = { ...withRows(100, { provenance: THIS_RUN }), isOwnStep: true }

  it('stops `previous`, whatever of this publication it would replace', () => {
    expect(decided([withRows(100)], PREVIOUS, few)).toMatch(/^refuse: the new data has 1 row, 99 % fewer/)
    expect(decided([own], PREVIOUS, few)).toMatch(/^refuse: the new data has 1 row/)
  })

  it('stops neither ids nor what replaces only what this run published before', () => {
    const asked = { kind: 'ids', named: [named('C')] } as const
    expect(decided([withRows(100)], asked, few)).toBe('send new#1 replacing C')
    expect(decided([own], NOTHING, few)).toBe('send new#1 replacing C')
  })

  it('says nothing of parts of this very content, of which the rest is missing', () => {
    const part = withRows(100, { id: 'P', provenance: { publishFingerprint: 'new', part: { number: 1, of: 2 } } })
    expect(decided([part], PREVIOUS, few)).toBe('send new#1 replacing P')
    expect(decided([withRows(100, { id: 'W', provenance: { publishFingerprint: 'new' } })], PREVIOUS, few)).toBe(
      'skip W',
    )
  })

  it('comes after the second guard: what a later run published is not replaced however large the content is', () => {
    const later = withRows(100, { provenance: { runId: 1_002 } })
    expect(decided([later], PREVIOUS, { survivors: 1_000 })).toMatch(/^refuse: a later run/)
    expect(decided([later], PREVIOUS, few)).toMatch(/^refuse: a later run/)
  })

  it('does not concern other publications, nor what is no longer active', () => {
    const orders = withRows(100, { id: 'O', provenance: { publication: 'orders' } })
    const gone = withRows(100, { id: 'G', state: 'gone' })
    expect(decided([orders, gone, withRows(1)], PREVIOUS, few)).toBe('send new#1 replacing C')
  })
})
