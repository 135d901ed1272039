import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { recordText } from '../../../src/mapping/mapper.ts'
import { compileSchema } from '../../../src/schema/compile.ts'
import { crm } from '../../support/files/crm.ts'
import { mapRow, mapperOf } from '../mapped.ts'

const rows = parse(crm.csv, { columns: true }) as readonly Readonly<Record<string, string>>[]

it('an export of a CRM becomes the records that somebody wrote by hand, but for dates that are none', () => {
  const header = Object.keys(rows[0] ?? {})
  const mapper = mapperOf(JSON.parse(crm.mapping), { schema: compileSchema(crm.schema), run: { header } })
  const mapped = rows.map((row) => mapRow(mapper, filled(row)))
  expect(mapped.map((one) => JSON.parse(recordText(one)) as unknown)).toEqual(crm.records)
  expect(mapped.map(({ faults }) => faults.map(({ path }) => path))).toEqual([
    [],
    ['/person/birthDate'],
    ['/person/birthDate'],
    [],
    ['/person/birthDate'],
  ])
})

/** As the reader of CSV gives a row. */
function filled(row: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ''))
}
