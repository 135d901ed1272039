import { describe, expect, it } from 'vitest'
import type { PublishedBatch } from '../../../../src/publish/published/find.ts'
import { type Replaces, publishedBatch, named } from '../../../support/publish/held.ts'
import {
  IDS,
  NOTHING,
  OTHER,
  PART,
  PREVIOUS,
  SUPERSEDED,
  THIS_RUN,
  WHOLE,
  decided,
} from '../../../support/publish/decided.ts'

const GONE: Replaces = { kind: 'ids', named: [named('X', { isActive: false })] }

const WHOLE_BY_THIS_RUN = publishedBatch('B', { provenance: { publishFingerprint: 'new', ...THIS_RUN } })

type Row = readonly [active: string, batches: readonly PublishedBatch[], asked: Replaces, decision: string]

/** Every cell of the table under `if-unchanged: skip`. */
const SKIP: readonly Row[] = [
  ['nothing', [], NOTHING, 'send new#1'],
  ['nothing', [], PREVIOUS, 'send new#1'],
  ['nothing', [], IDS, 'send new#1 replacing X'],
  ['other content by an earlier attempt', [SUPERSEDED], NOTHING, 'send new#1 replacing A'],
  ['other content by an earlier attempt', [SUPERSEDED], PREVIOUS, 'send new#1 replacing A'],
  ['other content by an earlier attempt', [SUPERSEDED], IDS, 'send new#1 replacing A X'],
  ['this content', [WHOLE], NOTHING, 'skip B'],
  ['this content', [WHOLE], PREVIOUS, 'skip B'],
  ['this content', [WHOLE], GONE, 'skip B'],
  ['this content', [WHOLE], IDS, 'send new#1 replacing B X'],
  ['this content, parts missing', [PART], PREVIOUS, 'send new#1 replacing P'],
  ['this content, parts missing', [PART], IDS, 'send new#1 replacing P X'],
  ['one publish with other content', [OTHER], NOTHING, 'send new#1 !'],
  ['one publish with other content', [OTHER], PREVIOUS, 'send new#1 replacing C'],
  ['one publish with other content', [OTHER], IDS, 'send new#1 replacing X'],
  [
    'several publishes',
    [OTHER, publishedBatch('D', { provenance: { publishFingerprint: 'older' } })],
    NOTHING,
    'send new#1 !',
  ],
  [
    'several publishes',
    [OTHER, publishedBatch('D', { provenance: { publishFingerprint: 'older' } })],
    IDS,
    'send new#1 replacing X',
  ],
]

/** Under `if-unchanged: publish` this content is like any other, unless this run published it. */
const PUBLISH: readonly Row[] = [
  ['nothing', [], NOTHING, 'send new#1'],
  ['other content by an earlier attempt', [SUPERSEDED], NOTHING, 'send new#1 replacing A'],
  ['this content by another run', [WHOLE], NOTHING, 'send new#1 !'],
  ['this content by another run', [WHOLE], PREVIOUS, 'send new#1 replacing B'],
  ['this content by another run', [WHOLE], IDS, 'send new#1 replacing X'],
  ['this content by this run', [WHOLE_BY_THIS_RUN], NOTHING, 'skip B'],
  ['this content by this run', [WHOLE_BY_THIS_RUN], PREVIOUS, 'skip B'],
  ['this content by this run', [WHOLE_BY_THIS_RUN], GONE, 'skip B'],
  ['this content by this run', [WHOLE_BY_THIS_RUN], IDS, 'send new#1 replacing B X'],
  ['parts of this content by another run', [PART], NOTHING, 'send new#1 !'],
  ['parts of this content by another run', [PART], PREVIOUS, 'send new#1 replacing P'],
  [
    'the same publish by two runs',
    [WHOLE, publishedBatch('E', { provenance: { publishFingerprint: 'new', runId: 950 } })],
    PREVIOUS,
    'send new#1 replacing B E',
  ],
]

const label = (rows: readonly Row[]) =>
  rows.map(([active, batches, asked, decision]) => ({ active, asked: asked.kind, decision, batches, wish: asked }))

describe('what is to be done, with if-unchanged: skip', () => {
  it.each(label(SKIP))(
    '$active is active, and $asked asked to be replaced: $decision',
    ({ batches, wish, decision }) => {
      expect(decided(batches, wish)).toBe(decision)
    },
  )

  it('several publishes under `previous` are refused, and listed', () => {
    expect(decided([OTHER, publishedBatch('D', { provenance: { publishFingerprint: 'older' } })], PREVIOUS)).toMatch(
      /^refuse: .*several.*C, D/,
    )
  })

  it.each([NOTHING, PREVIOUS, IDS])('what is not active counts for nothing (asked: $kind)', (asked) => {
    const states = ['open', 'in progress', 'stalled', 'gone'] as const
    const idle = states.map((state, i) => publishedBatch(`I${i}`, { state, provenance: { publishFingerprint: 'new' } }))
    expect(decided(idle, asked)).toBe(decided([], asked))
  })

  it.each([NOTHING, IDS])('other publications count for nothing (asked: $kind)', (asked) => {
    expect(decided([publishedBatch('C', { provenance: { publication: 'orders' } })], asked)).toBe(decided([], asked))
  })

  it.each([
    ['of other file names', { ...THIS_RUN, namesHash: 'M' }],
    ['of a later attempt', { runId: 1001, attempt: 3 }],
    ['of this very attempt', { runId: 1001, attempt: 2 }],
    ['of another run', { runId: 1000, attempt: 1 }],
  ])('other content %s is not superseded', (_, provenance) => {
    expect(decided([publishedBatch('A', { provenance })], NOTHING)).toBe('send new#1 !')
  })

  it.each([NOTHING, PREVIOUS])(
    'content superseded beside this content goes together with it (asked: $kind)',
    (asked) => {
      expect(decided([SUPERSEDED, WHOLE], asked)).toBe('send new#1 replacing A B')
    },
  )
})

describe('what is to be done, with if-unchanged: publish', () => {
  it.each(label(PUBLISH))(
    '$active is active, and $asked asked to be replaced: $decision',
    ({ batches, wish, decision }) => {
      expect(decided(batches, wish, { ifUnchanged: 'publish' })).toBe(decision)
    },
  )
})
