import { wire } from '../../src/lib/json-reader.ts'
import { readBatchRecord } from '../../src/platform/records.ts'
import type { Mark } from '../../src/publish/tags.ts'
import type { Standing } from '../../src/platform/batch-status.ts'
import type { Held, Survey } from '../../src/publish/published/survey.ts'
import type { NamedBatch, Wanted } from '../../src/publish/published/survey.ts'
import { batchId } from './make.ts'

/** The content `new` of the publication `members`, in one batch, by the second attempt of run 1001. */
export function wanted(more: Partial<Wanted> = {}): Wanted {
  return {
    publication: 'members',
    publish: 'new',
    names: 'N',
    files: 'F',
    parts: ['new#1'],
    runId: 1001,
    attempt: 2,
    ref: 'refs/heads/main',
    asked: { kind: 'nothing' },
    ifUnchanged: 'skip',
    rows: undefined,
    maxShrinkPercent: 50,
    ...more,
  }
}

export type HeldMore = {
  readonly mark?: Partial<Mark>
  readonly standing?: Standing
  readonly holder?: string
  readonly predecessors?: readonly string[]
}

/** An active batch with the whole content `old` of `members`, by run 900. */
export function held(
  id: string,
  { mark = {}, standing = 'active', holder = id, predecessors = [] }: HeldMore = {},
): Held {
  const publish = mark.publish ?? 'old'
  const part = mark.part ?? { number: 1, of: 1 }
  return {
    record: readBatchRecord(batchId(id), wire({ status: 'success', replay: { predecessors } }, 'record')),
    mark: {
      repositoryId: '4711',
      publication: 'members',
      publish,
      part,
      fingerprint: `${publish}#${part.number}`,
      names: 'N',
      files: 'F',
      ref: 'refs/heads/main',
      runId: 900,
      attempt: 1,
      run: 'https://github.com/acme/loyalty-data/actions/runs/900',
      ...mark,
    },
    standing,
    holder: batchId(holder),
  }
}

export function surveyOf(batches: readonly Held[], holdings: Readonly<Record<string, readonly string[]>> = {}): Survey {
  return { held: batches, holdings: new Map(Object.entries(holdings).map(([id, parts]) => [batchId(id), parts])) }
}

/** A batch that the workflow names. */
export function named(
  id: string,
  more: Partial<Omit<NamedBatch, 'id' | 'holder'>> & { holder?: string } = {},
): NamedBatch {
  const { holder = id, ...others } = more
  return { id: batchId(id), isActive: true, holdings: [], ...others, holder: batchId(holder) }
}
