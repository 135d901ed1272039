import { withoutFindings, datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/report/facts.ts'
import { batchId } from '../../../support/make.ts'
import { rowDiff } from '../../../support/diff/row-diff.ts'
import type { Situation } from './situation.ts'

const files = [
  fileOf('data/eu.jsonl', { rows: 41_250, bytes: 8_412_003 }),
  fileOf('data/us.jsonl', { rows: 38_007, bytes: 7_790_118 }),
]

export const planned: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ mode: 'plan', publication: 'members', 'replay-predecessors': 'previous' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: withoutFindings(files),
    publish: { publication: 'members', publishFingerprint: 'ff4addfd3cb9b96c4ad73b3b1143f79b' },
    preview: {
      creates: undefined,
      enables: false,
      aborts: [],
      waitsFor: [batchId('01JNDQN2D3VTPCSYSB1SJWH08W')],
      sends: [{ part: { number: 1, of: 1 }, files: 2, rows: 79_257, bytes: 16_202_121 }],
      keeps: [],
      replaces: [batchId('01JNDQN2D3VTPCSYSB1SJWH08W')],
      warnings: [
        '"max-shrink-percent" was not applied: neither the rows nor the bytes of 01JNDQN2D3VTPCSYSB1SJWH08W, which is replaced, are known',
      ],
      notes: ['01JNDQN2D3VTPCSYSB1SJWH08W was published from refs/heads/next'],
      why: 'if what is in progress succeeds, the data is new and replaces the earlier data',
    },
    diff: rowDiff({
      base: { commit: '7d1f3c0a9b2e4f5061728394a5b6c7d8e9f0a1b2', kind: 'published', isProved: true },
      key: { kind: 'identity', paths: ['/_acme/loyalty/id'] },
      added: 412,
      changed: 1_033,
      removed: 58,
      unchanged: 77_754,
      keyless: 3,
      fields: [
        { path: '/_acme/loyalty/points', rows: 1_021 },
        { path: '/_acme/loyalty/tier', rows: 96 },
      ],
      samples: [
        { change: 'added', file: 'data/eu.jsonl', line: 212 },
        { change: 'changed', file: 'data/eu.jsonl', line: 4 },
        { change: 'removed', file: 'data/us.jsonl', line: 1_800 },
      ],
    }),
    expiration: {
      level: 'warning',
      text: 'Dataset "5c8c3c555033b814b69f947f" expires on 2026-03-05T00:00:00.000Z, in 2 days: the platform then deletes all its rows',
      expiresMs: Date.UTC(2026, 2, 5),
    },
    budget: { kind: 'profile', used: 12, isAtLeast: false, sends: 1, most: 90 },
    spans: spansOf([
      ['Find dataset and files', 1_000],
      ['Validate files', 2_200],
      ['Check existing batches', 600],
    ]),
  }),
  end: { kind: 'planned', verdict: { fails: false } },
}
