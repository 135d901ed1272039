import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import { lastPublish, openAfterLast } from '../../../src/publish/revert-choice.ts'
import { caught } from '../../support/caught.ts'
import { publishedOf } from '../../support/publish/held.ts'
import { idsOf, past } from './past.ts'

const ASKING = { publication: 'members', runId: 1001 }
const A = { publishFingerprint: 'A', runId: 901 }
const B = { publishFingerprint: 'B', runId: 902 }

function last(...batches: readonly PublishedBatch[]): readonly string[] {
  return idsOf(lastPublish(ASKING, publishedOf(batches)))
}

async function refusal(...batches: readonly PublishedBatch[]): Promise<Problem> {
  const error = await caught(() => last(...batches))
  if (error instanceof Problem) return error
  throw error
}

describe('the last publish of a publication', () => {
  it('is the one of the highest run, in whatever order the catalogue lists them', () => {
    const [a, b] = [past('A', { provenance: A }), past('B', { provenance: B })]
    expect(last(a, b)).toEqual(['B'])
    expect(last(b, a)).toEqual(['B'])
  })

  it('is numbered, not spelled: run 1000 is later than run 999', () => {
    expect(
      last(past('A', { provenance: { ...A, runId: 999 } }), past('B', { provenance: { ...B, runId: 1000 } })),
    ).toEqual(['B'])
  })

  it('is, of one run, that of the last attempt, and of one attempt the younger batch', () => {
    const second = past('B', { provenance: { ...B, runId: 901, attempt: 2 }, createdMs: 1 })
    expect(last(past('A', { provenance: A, createdMs: 2 }), second)).toEqual(['B'])
    const younger = past('B', { provenance: { ...B, runId: 901 }, createdMs: 3 })
    expect(last(younger, past('A', { provenance: A, createdMs: 2 }))).toEqual(['B'])
  })

  it('has all its parts, whichever run sent them, and whether they are active or not', () => {
    const part = (number: number) => ({ ...A, part: { number, of: 3 } })
    const parts = [
      past('A1', { provenance: part(1), status: 'inactive' }),
      past('A2', { provenance: { ...part(2), runId: 905 } }),
      past('A3', { provenance: part(3), status: 'deleted' }),
    ]
    expect(last(...parts, past('B', { provenance: B, status: 'inactive' }))).toEqual(['A1', 'A2', 'A3'])
  })

  it.each(['inactive', 'deleted', 'archived', 'retained'])(
    'counts as last though it is %s, so that the one before it is left alone',
    (status) => {
      expect(last(past('A', { provenance: A }), past('B', { provenance: B, status }))).toEqual(['B'])
    },
  )

  it('counts as last where the platform consolidated it', () => {
    expect(last(past('A', { provenance: A }), past('B', { provenance: B, status: 'inactive', holder: 'H' }))).toEqual([
      'B',
    ])
  })

  it.each(['failed', 'failure', 'aborted', 'abandoned'])(
    'is one that is "%s" all the same: nothing is taken back, and least of all the one before it',
    (status) => {
      expect(last(past('A', { provenance: A }), past('B', { provenance: B, status }))).toEqual(['nothing of B'])
    },
  )

  it('is none that is still open', () => {
    expect(last(past('A', { provenance: A }), past('B', { provenance: B, status: 'loading' }))).toEqual(['A'])
  })

  it('knows nothing of other publications, whatever they are at', () => {
    const orders = ['success', 'staging', 'stalled', 'inactive'].map((status, i) =>
      past(`O${i}`, { provenance: { publication: 'orders', runId: 5000 }, status }),
    )
    expect(last(past('A', { provenance: A }), ...orders)).toEqual(['A'])
  })

  it('is, of one content that was published twice, what came last', () => {
    const again = past('A2', { provenance: { ...A, runId: 903 } })
    expect(last(past('A1', { provenance: A }), again)).toEqual(['A2'])
    expect(last(past('A1', { provenance: A }), past('B', { provenance: B }), again)).toEqual(['A2'])
  })

  it('is, of one content that was published twice, what came last though it failed', () => {
    const again = past('A2', { provenance: { ...A, runId: 903 }, status: 'failed' })
    expect(last(past('A1', { provenance: A }), again)).toEqual(['nothing of A2'])
    expect(last(past('A1', { provenance: A }), past('B', { provenance: B }), again)).toEqual(['nothing of A2'])
  })

  it('is, of one content, what a run found there that gave up its own batch for it', () => {
    const own = past('A2', { provenance: { ...A, runId: 903 }, status: 'aborted' })
    expect(last(past('A1', { provenance: A }), own)).toEqual(['A1'])
  })

  it('is not a content of long before that a cancelled run was to bring again', () => {
    const cancelled = past('A2', { provenance: { ...A, runId: 903 }, status: 'aborted' })
    expect(last(past('A1', { provenance: A }), past('B', { provenance: B }), cancelled)).toEqual(['nothing of A2'])
  })

  it('holds the parts that succeeded, where another failed', () => {
    const part = (number: number) => ({ ...A, part: { number, of: 2 } })
    expect(last(past('A1', { provenance: part(1) }), past('A2', { provenance: part(2), status: 'failed' }))).toEqual([
      'A1',
    ])
  })

  it('may have been brought by this very run', () => {
    expect(last(past('A', { provenance: { ...A, runId: 1001 } }))).toEqual(['A'])
  })
})

