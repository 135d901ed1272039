import { describe, expect, it } from 'vitest'
import { decide, type Decision } from '../../../src/steps/decide.ts'
import type { Held } from '../../../src/steps/survey.ts'
import type { Asked, Wanted } from '../../../src/steps/wanted.ts'
import { held, named, surveyOf, wanted } from '../../support/held.ts'

const NOTHING: Asked = { kind: 'nothing' }
const PREVIOUS: Asked = { kind: 'previous' }
const IDS: Asked = { kind: 'ids', ids: [named('X')] }
const GONE: Asked = { kind: 'ids', ids: [named('X', { isActive: false })] }

const THIS_RUN = { runId: 1001, attempt: 1 }
const WHOLE = held('B', { mark: { publish: 'new' } })
const WHOLE_BY_THIS_RUN = held('B', { mark: { publish: 'new', ...THIS_RUN } })
const PART = held('P', { mark: { publish: 'new', part: { number: 1, of: 2 } } })
const OTHER = held('C')
const SUPERSEDED = held('A', { mark: THIS_RUN })

/** One line for a decision: what is sent, replaced and kept, `!` for a warning. */
function told(decision: Decision): string {
  if (decision.kind === 'refuse') return `refuse: ${decision.message}`
  const kept = decision.kept.map(({ record }) => record.id).join(' ')
  const warned = decision.warnings.length > 0 ? ' !' : ''
  if (decision.kind === 'skip') return `skip ${kept}${warned}`
  const replacing = decision.replaces.length > 0 ? ` replacing ${decision.replaces.join(' ')}` : ''
  return `send ${decision.parts.join(' ')}${replacing}${kept === '' ? '' : ` keeping ${kept}`}${warned}`
}

function decided(batches: readonly Held[], asked: Asked, more: Partial<Wanted> = {}): string {
  return told(decide(wanted({ asked, ...more }), surveyOf(batches)))
}

type Row = readonly [active: string, batches: readonly Held[], asked: Asked, decision: string]

