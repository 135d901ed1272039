import { withoutFindings, datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/facts.ts'
import { batchId } from '../../../support/make.ts'
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
