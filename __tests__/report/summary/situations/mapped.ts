import { datasetOf, factsOf, fileOf, mappingFact, runInfoOf, spansOf } from '../../../support/report/facts.ts'
import { finding, validatedFile } from '../../../support/check/validated-file.ts'
import type { Situation } from './situation.ts'

const FILE = 'data/members.csv'
const files = [fileOf(FILE, { rows: 10 })]

/** `mode: validate` of a CSV file with a mapping, under `validation: warn`. */
export const mapped: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/*', mapping: 'mappings/members.json', mode: 'validate' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [
      validatedFile(
        FILE,
        finding({
          code: 'mapping-error',
          fate: 'changed',
          path: '/person/birthDate',
          places: [
            { kind: 'text', line: 3, column: 14 },
            { kind: 'text', line: 7, column: 12 },
          ],
          expected: 'a date like "dd/MM/yyyy"',
          received: 'a string like "0000-00-0"',
        }),
      ),
    ],
    mapping: mappingFact({ unmapped: ['remarks', 'fax', 'jane.doe@example.com'] }),
    mappedRecords: [
      [{ path: '/person/name/firstName' }, { path: '/person/birthDate' }],
      [{ path: '/person/name/firstName' }],
      [{ path: '/person/birthDate' }],
    ],
    spans: spansOf([['Validate files', 900]]),
  }),
  end: { kind: 'validated', verdict: { fails: false } },
}
