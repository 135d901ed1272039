import { InvalidRecords } from '../../../../src/check/judge.ts'
import { datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/report/facts.ts'
import { validatedFile, finding } from '../../../support/check/validated-file.ts'
import type { Situation } from './situation.ts'

const places = [{ kind: 'text', line: 7, column: 154 }] as const
const PARQUET = 'data/members.parquet'
const files = [fileOf('data/eu.jsonl', { rows: 1_400 }), fileOf('data/us.jsonl', { rows: 90 }), fileOf(PARQUET)]

const error = new InvalidRecords(
  [
    'Validation failed, nothing was sent: 1,301 of 1,590 rows (81.82 %) would be rejected ("error-threshold" allows 0 %): the batch is expected to fail; and 12 of 1,590 rows (0.75 %) would be stored incomplete or changed',
    '- "data/eu.jsonl": 1,300 rejected, 12 changed of 1,400 rows',
    '- "data/members.parquet": 1 rejected of 100 rows',
  ].join('\n'),
  {
    remedy:
      'Fix the annotated rows. To publish anyway, including rows that are stored incomplete or changed: "validation: warn", and "error-threshold: 81.83" or higher for the rejected rows.',
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
        finding({ places, count: 1_300, received: 'a string', hint: 'did you mean "gold"?' }),
        finding({
          code: 'unknown-field',
          fate: 'changed',
          path: '/e-mail',
          places,
          count: 12,
          expected: 'a field of the schema',
          received: 'a string',
          hint: 'did you mean "email"?',
        }),
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
      ['Find dataset and files', 1_300],
      ['Validate files', 900],
    ]),
  }),
  end: { kind: 'stopped', error },
}