/** Every cell of the table under `if-unchanged: skip`. */
const SKIP: readonly Row[] = [
  ['nothing', [], NOTHING, 'send new#1'],
  ['nothing', [], PREVIOUS, 'send new#1 !'],
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
  ['several publishes', [OTHER, held('D', { mark: { publish: 'older' } })], NOTHING, 'send new#1 !'],
  ['several publishes', [OTHER, held('D', { mark: { publish: 'older' } })], IDS, 'send new#1 replacing X'],
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
    [WHOLE, held('E', { mark: { publish: 'new', runId: 950 } })],
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
    expect(decided([OTHER, held('D', { mark: { publish: 'older' } })], PREVIOUS)).toMatch(/^refuse: .*several.*C, D/)
  })

  it.each([NOTHING, PREVIOUS, IDS])('what is not active counts for nothing (asked: $kind)', (asked) => {
    const standings = ['open', 'in work', 'stalled', 'gone'] as const
    const idle = standings.map((standing, i) => held(`I${i}`, { standing, mark: { publish: 'new' } }))
    expect(decided(idle, asked)).toBe(decided([], asked))
  })

  it.each([NOTHING, IDS])('other publications count for nothing (asked: $kind)', (asked) => {
    expect(decided([held('C', { mark: { publication: 'orders', publish: 'new' } })], asked)).toBe(decided([], asked))
  })

  it.each([
    ['of other file names', { ...THIS_RUN, names: 'M' }],
    ['of a later attempt', { runId: 1001, attempt: 3 }],
    ['of this very attempt', { runId: 1001, attempt: 2 }],
    ['of another run', { runId: 1000, attempt: 1 }],
  ])('other content %s is not superseded', (_, mark) => {
    expect(decided([held('A', { mark })], NOTHING)).toBe('send new#1 !')
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

describe('parts that are missing', () => {
  const three = { parts: ['new#1', 'new#2', 'new#3'] }
  const part = (number: number, of = 3) => held(`P${number}-${of}`, { mark: { publish: 'new', part: { number, of } } })

  it('are all that is sent, where nothing is to be replaced', () => {
    expect(decided([part(1), part(3)], NOTHING, three)).toBe('send new#2 keeping P1-3 P3-3')
  })

  it('are none when one cut is whole, whatever stands beside it', () => {
    expect(decided([part(1), part(2), part(3), part(1, 2)], NOTHING, three)).toMatch(/^skip/)
  })

  it('are none when the whole was cut otherwise', () => {
    expect(decided([part(1, 2), part(2, 2)], NOTHING, three)).toMatch(/^skip/)
  })

  it('can not be told apart when what is there was cut otherwise', () => {
    const other = held('P', { mark: { publish: 'new', part: { number: 1, of: 2 }, fingerprint: 'cut otherwise' } })
    expect(decided([other], NOTHING, three)).toMatch(/^refuse: .*cut otherwise.*P/)
  })

  it('under `previous` leave other content of this publication beside, which is said', () => {
    expect(decided([PART, OTHER], PREVIOUS)).toBe('send new#1 replacing P !')
    expect(decided([WHOLE, OTHER], PREVIOUS)).toBe('skip B !')
    expect(decided([SUPERSEDED, held('D', { mark: { publish: 'older' } })], PREVIOUS)).toBe('send new#1 replacing A !')
  })
})

describe('a publish that replaces and needs several batches', () => {
  const two = { parts: ['new#1', 'new#2'] }

  it.each<readonly [string, readonly Held[], Asked]>([
    ['previous', [OTHER], PREVIOUS],
    ['ids', [], IDS],
    ['an earlier attempt', [SUPERSEDED], NOTHING],
    ['the parts that are there', [PART], PREVIOUS],
  ])('is refused (%s)', (_, batches, asked) => {
    expect(decided(batches, asked, two)).toMatch(/^refuse: .*needs 2 batches/)
  })

  it('is not refused where there is nothing to replace', () => {
    expect(decided([], PREVIOUS, two)).toBe('send new#1 new#2 !')
  })
})

describe('default names', () => {
  const nameless = held('G', { mark: { publication: 'glob:eu/*.json', publish: 'new' } })
  const reworded = { publication: 'glob:./eu/*.json' }

  it('count for one another where nothing is to be replaced', () => {
    expect(decided([nameless], NOTHING, reworded)).toBe('skip G')
  })

  it.each<readonly [string, Asked, Partial<Wanted>]>([
    ['a name was chosen', NOTHING, {}],
    ['ids are to be replaced', IDS, reworded],
  ])('do not when %s', (_, asked, more) => {
    expect(decided([nameless], asked, more)).toMatch(/^send/)
  })

  it('warn of nothing of other default names: what is not this content is another publication', () => {
    const other = held('G', { mark: { publication: 'glob:eu/*.json' } })
    expect(decided([other], NOTHING, reworded)).toBe('send new#1')
  })

  it.each([{}, reworded])(
    'guard a: `previous` with nothing of its own is refused while they are active (%j)',
    (more) => {
      const decision = decide(wanted({ asked: PREVIOUS, ...more }), surveyOf([nameless]))
      expect(decision).toMatchObject({
        kind: 'refuse',
        message: expect.stringContaining('G (glob:eu/*.json)'),
        remedy: expect.stringMatching(/replay-predecessors.*publication/),
      })
    },
  )

  it('guard a does not hold for batches that are no longer active, nor for chosen names', () => {
    const gone = held('G', { mark: { publication: 'glob:eu/*.json' }, standing: 'gone' })
    const orders = held('O', { mark: { publication: 'orders' } })
    expect(decided([gone, orders], PREVIOUS)).toBe('send new#1 !')
  })
})

describe('guard b: what a later run published', () => {
  const later = (mark = {}) => held('L', { mark: { runId: 1002, ...mark } })

  it('is never replaced by `previous`; the way on is a new run', () => {
    const decision = decide(wanted({ asked: PREVIOUS }), surveyOf([later()]))
    expect(decision).toMatchObject({ kind: 'refuse', remedy: expect.stringContaining('new run') })
    expect(told(decision)).toContain('actions/runs/900')
  })

  it('is not even where it is this content with parts missing', () => {
    expect(decided([later({ publish: 'new', part: { number: 1, of: 2 } })], PREVIOUS)).toMatch(/^refuse: a later run/)
  })

  it('may be skipped, and may be replaced by its id', () => {
    expect(decided([later({ publish: 'new' })], PREVIOUS)).toBe('skip L')
    expect(decided([later()], { kind: 'ids', ids: [named('L')] })).toBe('send new#1 replacing L')
  })
})

describe('a warning names', () => {
  const warnings = (decision: Decision) => (decision.kind === 'refuse' ? [] : decision.warnings).join()

  it('the branch whose batch `previous` replaces, if it is another', () => {
    const elsewhere = held('C', { mark: { ref: 'refs/heads/trial' } })
    const decision = decide(wanted({ asked: PREVIOUS }), surveyOf([elsewhere]))
    expect(told(decision)).toBe('send new#1 replacing C !')
    expect(warnings(decision)).toContain('refs/heads/trial')
  })

  it('the publication that `previous` finds nothing of', () => {
    expect(warnings(decide(wanted({ asked: PREVIOUS }), surveyOf([])))).toContain('"members"')
  })

  it('what stays active, and the way to replace it that is left', () => {
    expect(warnings(decide(wanted(), surveyOf([OTHER])))).toMatch(/C.*"replay-predecessors: previous"/)
    expect(warnings(decide(wanted({ asked: PREVIOUS }), surveyOf([WHOLE, OTHER])))).toMatch(/C.*its ids/)
  })
})
