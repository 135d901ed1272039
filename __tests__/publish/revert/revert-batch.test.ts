import { describe, expect, it } from 'vitest'
import { type Reads, consolidatedInto, consolidationOf } from '../../support/platform/plain-catalog.ts'
import { reverting } from './reverting-one.ts'

describe('a successful batch', () => {
  it.each([
    ['success', 0],
    ['success', 2],
    ['success', 6],
    ['active', 1],
  ])('that still reads "%s" %i times is taken back with one REVERT', async (status, stale) => {
    const { ended, sent, looks } = await reverting({
      reads: [status, ...Array.from({ length: stale }, () => status), 'inactive'],
    })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(1)
    expect(looks).toBe(stale + 2)
  })

  it('may be removed before anybody looks', async () => {
    expect((await reverting({ reads: ['success', 'missing'] })).ended).toEqual({ kind: 'reverted', status: 'deleted' })
    expect((await reverting({ reads: ['success', 'deleted'] })).ended).toEqual({ kind: 'reverted', status: 'deleted' })
  })

  it('is not out because a look went astray, nor two in a row, however often', async () => {
    const astray = ['missing', 'success', 'missing', 'missing']
    const { ended, looks } = await reverting({
      reads: ['success', ...astray, 'success', ...astray, 'success'],
      timeoutMs: 600_000,
    })
    expect(ended).toEqual({ kind: 'timed-out', status: 'success' })
    expect(looks).toBeGreaterThan(2 * astray.length)
  })

  it('is not waited for where nobody wants to wait', async () => {
    const { ended, looks } = await reverting({ reads: ['success'], waits: false })
    expect(ended).toEqual({ kind: 'accepted', status: '' })
    expect(looks).toBe(1)
  })

  it('that never turns inactive is given up when time is out, and not before', async () => {
    const { ended, tookMs, sent } = await reverting({ reads: ['success'], timeoutMs: 60_000 })
    expect(ended).toEqual({ kind: 'timed-out', status: 'success' })
    expect(tookMs).toBeCloseTo(60_000)
    expect(sent).toBe(1)
  })

  it('reads in progress while the platform takes it out, which is waited for', async () => {
    const { ended } = await reverting({ reads: ['success', 'processing', 'never-heard-of', 'inactive'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
  })
})

describe('a batch whose REVERT is refused, and that was seen inactive,', () => {
  it('is out, though the next look is at a replica that does not know it yet', async () => {
    const reads = ['success', 'inactive', 'success']
    const { ended, sent } = await reverting({ reads, answers: ['wrong state'] })
    expect(ended).toEqual({ kind: 'reverted', status: 'inactive' })
    expect(sent).toBe(1)
  })
})

describe('a batch that holds no rows any more', () => {
  it.each(['inactive', 'deleted', 'archived', 'retained'])('because it is "%s" is left as it is', async (status) => {
    const { ended, sent } = await reverting({ reads: [status] })
    expect(ended).toEqual({ kind: 'was reverted', status })
    expect(sent).toBe(0)
  })
})

describe('a batch that never succeeded, or is not settled,', () => {
  it.each([
    ['loading', '"mode: abort" and "batch-id: B"'],
    ['loaded', '"mode: resume" and "batch-id: B"'],
    ['staging', '"mode: resume"'],
    ['retrying', '"mode: resume"'],
    ['stalled', '"mode: resume"'],
    ['never-heard-of', '"mode: resume"'],
    ['failed', 'Nothing to do'],
    ['failure', 'Nothing to do'],
    ['aborted', 'Nothing to do'],
    ['abandoned', 'Nothing to do'],
  ])('is refused while it is "%s", with the way on', async (status, way) => {
    const { ended, sent } = await reverting({ reads: [status] })
    expect(ended).toMatchObject({
      message: `Cannot revert batch "B": it is "${status}", and only a successful batch can be reverted`,
      remedy: expect.stringContaining(way),
    })
    expect(sent).toBe(0)
  })
})

describe('a batch that the platform consolidates since it was chosen', () => {
  const moved = consolidatedInto('H')

  it('is inactive too, and its rows are in another: that is refused', async () => {
    const others = { H: [consolidationOf('B')] }
    const { ended, sent } = await reverting({ reads: [moved], others })
    expect(ended).toMatchObject({ message: expect.stringContaining('consolidating it into H'), isPassing: true })
    expect(sent).toBe(0)
    expect((await reverting({ reads: ['success', moved], others, answers: ['wrong state'] })).ended).toMatchObject({
      message: expect.stringContaining('consolidating it into H'),
    })
  })

  it.each<readonly [string, Readonly<Record<string, Reads>>]>([
    ['misses that other one at the next look', { H: [consolidationOf('B'), 'missing'] }],
    [
      'misses those in between at the next look',
      {
        H: [{ ...consolidationOf('B'), ...consolidatedInto('I') }, 'missing'],
        I: [consolidationOf('H', 'C'), 'missing'],
      },
    ],
    ['does not tell yet what that other one was made of', { H: ['success'] }],
  ])('is not called reverted where a replica lags, and %s', async (_, others) => {
    const { ended } = await reverting({ reads: [moved], others })
    expect(ended).toMatchObject({ message: expect.stringContaining('is consolidating it into'), isPassing: true })
  })

  it('was taken back where the other one was', async () => {
    const others = { H: [{ ...consolidationOf('B'), status: 'inactive' }] }
    expect((await reverting({ reads: [moved], others })).ended).toEqual({ kind: 'was reverted', status: 'inactive' })
  })
})
