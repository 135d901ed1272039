import { describe, expect, it } from 'vitest'
import { clashAfter } from '../../../../src/publish/published/aftermath.ts'
import { decide } from '../../../../src/publish/published/decide.ts'
import { sharesClash } from '../../../../src/publish/published/content.ts'
import type { Standing } from '../../../../src/platform/batch-status.ts'
import type { Asked, Wanted } from '../../../../src/publish/published/survey.ts'
import { decided, IDS, NOTHING, PREVIOUS } from '../../../support/decided.ts'
import { held, named, surveyOf, wanted, type HeldMore } from '../../../support/held.ts'
import { batchId } from '../../../support/make.ts'

const STANDINGS = ['active', 'in work', 'stalled', 'open', 'gone'] as const
/** The second of eight shares of `members`, by the second attempt of run 1001. */
const SHARE = { publication: 'members (2/8)' }
const OTHER_FILES = 'other files'

type Mark = NonNullable<HeldMore['mark']>

/** Another batch of this run, by this attempt. */
const ofThisRun = (mark: Mark, standing: Standing = 'active') =>
  held('S', { standing, mark: { runId: 1001, attempt: 2, ...mark } })
const ofAnother = (mark: Mark, standing: Standing = 'active') => held('A', { standing, mark })
const clash = (batch: ReturnType<typeof held>, asked: Asked = NOTHING, more: Partial<Wanted> = SHARE) =>
  sharesClash(wanted({ asked, ...more }), surveyOf([batch]))

describe('shares of one run that saw other files', () => {
  const stray = { publication: 'members (3/8)', files: OTHER_FILES }

  it.each([NOTHING, PREVIOUS, IDS])('are an error, whatever is to be replaced ($kind)', (asked) => {
    const { message, remedy } = clash(ofThisRun(stray), asked) ?? {}
    expect(message).toContain('S ("members (3/8)") saw other names or sizes')
    expect(remedy).toMatch(/check out the same commit.*artifact.*start a new run/)
  })

  it.each(STANDINGS)('are looked at where they are %s, but for what holds no rows', (standing) => {
    expect(clash(ofThisRun(stray, standing)) !== undefined).toBe(standing !== 'gone')
  })

  it('are an error also when an earlier attempt brought them, but not for what that left open', () => {
    expect(clash(ofThisRun({ ...stray, attempt: 1 }))).toBeDefined()
    expect(clash(ofThisRun({ ...stray, attempt: 1 }, 'open'))).toBeUndefined()
  })

  it.each<readonly [string, Mark]>([
    ['of the same files', { publication: 'members (3/8)' }],
    ['of another run', { ...stray, runId: 1000 }],
    ['of another name', { ...stray, publication: 'orders (3/8)' }],
    ['of an earlier attempt of this very share', { ...stray, publication: 'members (2/8)', attempt: 1 }],
  ])('are none %s', (_, mark) => {
    expect(clash(ofThisRun(mark))).toBeUndefined()
  })

  it('are no matter where nothing is shared', () => {
    expect(clash(ofThisRun({ publication: 'orders', files: OTHER_FILES }), NOTHING, {})).toBeUndefined()
  })
})

