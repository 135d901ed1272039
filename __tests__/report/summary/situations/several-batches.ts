import {
  batchOf,
  datasetOf,
  runInfoOf,
  factsOf,
  fileOf,
  published,
  spansOf,
  START_MS,
} from '../../../support/report/facts.ts'
import type { Situation } from './situation.ts'

const files = Array.from({ length: 24 }, (_, index) =>
  fileOf(`data/day=2026-02-${String(index + 1).padStart(2, '0')}/orders.jsonl`, {
    rows: 125_000,
    bytes: 12_400_000_000,
  }),
)
const IDS = ['01JNDQH2D3VTPCSYSB1SJWH08A', '01JNDQH2D3VTPCSYSB1SJWH08B', '01JNDQH2D3VTPCSYSB1SJWH08C'] as const

export const severalBatches: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/day=*/orders.jsonl' }),
    dataset: datasetOf({ name: 'Orders' }),
    found: files,
    files,
    publish: { publication: 'glob:data/day=*/orders.jsonl', publishFingerprint: 'cc4addfd3cb9b96c4ad73b3b1143f79b' },
    batches: IDS.map((id, index) =>
      batchOf(id, {
        part: { number: index + 1, of: 3 },
        rows: 1_000_000,
        bytes: 99_200_000_000,
        openedMs: START_MS + 10_000 + index * 900_000,
        completedMs: START_MS + 2_710_000,
        finishedMs: START_MS + 3_500_000 + index * 60_000,
        outcome: published(1_000_000),
      }),
    ),
    spans: spansOf([
      ['Find dataset and files', 8_000],
      ['Check existing batches', 1_000],
      ['Upload', 2_701_000],
      ['Check existing batches', 1_500],
      ['Wait for ingestion', 910_000],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
