import { describe, expect, it } from 'vitest'
import type { AccessApi, StoredFile } from '../../../src/platform/data-access.ts'
import { createWaitBudget } from '../../../src/lib/time.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { readBack } from '../../../src/publish/wait.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { batchId } from '../../support/make.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { never, untilAborted } from '../../support/time/never.ts'

describe('what is read back', () => {
  const bench = (files: AccessApi['files'], { signal = never(), timeoutMs = 3_600_000 } = {}) => {
    const clock = leapingClock()
    const startMs = clock.now()
    const context = contextOf({
      access: { files },
      clock,
      budget: createWaitBudget({ totalMs: timeoutMs, graceMs: 0 }, clock),
      signal,
    })
    return { reading: readBack(batchId(), context), tookMs: () => clock.now() - startMs }
  }
  const of = (files: AccessApi['files'], signal = never()) => bench(files, { signal }).reading
  const found = (...records: readonly (number | undefined)[]) =>
    of(async () => ({
      kind: 'found',
      record: records.map((count, i): StoredFile => ({ id: String(i), records: count })),
    }))

  it('is the rows of all files together', async () => {
    expect(await found(3, 0, 4)).toEqual({ rows: 7, note: undefined })
  })

  it.each<readonly [string, ReturnType<typeof of>]>([
    ['there is no file', found()],
    ['a file says nothing', found(3, undefined)],
    ['the batch is not known there', of(async () => ({ kind: 'missing', requestId: undefined }))],
    ['the read fails', of(() => Promise.reject(new Problem('Cannot list', { remedy: '' })))],
  ])('is unknown when %s, which is said', async (_, reading) => {
    expect(await reading).toMatchObject({ rows: undefined, note: expect.stringContaining('could not be counted') })
  })

  it.each([
    [3_600_000, 120_000],
    [60_000, 60_000],
    [0, 10_000],
  ])('is unknown when no answer comes, with %i ms left, after %i ms', async (timeoutMs, expected) => {
    const { reading, tookMs } = bench((_, signal) => untilAborted(signal), { timeoutMs })
    expect(await reading).toMatchObject({ rows: undefined, note: expect.stringContaining('took longer') })
    expect(tookMs()).toBe(expected)
  })

  it('ends with its signal, and hands on what nobody foresaw', async () => {
    const stopped = AbortSignal.abort(new Error('cancelled'))
    const problem = () => Promise.reject(new Problem('Cannot list', { remedy: '' }))
    expect(await caught(of(problem, stopped))).toMatchObject({ message: 'cancelled' })
    expect(await caught(of(() => Promise.reject(new TypeError('bug'))))).toBeInstanceOf(TypeError)
  })
})
