import { InvalidRecords } from '../../../../src/check/judge.ts'
import { datasetOf, factsOf, fileOf, runInfoOf, spansOf } from '../../../support/report/facts.ts'
import { finding, validatedFile } from '../../../support/check/validated-file.ts'
import type { Situation } from './situation.ts'

const FILE = 'data/members.csv'
const files = [fileOf(FILE, { rows: undefined })]

const error = new InvalidRecords(
  [
    'Validation failed, nothing was sent: 3 of 3 rows (100 %) would be stored incomplete or changed',
    `- "${FILE}": 3 changed of 3 rows`,
  ].join('\n'),
  {
    remedy:
      'The rows are flat, and the schema is nested: set "mapping" to a mapping set (docs/csv-and-mapping.md). The report and the job summary propose a mapping set to copy, correct and commit.',
  },
)

const set = {
  outputSchema: {
    schemaRef: {
      id: 'https://ns.adobe.com/acme/schemas/1',
      contentType: 'application/vnd.adobe.xed-full+json;version=1',
    },
  },
  mappings: [
    { sourceType: 'ATTRIBUTE', source: 'first_name', destination: 'person.name.firstName' },
    {
      sourceType: 'ATTRIBUTE',
      source: 'Email',
      destination: 'personalEmail.address',
      description: 'likely: please check',
    },
  ],
}

export const flatRows: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/*' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [
      validatedFile(
        FILE,
        finding({
          code: 'schema-nested',
          fate: 'changed',
          path: '',
          expected: 'a flat schema',
          received: 'a schema with nested fields',
          hint: 'map the columns with a mapping set: docs/csv-and-mapping.md',
        }),
      ),
    ],
    proposal: {
      file: FILE,
      mappings: [
        { column: 'first_name', target: 'person.name.firstName', certainty: 'certain' },
        { column: 'Email', target: 'personalEmail.address', certainty: 'likely' },
      ],
      unmatched: ['internal_note', 'fax'],
      missing: ['no mapping fills _acme.loyalty.loyaltyId, which the schema requires'],
      text: `${JSON.stringify(set, undefined, 2)}\n`,
    },
    spans: spansOf([
      ['Find dataset and files', 1_300],
      ['Validate files', 900],
    ]),
  }),
  end: { kind: 'stopped', error },
}
