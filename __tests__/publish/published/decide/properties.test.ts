import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide, type Decision } from '../../../../src/publish/published/decide.ts'
import type { PublishedBatch } from '../../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../../src/publish/request.ts'
import { publishedBatch, publishedOf, desiredPublish } from '../../../support/publish/held.ts'

const marks = fc.record({
  publication: fc.constantFrom('members', 'members', 'members', 'orders'),
  publishFingerprint: fc.constantFrom('new', 'old', 'older'),
  runId: fc.constantFrom(900, 1001, 1002),
  attempt: fc.constantFrom(1, 2, 3),
  namesHash: fc.constantFrom('N', 'M'),
  part: fc.constantFrom({ number: 1, of: 1 }, { number: 1, of: 2 }, { number: 2, of: 2 }),
})
const states = fc.constantFrom('active' as const, 'active' as const, 'in progress' as const, 'gone' as const)
const datasets = fc
  .array(fc.tuple(marks, states), { maxLength: 5 })
  .map((all) => all.map(([provenance, state], i) => publishedBatch(`B${i}`, { provenance, state })))
const wishes = fc.record({
  parts: fc.constantFrom(['new#1'], ['new#1', 'new#2']),
  asked: fc.constantFrom({ kind: 'nothing' as const }, { kind: 'previous' as const }),
  ifUnchanged: fc.constantFrom('skip' as const, 'publish' as const),
})

type Sending = Decision & { readonly kind: 'send' }

/** Whatever is active, whatever is asked for. */
function always(check: (decision: Sending, active: readonly PublishedBatch[], want: DesiredPublish) => void): void {
  fc.assert(
    fc.property(datasets, wishes, (batches, wish) => {
      const want = desiredPublish(wish)
      const decision = decide(want, publishedOf(batches))
      const active = batches.filter(({ state, provenance }) => state.holdsRows && provenance.publication === 'members')
      if (decision.kind === 'send') check(decision, active, want)
    }),
    { numRuns: 2_000 },
  )
}

const replaced = ({ replaces }: Sending, active: readonly PublishedBatch[]) =>
  active.filter(({ record }) => replaces.includes(record.id))

describe('whatever a dataset holds, what is sent', () => {
  it('replaces only active batches of its own publication, each once', () => {
    always((decision, active) => {
      expect(replaced(decision, active)).toHaveLength(decision.replaces.length)
      expect(new Set(decision.replaces).size).toBe(decision.replaces.length)
    })
  })

  it('never replaces under `previous` what a later run published', () => {
    always((decision, active, { replaces: asked }) => {
      if (asked.kind !== 'previous') return
      expect(replaced(decision, active).filter(({ provenance }) => provenance.runId > 1001)).toEqual([])
    })
  })

  it('replaces unasked only this content, and other content of this run', () => {
    always((decision, active, { replaces: asked }) => {
      if (asked.kind !== 'nothing') return
      const strangers = replaced(decision, active).filter(
        ({ provenance }) => provenance.publishFingerprint !== 'new' && provenance.runId !== 1001,
      )
      expect(strangers).toEqual([])
    })
  })

  it('is one batch, or replaces nothing', () => {
    always(({ replaces, parts }) => expect(replaces.length === 0 || parts.length === 1).toBe(true))
  })

  it('never brings a part that is active, and neither kept nor replaced', () => {
    always((decision, active, { ifUnchanged }) => {
      const twins = active.filter(
        ({ provenance }) =>
          provenance.publishFingerprint === 'new' && (ifUnchanged === 'skip' || provenance.runId === 1001),
      )
      const beside = twins.filter(
        (twin) => !decision.kept.includes(twin) && !decision.replaces.includes(twin.record.id),
      )
      expect(beside).toEqual([])
      expect(decision.kept.filter(({ provenance }) => decision.parts.includes(provenance.fingerprint))).toEqual([])
    })
  })

  it('leaves other content active under `previous` only with a warning', () => {
    always((decision, active, { replaces: asked }) => {
      const stays = active.filter(({ record }) => !decision.replaces.includes(record.id))
      if (asked.kind === 'previous' && stays.length > 0) expect(decision.warnings).not.toEqual([])
    })
  })
})
