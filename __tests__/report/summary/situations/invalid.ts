import { InvalidRecords } from '../../../../src/check/judge.ts'
import { datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/facts.ts'
import { validatedFile, finding } from '../../../support/validated-file.ts'
import type { Situation } from './situation.ts'

const places = [{ kind: 'text', line: 7, column: 154 }] as const
const PARQUET = 'data/members.parquet'
const files = [fileOf('data/eu.jsonl', { rows: 1_400 }), fileOf('data/us.jsonl', { rows: 90 }), fileOf(PARQUET)]

const error = new InvalidRecords(
  [
    'Cannot publish these rows; nothing was sent:',
    '- "data/eu.jsonl": 1,312 bad rows of 1,400 rows',
    '- "data/members.parquet": 1 bad row of 100 rows',
    '1,313 bad rows of 1,590 rows (82.6 %), and "error-threshold" allows 0 %: the platform would fail the batch',
  ].join('\n'),
  {
    remedy:
      'Correct them where the annotations and the report point. To publish all the same: "validation: warn", or a higher "error-threshold".',
  },
)

export const invalid: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/*' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [
      validatedFile(
        'data/eu.jsonl',
        finding({ places, count: 1_312, received: 'a string', hint: 'did you mean "gold"?' }),
        finding({
          code: 'null-value',
          level: 'warning',
          path: '/email',
          places,
          expected: 'the field to be left out',
          received: 'null',
        }),
      ),
      validatedFile('data/us.jsonl'),
      validatedFile(
        PARQUET,
        finding({
          code: 'required-missing',
          path: '/_id',
          places: [{ kind: 'row', row: 4 }],
          expected: 'a value',
          received: 'none',
        }),
      ),
    ],
    spans: spansOf([
      ['Find the dataset and the files', 1_300],
      ['Check the files', 900],
    ]),
  }),
  end: { kind: 'stopped', error },
}
