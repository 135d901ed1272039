import { expect, it } from 'vitest'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { mappingSet } from '../../support/files/mapping-sets.ts'
import { validateOffline } from '../../support/check/validated.ts'

const ID = '_emutenant.loyalty.loyaltyId'
const SET = mappingSet(
  ['No', ID],
  ['attributes', '_emutenant.loyalty.attributes'],
  ['to_integer(Text)', '_emutenant.loyalty.points', 'EXPRESSION'],
  ['matches_regex(Text, Pattern)', '_emutenant.loyalty.newsletter', 'EXPRESSION'],
  ['date(Text, Pattern)', '_emutenant.loyalty.memberSince', 'EXPRESSION'],
  ['get_keys(attributes)', '_emutenant.loyalty.tags', 'EXPRESSION'],
  ['Text', '_emutenant.loyalty.tier'],
  ['Text', 'personalEmail.address'],
)
/** In no hash, name or path of a run. */
const SECRET = 'zqxjkvw'
const row = (pattern: string) => ({
  No: '1',
  attributes: { [`${SECRET} ${SECRET}@example.com`]: [SECRET], fine: SECRET },
  Text: SECRET,
  Pattern: `${pattern}${SECRET}`,
})
const DATA = ['(', '\\h', 'yyyy b', '[a[b]]'].map((pattern) => `${JSON.stringify(row(pattern))}\n`).join('')
const files = { 'maps/a.json': SET, 'data/a.jsonl': `${DATA}{"No":"2","${SECRET}":"x","${SECRET}":"y"}\n` }
const inputs = { mapping: 'maps/a.json', glob: 'data/*', validation: 'warn' }

it.each(['validate', 'plan', 'publish'])(
  'no text of %s shows a value, a key or a pattern of the rows',
  async (mode) => {
    await using platform = await localPlatform()
    const run = await platform.publish({ files, inputs: { ...inputs, mode, 'error-threshold': '100' } })
    expect(run.log).toContain('title=mapping-error')
    const sinks = { log: run.log, stepSummary: run.summary, outputs: JSON.stringify(run.outputs), ...run.kept }
    const telling = Object.entries(sinks).filter(([, text]) => text.includes(SECRET))
    expect(telling.map(([name]) => name)).toEqual([])
  },
)

const warnings = (log: string) => log.split('\n').filter((line) => line.startsWith('::warning::'))

it('what a mapping may have got wrong is a warning with its count', async () => {
  const set = mappingSet(['No', ID], ['Nmae', 'person.name.firstName'], ['Born', 'person.birthDate'])
  const run = await validateOffline(loyaltySchema, {
    files: {
      'map.json': set,
      'data/a.jsonl': '{"No":"1","Born":"03/05/2024"}\n{"No":"2","Born":"04/05/2024"}\n{"Name":"Ann"}\n',
    },
    inputs: { mapping: 'map.json' },
  })
  expect(warnings(run.log)).toEqual([
    '::warning::mapping 3 (→ person.birthDate): read 2 dates like 03/05/2024 or 03052024 as month, then day. If the day comes first, use date() with a pattern',
    '::warning::mapping 2 (→ person.name.firstName): no row has a value. Check the spelling of its fields',
    '::warning::The mapping gave an empty record for 1 row: no mapping found a value there',
  ])
})

it('a column of a CSV file may be empty in all rows, which is no warning', async () => {
  const run = await validateOffline(loyaltySchema, {
    files: { 'map.json': mappingSet(['No', ID], ['Name', 'person.name.firstName']), 'data/a.csv': 'No,Name\n1,\n' },
    inputs: { mapping: 'map.json' },
  })
  expect(warnings(run.log)).toEqual([])
  expect(run.log).toContain('mapping 2 (→ person.name.firstName): no row has a value')
})
