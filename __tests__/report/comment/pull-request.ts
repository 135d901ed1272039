import type { RowDiff } from '../../../src/diff/row-diff.ts'
import type { RunEnd, RunFacts } from '../../../src/report/facts.ts'
import { datasetOf, factsOf, fileOf, runInfoOf } from '../../support/report/facts.ts'
import { batchId } from '../../support/make.ts'
import { rowDiff } from '../../support/diff/row-diff.ts'
import { finding, validatedFile } from '../../support/check/validated-file.ts'

const files = [
  fileOf('data/members/eu.jsonl', { rows: 41_250, bytes: 8_412_003 }),
  fileOf('data/members/us.jsonl', { rows: 38_007, bytes: 7_790_118 }),
]

/** Against what the dataset holds. */
export const DIFF: RowDiff = rowDiff({
  base: { commit: '3f1c9e5b7a2d4860c1e8f7b6a5d4c3b2a1908f7e', kind: 'published', isProved: true },
  key: { kind: 'identity', paths: ['/_acme/loyalty/loyaltyId'] },
  added: 257,
  changed: 1_204,
  removed: 31,
  unchanged: 77_796,
  fields: [
    { path: '/_acme/loyalty/tier', rows: 1_190 },
    { path: '/_acme/loyalty/points', rows: 322 },
  ],
  samples: [
    { change: 'added', file: 'data/members/eu.jsonl', line: 40_994 },
    { change: 'changed', file: 'data/members/eu.jsonl', line: 12 },
    { change: 'removed', file: 'data/members/us.jsonl', line: 7 },
  ],
})

/** What a reviewer sees: drawn as docs/comment.png. */
export const PULL_REQUEST: { readonly facts: RunFacts; readonly end: RunEnd } = {
  facts: factsOf({
    runInfo: runInfoOf({ mode: 'plan', publication: 'members', 'replay-predecessors': 'previous' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [
      validatedFile(
        'data/members/us.jsonl',
        finding({
          code: 'pattern',
          level: 'warning',
          path: '/_acme/loyalty/country',
          expected: 'two capital letters',
          received: 'a string like "aaa"',
          places: [
            { kind: 'text', line: 88, column: 61 },
            { kind: 'text', line: 90, column: 61 },
          ],
        }),
      ),
    ],
    diff: DIFF,
    preview: {
      creates: undefined,
      enables: true,
      aborts: [],
      waitsFor: [],
      sends: [{ part: { number: 1, of: 1 }, files: 2, rows: 79_257, bytes: 16_202_121 }],
      keeps: [],
      replaces: [batchId('01JNDQN2D3VTPCSYSB1SJWH08W')],
      warnings: [],
      why: 'the data is new and replaces the earlier data',
    },
    budget: { kind: 'profile', used: 12, isAtLeast: false, sends: 1, most: 90 },
  }),
  end: { kind: 'planned', verdict: { fails: false } },
}