describe('another number of shares', () => {
  it.each<readonly [string, string, string]>([
    ['fewer shares', 'members (2/8)', 'members (2/4)'],
    ['everything at once', 'members (2/8)', 'members'],
    ['shares, where this is everything', 'members', 'members (2/8)'],
  ])('is an error: %s', (_, publication, other) => {
    const mark = { publication: other, files: OTHER_FILES }
    expect(clash(ofAnother(mark), PREVIOUS, { publication })?.message).toContain(JSON.stringify(other))
    expect(clash(ofAnother({ publication: other }), NOTHING, { publication })).toBeDefined()
    expect(clash(ofAnother({ publication: other }), { kind: 'ids', ids: [] }, { publication })).toBeDefined()
  })

  it('of other files is none where it is not "previous" that is to be replaced', () => {
    const other = ofAnother({ publication: 'members (2/4)', files: OTHER_FILES })
    expect(clash(other, NOTHING)).toBeUndefined()
    expect(clash(other, IDS)).toBeUndefined()
  })

  it('of another name is none', () => {
    expect(clash(ofAnother({ publication: 'orders (2/4)' }), PREVIOUS)).toBeUndefined()
  })

  it.each(STANDINGS)('is looked at where it may hold rows (%s)', (standing) => {
    const isComing = standing === 'active' || standing === 'in work' || standing === 'stalled'
    expect(clash(ofAnother({ publication: 'members' }, standing), PREVIOUS) !== undefined).toBe(isComing)
  })

  it('is seen while it is open where a job of this attempt brings it', () => {
    expect(clash(ofThisRun({ publication: 'members (2/4)' }, 'open'))).toBeDefined()
  })

  it('is an error where the workflow names it to be replaced: one share would take the place of all of it', () => {
    const asked = (id: string, holder = id): Asked => ({ kind: 'ids', ids: [named(id, { holder })] })
    const mark = { publication: 'members', files: OTHER_FILES }
    expect(clash(ofAnother(mark), asked('A'))).toBeDefined()
    expect(clash(held('A', { mark, holder: 'H' }), asked('H'))).toBeDefined()
    expect(clash(ofAnother(mark), asked('B'))).toBeUndefined()
  })

  it('names what is to be reverted, by what holds it', () => {
    const { remedy } = clash(held('A', { mark: { publication: 'members' }, holder: 'H' }), PREVIOUS) ?? {}
    expect(remedy).toContain('"mode: revert" and its "batch-id": H;')
  })

  it('under default names is found under every one of them, where nothing is to be replaced', () => {
    const reworded = { publication: 'glob:./eu/*.json (2/8)' }
    const mark = { publication: 'glob:eu/*.json' }
    expect(clash(ofAnother(mark), NOTHING, reworded)).toBeDefined()
    expect(clash(ofAnother(mark), PREVIOUS, reworded)).toBeUndefined()
    expect(clash(ofAnother({ ...mark, files: OTHER_FILES }), NOTHING, reworded)).toBeUndefined()
  })
})

describe('after success', () => {
  const stray = { publication: 'members (3/8)', files: OTHER_FILES }
  const after = (batch: ReturnType<typeof held>, replaces: readonly string[] = []) =>
    clashAfter(
      wanted(SHARE),
      replaces.map((id) => batchId(id)),
      surveyOf([batch]),
    )

  it.each(STANDINGS)(
    'a share that saw other files is an error where it brings rows (%s); what is open looks itself',
    (standing) => {
      const bringsRows = standing === 'active' || standing === 'in work' || standing === 'stalled'
      expect(after(ofThisRun(stray, standing)) !== undefined).toBe(bringsRows)
    },
  )

  it('what this run replaced is no error, by its own id or by that of what holds it', () => {
    expect(after(ofThisRun(stray), ['S'])).toBeUndefined()
    const consolidated = held('S', { holder: 'H', mark: { runId: 1001, attempt: 2, ...stray } })
    expect(after(consolidated, ['H'])).toBeUndefined()
    expect(after(consolidated, ['X'])).toBeDefined()
  })
})

describe('what is decided for a share', () => {
  it('is refused before anything else, also where this content is there', () => {
    const whole = held('B', { mark: { publication: 'members (2/8)', publish: 'new' } })
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
    const beside = (standing: Standing) =>
      decide(
        wanted({ publication, asked: NOTHING }),
        surveyOf([ofAnother({ publication: other, files: OTHER_FILES }, standing)]),
      )
    expect(beside('active')).toMatchObject({
      kind: 'send',
      warnings: [expect.stringMatching(/stays active beside this.*A/)],
    })
    expect(beside('gone')).toMatchObject({ kind: 'send', warnings: [] })
  })

  it('replaces its own share alone', () => {
    const own = held('O', { mark: { publication: 'members (2/8)' } })
    const sibling = held('S', { mark: { publication: 'members (3/8)' } })
    expect(decided([own, sibling], PREVIOUS, SHARE)).toBe('send new#1 replacing O')
  })

  it('is not held up by other shares of its default name, but by other default names', () => {
    const share = { publication: 'glob:eu/*.json (2/8)' }
    const sibling = held('S', { mark: { publication: 'glob:eu/*.json (3/8)' } })
    expect(decided([sibling], PREVIOUS, share)).toBe('send new#1 !')
    const stranger = held('G', { mark: { publication: 'glob:us/*.json (3/8)' } })
    expect(decided([sibling, stranger], PREVIOUS, share)).toMatch(/^refuse: .*: G \(glob:us/)
  })
})
