import { describe, expect, it } from 'vitest'
import type { AccessApi, StoredFile } from '../../../src/platform/data-access.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { readBack } from '../../../src/publish/wait.ts'
import { contextOf } from '../../support/context.ts'
import { caught } from '../../support/caught.ts'
import { batchId } from '../../support/make.ts'
import { never } from '../../support/never.ts'

describe('what is read back', () => {
  const of = (files: () => ReturnType<AccessApi['files']>, signal = never()) =>
    readBack(batchId(), contextOf({ access: { files }, signal }))
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
    expect(await reading).toMatchObject({ rows: undefined, note: expect.stringContaining('could not be read back') })
  })

  it('ends with its signal, and hands on what nobody foresaw', async () => {
    const stopped = AbortSignal.abort(new Error('cancelled'))
    const problem = () => Promise.reject(new Problem('Cannot list', { remedy: '' }))
    expect(await caught(of(problem, stopped))).toMatchObject({ message: 'cancelled' })
    expect(await caught(of(() => Promise.reject(new TypeError('bug'))))).toBeInstanceOf(TypeError)
  })
})
