import { expect } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { seededMappingSetIds } from '../../../emulator/seed/ids.ts'
import { MEMBER_SET, mappingSet } from '../../support/files/mapping-sets.ts'
import { NO_REQUEST, describeScenarios } from '../../support/runs/scenario.ts'

const csv = { 'data/a.csv': 'Member No,Birth date,Points,Tier\n1,24/12/1980,1,gold\n' }
const inputs = { mapping: 'maps/members.json', glob: 'data/*.csv', validation: 'error' }
const FAULTY = { exitCode: 1, requests: { 'POST /batches': 0 } }

describeScenarios('a mapping set that cannot be used', {
  'is told with all that is wrong, before a row is read': {
    ...FAULTY,
    files: {
      ...csv,
      'data/a.csv': 'No header at all',
      'maps/members.json': mappingSet(
        ['Member No', '_emutenant.loyalty.loyaltyID'],
        ['lower(Tier', '_emutenant.loyalty.tier', 'EXPRESSION'],
        ['Points', '_emutenant.loyalty.points'],
        ['Points', '_emutenant.loyalty.points'],
      ),
    },
    inputs,
    error: [
      'Cannot use the mapping set "maps/members.json": 3 errors',
      /mapping 1 .*loyaltyId/,
      /mapping 2 .*column 11/,
      'mapping 4',
    ],
  },
  'reads a column that a file does not have': {
    ...FAULTY,
    files: { ...csv, 'data/b.csv': 'Member No,Birthdate,Points\n1,,\n', 'maps/members.json': MEMBER_SET },
    inputs,
    outputs: { outcome: 'invalid' },
    log: [
      /Cannot publish 1 file; nothing was sent.*"data\/b.csv" does not fit the mapping: mapping 2 .*no column is named "Birth date": did you mean "Birthdate"\?/,
      /"data\/b.csv" does not fit the mapping: mapping 4 .*no column is named "Tier"/,
    ],
    annotations: expect.arrayContaining([expect.objectContaining({ file: 'data/b.csv', line: 1 })]) as never,
  },
  'reads columns that the file separates by another delimiter': {
    ...FAULTY,
    files: {
      'data/a.csv': 'Member No;Birth date;Points;Tier\n1;24/12/1980;1,5;gold\n',
      'maps/members.json': MEMBER_SET,
    },
    inputs,
    outputs: { outcome: 'invalid' },
    log: ['are its values separated by ";"? Then set "csv-delimiter"', 'Correct "csv-delimiter", or the header'],
    notInLog: ['no column is named'],
  },
  'is not there': {
    ...FAULTY,
    files: csv,
    inputs,
    error: [
      '"mapping" is "maps/members.json"; allowed: the path',
      'Cannot use "maps/members.json": there is no such file',
    ],
  },
  'is a pointer of git-LFS': {
    ...FAULTY,
    files: { ...csv, 'maps/members.json': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n' },
    inputs,
    error: ['"mapping" is "maps/members.json"', 'git-LFS pointer'],
  },
  'is an HTML page, as a download behind a login writes': {
    ...FAULTY,
    files: { ...csv, 'maps/members.json': '<!DOCTYPE html><html><body>Log in</body></html>' },
    inputs,
    error: ['"mapping" is "maps/members.json"', 'It is an HTML page'],
  },
  'is in UTF-16': {
    ...FAULTY,
    files: { ...csv, 'maps/members.json': Buffer.from(`\ufeff${MEMBER_SET}`, 'utf16le') },
    inputs,
    error: ['"mapping" is "maps/members.json"', 'It is not UTF-8 text'],
  },
  'is one of the files to publish': {
    ...FAULTY,
    files: { 'data/a.json': '[{"Member No":"1"}]', 'data/map.json': MEMBER_SET },
    inputs: { ...inputs, mapping: './data/map.json', glob: 'data/*.json' },
    error: [
      'Cannot publish "data/map.json": it is the mapping set of this step',
      'Exclude it in "glob", with a line "!data/map.json"',
    ],
  },
  'goes with a schema that is one of the files to publish': {
    ...FAULTY,
    files: {
      'data/a.json': '[{"Member No":"1"}]',
      'data/s.json': JSON.stringify(loyaltySchema),
      'map.json': MEMBER_SET,
    },
    inputs: { ...inputs, mapping: 'map.json', glob: 'data/*.json', mode: 'validate', 'schema-file': 'data/s.json' },
    error: ['Cannot publish "data/s.json": it is the schema of this step'],
  },
  'is a file of the data without a header, which is not shown': {
    ...FAULTY,
    files: { 'data/a.csv': 'ann.lovelace@example.com,+44 20 7946 0018\n' },
    inputs: { ...inputs, mapping: 'data/a.csv', glob: 'data/*.csv' },
    error: ['found the header of 2 columns, whose names may be data'],
    notInLog: ['ann.lovelace'],
  },
  'is outside the workspace': {
    ...FAULTY,
    files: csv,
    inputs: { ...inputs, mapping: '../members.json' },
    error: ['"mapping" is "../members.json"; allowed: the path of a mapping set inside the workspace'],
    requests: NO_REQUEST,
  },
  'is together with "multiline-json: keep"': {
    ...FAULTY,
    files: csv,
    inputs: { ...inputs, 'multiline-json': 'keep' },
    error: ['"multiline-json" is "keep", and "mapping" is given'],
    requests: NO_REQUEST,
  },
  'has an id that Data Prep does not know': {
    ...FAULTY,
    files: csv,
    inputs: { ...inputs, mapping: '0'.repeat(32) },
    error: ['Data Prep does not know it', `GET /data/foundation/conversion/mappingSets/${'0'.repeat(32)}`],
  },
  'has an id that may not be read': {
    ...FAULTY,
    files: csv,
    inputs: { ...inputs, mapping: seededMappingSetIds.members },
    faults: [{ path: '/**/mappingSets/**', times: 0, effect: { kind: 'answer', status: 403 } }],
    error: [
      `GET /data/foundation/conversion/mappingSets/${seededMappingSetIds.members}`,
      '403',
      'Adobe names no permission for mapping sets',
    ],
  },
  'has an id, and the answer is a redirect': {
    ...FAULTY,
    files: csv,
    inputs: { ...inputs, mapping: seededMappingSetIds.members },
    faults: [{ path: '/**/mappingSets/**', times: 0, effect: { kind: 'answer', status: 302 } }],
    error: ['302', 'the action does not follow redirects. Alternative: store the answer of GET'],
  },
  'is named by its id where nobody is asked': {
    ...FAULTY,
    files: { ...csv, 'schema.json': JSON.stringify(loyaltySchema) },
    inputs: { ...inputs, mapping: seededMappingSetIds.members, mode: 'validate', 'schema-file': 'schema.json' },
    error: ['"mapping" is an id; allowed: the path of a mapping set'],
    requests: NO_REQUEST,
  },
  'has a regular expression without end': {
    ...FAULTY,
    files: {
      'data/a.csv': `Text\n${'a'.repeat(60)}!\n`,
      'maps/members.json': mappingSet([
        'iif(matches_regex(Text, "^(a+)+$"), "a", "b")',
        '_emutenant.loyalty.loyaltyId',
        'EXPRESSION',
      ]),
    },
    inputs,
    error: ['mapping 1 (→ _emutenant.loyalty.loyaltyId) took longer than 10 s for one row'],
  },
})
