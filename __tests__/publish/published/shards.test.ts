import { describe, expect, it } from 'vitest'
import { conflictAfter } from '../../../src/publish/published/rivals.ts'
import { decide } from '../../../src/publish/published/decide.ts'
import { shardConflict } from '../../../src/publish/published/shards.ts'
import { judgeInProgress } from '../../../src/publish/published/in-progress.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { decided, IDS, NOTHING, PREVIOUS } from '../../support/publish/decided.ts'
import {
  type Replaces,
  situation,
  publishedBatch,
  named,
  publishedOf,
  desiredPublish,
  type PublishedOptions,
  type StateName,
} from '../../support/publish/held.ts'
import { batchId } from '../../support/make.ts'

const STATES = ['active', 'in progress', 'stalled', 'open', 'gone'] as const
/** The second of eight shares of `members`, by the second attempt of run 1001. */
const SHARE = { publication: 'members (2/8)' }
const OTHER_FILES = 'other files'

type SomeProvenance = NonNullable<PublishedOptions['provenance']>

/** Another batch of this run, by this attempt. */
const ofThisRun = (provenance: SomeProvenance, state: StateName = 'active') =>
  publishedBatch('S', { state, provenance: { runId: 1001, attempt: 2, ...provenance } })
const ofAnother = (provenance: SomeProvenance, state: StateName = 'active') =>
  publishedBatch('A', { state, provenance })
const clash = (
  batch: ReturnType<typeof publishedBatch>,
  asked: Replaces = NOTHING,
  more: Partial<DesiredPublish> = SHARE,
) => shardConflict(...situation([batch], asked, more))

describe('shares of one run that saw other files', () => {
  const stray = { publication: 'members (3/8)', filesHash: OTHER_FILES }

  it.each([NOTHING, PREVIOUS, IDS])('are an error, whatever is to be replaced ($kind)', (asked) => {
    const { message, remedy } = clash(ofThisRun(stray), asked) ?? {}
    expect(message).toContain('S ("members (3/8)") found other names or sizes')
    expect(remedy).toMatch(/check out the same commit.*artifact.*start a new run/)
  })

  it.each(STATES)('are looked at where they are %s, but for what holds no rows', (state) => {
    expect(clash(ofThisRun(stray, state)) !== undefined).toBe(state !== 'gone')
  })

  it('are an error also when an earlier attempt brought them, but not for what that left open', () => {
    expect(clash(ofThisRun({ ...stray, attempt: 1 }))).toBeDefined()
    expect(clash(ofThisRun({ ...stray, attempt: 1 }, 'open'))).toBeUndefined()
  })

  it.each<readonly [string, SomeProvenance]>([
    ['of the same files', { publication: 'members (3/8)' }],
    ['of another run', { ...stray, runId: 1000 }],
    ['of another name', { ...stray, publication: 'orders (3/8)' }],
    ['of an earlier attempt of this very share', { ...stray, publication: 'members (2/8)', attempt: 1 }],
  ])('are none %s', (_, provenance) => {
    expect(clash(ofThisRun(provenance))).toBeUndefined()
  })

  it('are no matter where nothing is shared', () => {
    expect(clash(ofThisRun({ publication: 'orders', filesHash: OTHER_FILES }), NOTHING, {})).toBeUndefined()
  })
})

describe('another number of shares', () => {
  it.each<readonly [string, string, string]>([
    ['fewer shares', 'members (2/8)', 'members (2/4)'],
    ['everything at once', 'members (2/8)', 'members'],
    ['shares, where this is everything', 'members', 'members (2/8)'],
  ])('is an error: %s', (_, publication, other) => {
    const provenance = { publication: other, filesHash: OTHER_FILES }
    expect(clash(ofAnother(provenance), PREVIOUS, { publication })?.message).toContain(JSON.stringify(other))
    expect(clash(ofAnother({ publication: other }), NOTHING, { publication })).toBeDefined()
    expect(clash(ofAnother({ publication: other }), { kind: 'ids', named: [] }, { publication })).toBeDefined()
  })

  it('of other files is none where it is not "previous" that is to be replaced', () => {
    const other = ofAnother({ publication: 'members (2/4)', filesHash: OTHER_FILES })
    expect(clash(other, NOTHING)).toBeUndefined()
    expect(clash(other, IDS)).toBeUndefined()
  })

  it('of another name is none', () => {
    expect(clash(ofAnother({ publication: 'orders (2/4)' }), PREVIOUS)).toBeUndefined()
  })

  it.each(STATES)('is looked at where it may hold rows (%s)', (state) => {
    const isComing = state === 'active' || state === 'in progress' || state === 'stalled'
    expect(clash(ofAnother({ publication: 'members' }, state), PREVIOUS) !== undefined).toBe(isComing)
  })

  it('is seen while it is open where a job of this attempt brings it', () => {
    expect(clash(ofThisRun({ publication: 'members (2/4)' }, 'open'))).toBeDefined()
  })

  it('is an error where the workflow names it to be replaced: one share would take the place of all of it', () => {
    const asked = (id: string, holder = id): Replaces => ({ kind: 'ids', named: [named(id, { holder })] })
    const provenance = { publication: 'members', filesHash: OTHER_FILES }
    expect(clash(ofAnother(provenance), asked('A'))).toBeDefined()
    expect(clash(publishedBatch('A', { provenance, holder: 'H' }), asked('H'))).toBeDefined()
    expect(clash(ofAnother(provenance), asked('B'))).toBeUndefined()
  })

  it('is an error for a run that would not wait for its own content either, so that plan and publish agree', () => {
    const inWork = publishedBatch('W', {
      state: 'in progress',
      provenance: { publication: 'members (2/8)', publishFingerprint: 'new' },
    })
    const unshared = ofAnother({ publication: 'members', filesHash: OTHER_FILES })
    const judge = (replaces: Replaces) => {
      const [wanted, seen] = situation([unshared, inWork], replaces, SHARE)
      return judgeInProgress(wanted, { pending: [inWork], seen, mayWait: false }).kind
    }
    expect(judge({ kind: 'ids', named: [named('A')] })).toBe('refused')
    expect(judge({ kind: 'ids', named: [named('B')] })).toBe('left')
  })

  it('names what is to be reverted, by what holds it', () => {
    const { remedy } =
      clash(publishedBatch('A', { provenance: { publication: 'members' }, holder: 'H' }), PREVIOUS) ?? {}
    expect(remedy).toContain('"mode: revert" and its "batch-id": H;')
  })

  it('under default names is found under every one of them, where nothing is to be replaced', () => {
    const reworded = { publication: 'glob:./eu/*.json (2/8)' }
    const provenance = { publication: 'glob:eu/*.json' }
    expect(clash(ofAnother(provenance), NOTHING, reworded)).toBeDefined()
    expect(clash(ofAnother(provenance), PREVIOUS, reworded)).toBeUndefined()
    expect(clash(ofAnother({ ...provenance, filesHash: OTHER_FILES }), NOTHING, reworded)).toBeUndefined()
  })
})

