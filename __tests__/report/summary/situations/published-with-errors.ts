import {
  batchOf,
  datasetOf,
  runInfoOf,
  factsOf,
  fileOf,
  published as whole,
  spansOf,
} from '../../../support/report/facts.ts'
import { finding, validatedFile } from '../../../support/check/validated-file.ts'
import type { Situation } from './situation.ts'

const FILE = 'data/members.jsonl'
const files = [fileOf(FILE, { rows: 10, bytes: 2_048 })]

const cut = finding({
  code: 'integer-fraction',
  fate: 'changed',
  path: '/_acme/loyalty/points',
  places: [{ kind: 'text', line: 4, column: 71 }],
  expected: 'an integer without a fraction',
  received: 'a decimal number',
})

/** The platform took every row, one of them not as it was. */
export const publishedWithErrors: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: FILE, validation: 'warn' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [validatedFile(FILE, cut)],
    batches: [batchOf('01JNDQ3V8W51BJK6Z6REW345AQ', { rows: 10, bytes: 2_048, outcome: whole(10) })],
    spans: spansOf([
      ['Find dataset and files', 1_100],
      ['Validate files', 400],
      ['Upload', 300],
      ['Wait for ingestion', 60_500],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
