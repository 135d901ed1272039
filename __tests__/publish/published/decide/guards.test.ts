import { describe, expect, it } from 'vitest'
import { decide, type Decision } from '../../../../src/publish/published/decide.ts'
import type { PublishedBatch } from '../../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../../src/publish/request.ts'
import { type Replaces, publishedBatch, named, publishedOf, desiredPublish } from '../../../support/publish/held.ts'
import {
  IDS,
  NOTHING,
  OTHER,
  PART,
  PREVIOUS,
  SUPERSEDED,
  WHOLE,
  decided,
  told,
} from '../../../support/publish/decided.ts'

describe('parts that are missing', () => {
  const three = { parts: ['new#1', 'new#2', 'new#3'] }
  const part = (number: number, of = 3) =>
    publishedBatch(`P${number}-${of}`, { provenance: { publishFingerprint: 'new', part: { number, of } } })

  it('are all that is sent, where nothing is to be replaced', () => {
    expect(decided([part(1), part(3)], NOTHING, three)).toBe('send new#2 keeping P1-3 P3-3')
  })

  it('of another cut, beside one that is whole, are rows that stand twice', () => {
    expect(decided([part(1), part(2), part(3), part(1, 2)], NOTHING, three)).toMatch(/^refuse: .*more than once/)
  })

  it('are none when the whole was cut otherwise', () => {
    expect(decided([part(1, 2), part(2, 2)], NOTHING, three)).toMatch(/^skip/)
  })

  it('can not be told apart when what is there was cut otherwise', () => {
    const other = publishedBatch('P', {
      provenance: { publishFingerprint: 'new', part: { number: 1, of: 2 }, fingerprint: 'cut otherwise' },
    })
    expect(decided([other], NOTHING, three)).toMatch(/^refuse: .*divided into other batches.*P/)
  })

  it('under `previous` leave other content of this publication beside, which is said', () => {
    expect(decided([PART, OTHER], PREVIOUS)).toBe('send new#1 replacing P !')
    expect(decided([WHOLE, OTHER], PREVIOUS)).toBe('skip B !')
    expect(decided([SUPERSEDED, publishedBatch('D', { provenance: { publishFingerprint: 'older' } })], PREVIOUS)).toBe(
      'send new#1 replacing A !',
    )
  })
})

describe('a publish that replaces and needs several batches', () => {
  const two = { parts: ['new#1', 'new#2'] }

  it.each<readonly [string, readonly PublishedBatch[], Replaces]>([
    ['previous', [OTHER], PREVIOUS],
    ['ids', [], IDS],
    ['an earlier attempt', [SUPERSEDED], NOTHING],
    ['the parts that are there', [PART], PREVIOUS],
  ])('is refused (%s)', (_, batches, asked) => {
    expect(decided(batches, asked, two)).toMatch(/^refuse: .*needs 2 batches/)
  })

  it('is not refused where there is nothing to replace', () => {
    expect(decided([], PREVIOUS, two)).toBe('send new#1 new#2')
  })
})

describe('default names', () => {
  const nameless = publishedBatch('G', { provenance: { publication: 'glob:eu/*.json', publishFingerprint: 'new' } })
  const reworded = { publication: 'glob:./eu/*.json' }

  it('count for one another where nothing is to be replaced', () => {
    expect(decided([nameless], NOTHING, reworded)).toBe('skip G')
  })

  it.each<readonly [string, Replaces, Partial<DesiredPublish>]>([
    ['a name was chosen', NOTHING, {}],
    ['ids are to be replaced', IDS, reworded],
  ])('do not when %s', (_, asked, more) => {
    expect(decided([nameless], asked, more)).toMatch(/^send/)
  })

  it('warn of nothing of other default names: what is not this content is another publication', () => {
    const other = publishedBatch('G', { provenance: { publication: 'glob:eu/*.json' } })
    expect(decided([other], NOTHING, reworded)).toBe('send new#1')
  })

  it.each([{}, reworded])(
    'the first guard: `previous` with nothing of its own is refused while they are active (%j)',
    (more) => {
      const decision = decide(desiredPublish({ replaces: PREVIOUS, ...more }), publishedOf([nameless]))
      expect(decision).toMatchObject({
        kind: 'refuse',
        message: expect.stringContaining('G (glob:eu/*.json)'),
        remedy: expect.stringMatching(/replay-predecessors.*publication/),
      })
    },
  )

  it('the first guard does not hold for batches that are no longer active, nor for chosen names', () => {
    const gone = publishedBatch('G', { provenance: { publication: 'glob:eu/*.json' }, state: 'gone' })
    const orders = publishedBatch('O', { provenance: { publication: 'orders' } })
    expect(decided([gone, orders], PREVIOUS)).toBe('send new#1')
  })
})

