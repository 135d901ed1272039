import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import { lastPublish } from '../../../src/publish/revert-choice.ts'
import { publishedOf } from '../../support/publish/held.ts'
import { idsOf, past } from './past.ts'

const ASKING = { publication: 'members', runId: 8 }

const SUCCEEDED = ['success', 'active', 'inactive', 'deleted', 'archived', 'retained']
const NEVER = ['loading', 'failed', 'aborted', 'abandoned', 'failure']

const marks = fc.record({
  publication: fc.constantFrom('members', 'members', 'members', 'orders'),
  publishFingerprint: fc.constantFrom('A', 'B', 'C'),
  runId: fc.integer({ min: 1, max: 10 }),
  attempt: fc.integer({ min: 1, max: 3 }),
  part: fc.constantFrom({ number: 1, of: 1 }, { number: 1, of: 2 }, { number: 2, of: 2 }),
})

const batches = (statuses: readonly string[]) =>
  fc
    .array(fc.record({ provenance: marks, status: fc.constantFrom(...statuses), createdMs: fc.nat(1_000) }), {
      maxLength: 8,
    })
    // No two at the same moment.
    .map((all) => all.map((one, i) => past(`B${i}`, { ...one, createdMs: one.createdMs * 8 + i })))

/** Ids of the last publish, or the kind of refusal. */
function told(all: readonly PublishedBatch[]): readonly string[] | string {
  try {
    return idsOf(lastPublish(ASKING, publishedOf(all)))
  } catch (error) {
    if (error instanceof Problem) return error.message.replace(/^Cannot revert [^:]*: /, '').replace(/"B\d+"/, '')
    throw error
  }
}

const isOurs = ({ provenance }: PublishedBatch) => provenance.publication === 'members'
const hadSucceeded = ({ record }: PublishedBatch) => SUCCEEDED.includes(record.status)
const isSettled = ({ record }: PublishedBatch) => record.status !== 'loading'

/** Whatever was published and taken back, by whichever run; `last` is empty where there is nothing to take back. */
function always(check: (last: readonly PublishedBatch[], all: readonly PublishedBatch[]) => void): void {
  fc.assert(
    fc.property(batches([...SUCCEEDED, ...NEVER]), (all) => {
      const found = told(all)
      if (typeof found === 'string') return
      check(
        all.filter(({ record }) => found.includes(record.id)),
        all,
      )
    }),
    { numRuns: 1_000 },
  )
}

describe('whatever was published and taken back, the last publish', () => {
  it('is one publish of the publication that was asked for, each part once, and nothing that never succeeded', () => {
    always((last) => {
      expect(new Set(last.map(({ provenance }) => provenance.publishFingerprint)).size).toBeLessThanOrEqual(1)
      expect(new Set(last.map(({ provenance }) => provenance.fingerprint)).size).toBe(last.length)
      expect(last.filter((one) => !isOurs(one) || !hadSucceeded(one))).toEqual([])
    })
  })

  it('is what the highest run tried, failed or not, and that is not later than this one', () => {
    always((last, all) => {
      const own = all.filter((one) => isOurs(one) && isSettled(one))
      const highest = Math.max(...own.map(({ provenance }) => provenance.runId))
      expect(highest).toBeLessThanOrEqual(ASKING.runId)
      const tried = own
        .filter(({ provenance }) => provenance.runId === highest)
        .map(({ provenance }) => provenance.publishFingerprint)
      for (const { provenance } of last) expect(tried).toContain(provenance.publishFingerprint)
    })
  })

  it('is never older, part by part, than what succeeded or failed of it', () => {
    always((last, all) => {
      const given = ['loading', 'aborted', 'abandoned']
      const tried = all.filter((one) => isOurs(one) && !given.includes(one.record.status))
      for (const { provenance } of last) {
        const rivals = tried.filter((one) => one.provenance.fingerprint === provenance.fingerprint)
        expect(provenance.runId).toBe(Math.max(...rivals.map((one) => one.provenance.runId)))
      }
    })
  })

  it('stays the same one when it, or anything else, was taken back: nothing more is ever reverted', () => {
    const backs = fc.array(fc.tuple(fc.boolean(), fc.constantFrom('inactive', 'deleted')), {
      minLength: 8,
      maxLength: 8,
    })
    fc.assert(
      fc.property(batches([...SUCCEEDED, ...NEVER]), backs, (all, taken) => {
        const later = all.map((one, i) => {
          const [isTaken, status] = taken[i] ?? [false, '']
          return isTaken && hadSucceeded(one) ? past(one.record.id, { ...one, status, createdMs: createdMs(one) }) : one
        })
        expect(told(later)).toEqual(told(all))
      }),
      { numRuns: 1_000 },
    )
  })

  it('does not depend on the order of the list, nor on other publications', () => {
    fc.assert(
      fc.property(batches([...SUCCEEDED, ...NEVER, 'staging']), fc.array(fc.nat(), { minLength: 8 }), (all, keys) => {
        const shuffled = all
          .map((one, i) => ({ one, key: keys[i] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one)
        const [own, mixed] = [told(all.filter(isOurs)), told(shuffled)]
        if (typeof own !== 'string') expect(mixed).toEqual(own)
        else expect(typeof mixed).toBe('string')
      }),
      { numRuns: 1_000 },
    )
  })
})

function createdMs({ record }: PublishedBatch): number {
  return record.createdMs ?? 0
}