describe('after success', () => {
  const stray = { publication: 'members (3/8)', filesHash: OTHER_FILES }
  const after = (batch: ReturnType<typeof publishedBatch>, replaces: readonly string[] = []) =>
    conflictAfter(
      desiredPublish(SHARE),
      replaces.map((id) => batchId(id)),
      publishedOf([batch]),
    )

  it.each(STATES)(
    'a share that saw other files is an error where it brings rows (%s); what is open looks itself',
    (state) => {
      const bringsRows = state === 'active' || state === 'in progress' || state === 'stalled'
      expect(after(ofThisRun(stray, state)) !== undefined).toBe(bringsRows)
    },
  )

  it('what this run replaced is no error, by its own id or by that of what holds it', () => {
    expect(after(ofThisRun(stray), ['S'])).toBeUndefined()
    const consolidated = publishedBatch('S', { holder: 'H', provenance: { runId: 1001, attempt: 2, ...stray } })
    expect(after(consolidated, ['H'])).toBeUndefined()
    expect(after(consolidated, ['X'])).toBeDefined()
  })
})

describe('what is decided for a share', () => {
  it('is refused before anything else, also where this content is there', () => {
    const whole = publishedBatch('B', { provenance: { publication: 'members (2/8)', publishFingerprint: 'new' } })
    expect(decided([whole], PREVIOUS, SHARE)).toBe('skip B')
    expect(decided([whole, ofAnother({ publication: 'members' })], PREVIOUS, SHARE)).toMatch(/^refuse: /)
    const anew = { ...SHARE, ifUnchanged: 'publish' } as const
    expect(decided([whole, ofAnother({ publication: 'members' })], NOTHING, anew)).toMatch(/^refuse: /)
  })

  it.each<readonly [string, string]>([
    ['members (2/8)', 'members (2/4)'],
    ['members (2/8)', 'members'],
    ['members', 'members (2/8)'],
  ])('goes beside other files that were cut otherwise, with a warning: %s, and %s', (publication, other) => {
    const beside = (state: StateName) =>
      decide(
        desiredPublish({ publication, replaces: NOTHING }),
        publishedOf([ofAnother({ publication: other, filesHash: OTHER_FILES }, state)]),
      )
    expect(beside('active')).toMatchObject({
      kind: 'send',
      warnings: [expect.stringMatching(/is still active: the dataset now holds both.*A/)],
    })
    expect(beside('gone')).toMatchObject({ kind: 'send', warnings: [] })
  })

  it('replaces its own share alone', () => {
    const own = publishedBatch('O', { provenance: { publication: 'members (2/8)' } })
    const sibling = publishedBatch('S', { provenance: { publication: 'members (3/8)' } })
    expect(decided([own, sibling], PREVIOUS, SHARE)).toBe('send new#1 replacing O')
  })

  it('is not held up by other shares of its default name, but by other default names', () => {
    const share = { publication: 'glob:eu/*.json (2/8)' }
    const sibling = publishedBatch('S', { provenance: { publication: 'glob:eu/*.json (3/8)' } })
    expect(decided([sibling], PREVIOUS, share)).toBe('send new#1')
    const stranger = publishedBatch('G', { provenance: { publication: 'glob:us/*.json (3/8)' } })
    expect(decided([sibling, stranger], PREVIOUS, share)).toMatch(/^refuse: .*: G \(glob:us/)
  })
})
