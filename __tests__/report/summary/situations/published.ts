import {
  batchOf,
  withoutFindings,
  datasetOf,
  runInfoOf,
  factsOf,
  fileOf,
  published as whole,
  spansOf,
} from '../../../support/report/facts.ts'
import type { Situation } from './situation.ts'

const files = [
  fileOf('data/country=de/members.jsonl', { rows: 41_250, bytes: 8_412_003 }),
  fileOf('data/country=fr/members.jsonl', { rows: 38_007, bytes: 7_790_118 }),
]

export const published: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/country=*/*.jsonl\n!data/country=test/**', publication: 'members' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: withoutFindings(files),
    publish: { publication: 'members', publishFingerprint: 'f8d3ec6273b97038ce83e47789691e87' },
    batches: [batchOf('01JNDQ3V8W51BJK6Z6REW345AQ', { rows: 79_257, bytes: 16_202_121, outcome: whole(79_257) })],
    spans: spansOf([
      ['Find dataset and files', 1_100],
      ['Validate files', 2_400],
      ['Check existing batches', 600],
      ['Upload', 2_800],
      ['Wait for ingestion', 90_500],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
