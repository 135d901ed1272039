import { describe, expect, it } from 'vitest'
import { overtaken } from '../../../../src/publish/published/content.ts'
import type { Held } from '../../../../src/publish/published/survey.ts'
import type { Wanted } from '../../../../src/publish/published/survey.ts'
import { held, surveyOf, wanted, type HeldMore } from '../../../support/held.ts'
import { batchId } from '../../../support/make.ts'

const OURS = held('OURS', { standing: 'open', mark: { publish: 'new', runId: 1001, attempt: 2 } })
const PREVIOUS = { asked: { kind: 'previous' } } as const

type Case = {
  readonly before?: readonly Held[]
  readonly replaces?: readonly string[]
  readonly want?: Partial<Wanted>
}

function why(now: readonly Held[], { before = [], replaces = [], want = {} }: Case = {}): string | undefined {
  const ours = { batches: [batchId('OURS')], replaces: replaces.map((id) => batchId(id)), seen: surveyOf(before) }
  return overtaken(wanted(want), ours, surveyOf([OURS, ...now]))
}

const twin = (more: HeldMore = {}) => held('T', { ...more, mark: { publish: 'new', runId: 1002, ...more.mark } })

describe('a publish is overtaken', () => {
  it.each(['in work', 'stalled', 'active'] as const)('by a twin that is %s', (standing) => {
    expect(why([twin({ standing })])).toContain('T brings the same content')
  })

  it.each(['open', 'gone'] as const)('not by a twin that is %s', (standing) => {
    expect(why([twin({ standing })])).toBeUndefined()
  })

  it('not by this content that was there when we decided, whether it is kept or consolidated since', () => {
    const before = [held('K', { mark: { publish: 'new' } })]
    expect(why(before, { before })).toBeUndefined()
    expect(why([held('K', { mark: { publish: 'new' }, holder: 'H' })], { before })).toBeUndefined()
  })

  it('by a twin that was in `loading` when we decided', () => {
    expect(why([twin()], { before: [twin({ standing: 'open' })] })).toContain('T brings')
  })

  it('under if-unchanged: publish only by a twin of the same run', () => {
    const want = { ifUnchanged: 'publish' } as const
    expect(why([twin()], { want })).toBeUndefined()
    expect(why([twin({ mark: { runId: 1001 } })], { want })).toContain('T brings')
  })

  it.each<readonly [string, Held]>([
    ['withdrawn', held('P', { standing: 'gone' })],
    ['consolidated', held('P', { holder: 'H' })],
  ])('by a predecessor that was %s', (_, now) => {
    expect(why([now], { before: [held('P')], replaces: ['P'] })).toContain('P, which was to be replaced')
  })

  it('not by a predecessor that is still active, by itself or as what it was consolidated into', () => {
    expect(why([held('P')], { before: [held('P')], replaces: ['P'] })).toBeUndefined()
    const consolidated = held('P', { holder: 'H' })
    expect(why([consolidated], { before: [consolidated], replaces: ['H'] })).toBeUndefined()
  })

  it('under `previous` by anything else of this publication past COMPLETE', () => {
    expect(why([held('R', { standing: 'in work' })], { want: PREVIOUS })).toContain('R of this publication')
    expect(why([held('R')], { want: PREVIOUS })).toContain('R of this publication')
  })

  it('under `previous` not by what is open, was there before, or is of another publication', () => {
    expect(why([held('R', { standing: 'open' })], { want: PREVIOUS })).toBeUndefined()
    expect(why([held('R')], { want: PREVIOUS, before: [held('R')] })).toBeUndefined()
    expect(why([held('R', { mark: { publication: 'orders' } })], { want: PREVIOUS })).toBeUndefined()
  })

  it('where nothing is to be replaced not by other content', () => {
    expect(why([held('R')])).toBeUndefined()
  })
})