describe('the second guard: what a later run published', () => {
  const later = (provenance = {}) => publishedBatch('L', { provenance: { runId: 1002, ...provenance } })

  it('is never replaced by `previous`; the way on is a new run', () => {
    const decision = decide(desiredPublish({ replaces: PREVIOUS }), publishedOf([later()]))
    expect(decision).toMatchObject({ kind: 'refuse', remedy: expect.stringContaining('new run') })
    expect(told(decision)).toContain('actions/runs/900')
  })

  it('is not even where it is this content with parts missing', () => {
    expect(decided([later({ publishFingerprint: 'new', part: { number: 1, of: 2 } })], PREVIOUS)).toMatch(
      /^refuse: a later run/,
    )
  })

  it('may be skipped, and may be replaced by its id', () => {
    expect(decided([later({ publishFingerprint: 'new' })], PREVIOUS)).toBe('skip L')
    expect(decided([later()], { kind: 'ids', named: [named('L')] })).toBe('send new#1 replacing L')
  })
})

describe('a warning names', () => {
  const warnings = (decision: Decision) => (decision.kind === 'refuse' ? [] : decision.warnings).join()

  it('the branch whose batch `previous` replaces, if it is another', () => {
    const elsewhere = publishedBatch('C', { provenance: { ref: 'refs/heads/trial' } })
    const decision = decide(desiredPublish({ replaces: PREVIOUS }), publishedOf([elsewhere]))
    expect(told(decision)).toBe('send new#1 replacing C !')
    expect(warnings(decision)).toContain('refs/heads/trial')
  })

  it('nothing of a first publish under `previous`, which a note tells', () => {
    const decision = decide(desiredPublish({ replaces: PREVIOUS }), publishedOf([]))
    expect(decision).toMatchObject({
      warnings: [],
      notes: ['Nothing is published as "members" yet: "previous" has nothing to replace'],
    })
  })

  it('what another branch published and `previous` replaces; a plan, which runs for a branch of its own, only notes it', () => {
    const published = publishedOf([publishedBatch('C', { provenance: { ref: 'refs/heads/next' } })])
    const words = 'C was published from refs/heads/next'
    const wanted = desiredPublish({ replaces: PREVIOUS })
    expect(decide(wanted, published)).toMatchObject({ warnings: [`${words}, and is replaced`] })
    expect(decide({ ...wanted, isPlan: true }, published)).toMatchObject({ warnings: [], notes: [words] })
  })

  it('the other name under which this content is active, unless another run of it was asked for', () => {
    const twin = publishedBatch('T', { provenance: { publication: 'orders', publishFingerprint: 'new' } })
    expect(warnings(decide(desiredPublish(), publishedOf([twin])))).toMatch(/T of "orders"/)
    expect(decided([twin], NOTHING, { ifUnchanged: 'publish' })).toBe('send new#1')
  })

  it('what stays active, and the way to replace it that is left', () => {
    expect(warnings(decide(desiredPublish(), publishedOf([OTHER])))).toMatch(/C.*"replay-predecessors: previous"/)
    expect(warnings(decide(desiredPublish({ replaces: PREVIOUS }), publishedOf([WHOLE, OTHER])))).toMatch(/C.*its ids/)
  })
})
