import { describe, expect, it } from 'vitest'
import { judgeFound, type FoundBatchRows } from '../../../src/publish/outcome.ts'
import { isDefaultName, readProvenance } from '../../../src/publish/tags.ts'
import { publishedBatch } from '../../support/publish/held.ts'
import { batchRecord } from '../../support/make.ts'

const SENT: FoundBatchRows = { rows: 10, readBack: undefined, wasWaitedFor: false }
const counted = (read: number, written: number) => ({ metrics: { inputRecordCount: read, outputRecordCount: written } })

function judged(status: string, body: object = {}, sent: Partial<FoundBatchRows> = {}, holder?: string) {
  const batch = {
    ...publishedBatch('01HBATCH', holder === undefined ? {} : { holder }),
    record: batchRecord(status, body),
  }
  return judgeFound(batch, { ...SENT, ...sent })
}

describe('a batch that was found', () => {
  it.each<readonly [string, object, Partial<FoundBatchRows>, string]>([
    ['clean', counted(10, 10), {}, 'skipped'],
    ['clean, and this run waited for it', counted(10, 10), { wasWaitedFor: true }, 'published'],
    ['without counts', {}, {}, 'skipped'],
    ['short of rows', counted(10, 8), {}, 'partially-published'],
    ['short of rows, and this run waited for it', counted(10, 8), { wasWaitedFor: true }, 'partially-published'],
    ['short of rows by what is read back', counted(10, 10), { readBack: 9 }, 'partially-published'],
    ['too full', counted(11, 11), {}, 'partially-published'],
    ['too full by what is read back, without counts', {}, { readBack: 20 }, 'partially-published'],
  ])('that is %s (%j, %j) counts as %s', (_, body, sent, kind) => {
    expect(judged('success', body, sent).kind).toBe(kind)
  })

  it('in part names the way out, and only then', () => {
    expect(judged('success', counted(10, 8)).notes.join()).toMatch(
      /if-unchanged: publish.*replay-predecessors: previous/,
    )
    expect(judged('success', counted(10, 10)).notes).toEqual([])
  })

  it.each(['failed', 'aborted', 'deleted'])('and has ended as %s by now is failed', (status) => {
    expect(judged(status).kind).toBe('failed')
  })

  it('and was consolidated had succeeded, whatever its own record reads', () => {
    expect(judged('inactive', counted(10, 10), {}, 'H')).toMatchObject({ kind: 'skipped', status: 'active' })
    expect(judged('deleted', counted(10, 9), {}, 'H')).toMatchObject({ kind: 'partially-published', rejected: 1 })
  })
})

describe('the mark of a batch', () => {
  const TAGS = {
    gh_repository_id: ['4711'],
    gh_publish: ['p'],
    gh_part: ['2/3'],
    gh_run_id: ['1001'],
    gh_attempt: ['2'],
  }

  it('tells its run and its part', () => {
    expect(readProvenance(batchRecord('success', { tags: TAGS }))).toMatchObject({
      publishFingerprint: 'p',
      part: { number: 2, of: 3 },
      runId: 1001,
      attempt: 2,
    })
  })

  it.each<readonly [string, object]>([
    ['no tags', {}],
    ['no repository', { ...TAGS, gh_repository_id: [] }],
    ['no publish', { ...TAGS, gh_publish: [''] }],
    ['no part', { ...TAGS, gh_part: ['first'] }],
  ])('is none with %s', (_, tags) => {
    expect(readProvenance(batchRecord('success', { tags }))).toBeUndefined()
  })

  it('has a default name or one that somebody chose', () => {
    expect([isDefaultName('glob:*.json'), isDefaultName('members')]).toEqual([true, false])
  })
})