describe('no last publish', () => {
  it.each(['loaded', 'staging', 'staged', 'retrying', 'stalled', 'never-heard-of'])(
    'is known while a batch is "%s", which is named',
    async (status) => {
      const problem = await refusal(past('A', { provenance: A }), past('W', { provenance: B, status }))
      expect(problem.message).toMatch(/"members": still in progress: W$/)
      expect(problem.remedy).toContain('Run the job again when')
    },
  )

  it('is reverted that a later run brought; a new run is the way', async () => {
    const problem = await refusal(past('A', { provenance: { ...A, runId: 1002 } }), past('B', { provenance: B }))
    expect(problem.message).toMatch(/^Cannot revert batch "A": a later run published it \(https:.*\)/)
    expect(problem.remedy).toContain('new run')
  })

  it('is reverted that a later run brought, though it was taken back already', async () => {
    const problem = await refusal(
      past('A', { provenance: { ...A, runId: 1002 }, status: 'inactive' }),
      past('B', { provenance: B }),
    )
    expect(problem.message).toContain('a later run')
  })

  it('is there where nothing was published; the nearest names are listed, each once', async () => {
    const others = ['orders', 'member', 'memberz', 'member'].map((publication, i) =>
      past(`O${i}`, { provenance: { publication } }),
    )
    const problem = await refusal(...others)
    expect(problem.message).toBe('Cannot revert the last run of "members": this repository never published it')
    expect(problem.remedy).toContain('"publication" (or "glob"')
    expect(problem.remedy).toContain('"member", "memberz", "orders".')
    expect((await refusal()).remedy).toBe('This repository has never published into this dataset.')
  })

  it('comes from names that no run should see: they are quoted', async () => {
    const evil = past('O', { provenance: { publication: 'x\n::error::y' } })
    expect((await refusal(evil)).remedy).toContain(String.raw`"x\n::error::y"`)
  })
})

describe('a batch that is still open', () => {
  const ahead = (...batches: readonly PublishedBatch[]) =>
    openAfterLast(ASKING, publishedOf(batches)).map(({ record }) => record.id)
  const open = past('O', { provenance: B, status: 'loading' })

  it('stands ahead of the last publish where its run is not older', () => {
    expect(ahead(past('A', { provenance: A }), open)).toEqual(['O'])
    expect(ahead(past('A', { provenance: { ...A, runId: 902 } }), open)).toEqual(['O'])
    expect(ahead(open)).toEqual(['O'])
  })

  it('stands not in the way of what a later run brought, failed or not', () => {
    for (const status of ['success', 'inactive', 'failed']) {
      expect(ahead(past('A', { provenance: { ...A, runId: 903 }, status }), open)).toEqual([])
    }
  })

  it('of another publication is nothing to wait for', () => {
    expect(
      ahead(
        past('A', { provenance: A }),
        past('O', { provenance: { ...B, publication: 'orders' }, status: 'loading' }),
      ),
    ).toEqual([])
  })
})
