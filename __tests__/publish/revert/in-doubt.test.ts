import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import { FORBIDDEN, LOST, reverting } from './reverting-one.ts'

/** Nothing but one more REVERT changes it. */
const LATE = [...Array.from({ length: 60 }, () => 'success'), 'inactive']

describe('a 428', () => {
  it('says that the state has changed: it is looked at again', async () => {
    const { ended, sent } = await reverting({ reads: ['success', 'inactive'], answers: ['wrong state'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(1)
  })

  it('of a moment is asked again', async () => {
    const { ended, sent } = await reverting({ reads: LATE, answers: ['wrong state', 'done'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(2)
  })

  it('that the catalogue never explains ends the run, after a few', async () => {
    const { ended, sent } = await reverting({ reads: ['success'], answers: ['wrong state'] })
    expect(ended).toMatchObject({ message: expect.stringContaining('(428)'), isPassing: true })
    expect(sent).toBeLessThanOrEqual(5)
  })

  it('of a batch that failed by then is explained by what it reads', async () => {
    const { ended, sent } = await reverting({ reads: ['success', 'failed'], answers: ['wrong state'] })
    expect(ended).toMatchObject({ message: expect.stringContaining('it is "failed"') })
    expect(sent).toBe(1)
  })

  it('of a batch that no longer exists says so', async () => {
    const { ended } = await reverting({ reads: ['success', 'missing'], answers: ['wrong state'] })
    expect(ended).toMatchObject({ message: 'Cannot find batch "B": it no longer exists' })
  })
})

describe('an answer that got lost', () => {
  it('is looked for in the catalogue', async () => {
    const { ended, sent, say } = await reverting({ reads: ['success', 'inactive'], answers: [LOST] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(1)
    expect(say.warnings).toEqual(['The answer got lost. Checking the batch'])
  })

  it('of what was not done is asked for again', async () => {
    const { ended, sent } = await reverting({ reads: LATE, answers: [LOST, 'done'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(2)
  })

  it.each([0, 2, 6, 12])('is believed in though the catalogue still says "success" %i times', async (stale) => {
    const reads = ['success', ...Array.from({ length: stale }, () => 'success'), 'inactive']
    const { ended } = await reverting({ reads, answers: [LOST, 'wrong state'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
  })

  it('again and again ends the run with its own error', async () => {
    const { ended, sent } = await reverting({ reads: ['success'], answers: [LOST] })
    expect(ended).toBe(LOST)
    expect(sent).toBeLessThanOrEqual(5)
  })

  it('is nothing like a refusal, which ends the run at once', async () => {
    const { ended, sent } = await reverting({ reads: ['success'], answers: [FORBIDDEN] })
    expect(ended).toBe(FORBIDDEN)
    expect(sent).toBe(1)
  })
})

describe('a look while it waits', () => {
  const reads = ['success', 'success', 'inactive']

  it('that gets no answer is not the last one', async () => {
    const passing = new Problem('Busy', { remedy: '', isPassing: true })
    const { ended, say } = await reverting({ reads, secondLook: passing })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(say.warnings).toEqual(['Busy. Still waiting'])
  })

  it.each([1, 5, 12])('that is refused is not the last one, %i times in a row', async (oddLooks) => {
    const { ended, say } = await reverting({ reads, secondLook: FORBIDDEN, oddLooks })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(say.warnings).toHaveLength(1)
  })
})
