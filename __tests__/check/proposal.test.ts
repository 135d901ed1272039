import { describe, expect, it } from 'vitest'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { productsSchema } from '../../emulator/seed/products-schema.ts'
import { findFlatRows, findWrappedRecords } from '../../src/check/proposal.ts'
import type { CheckedFile } from '../../src/files/read.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { compileMapping } from '../../src/mapping/compile.ts'
import { readMappingSet } from '../../src/mapping/mapping-set.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { crm } from '../support/files/crm.ts'
import { checkedFile } from '../support/check/checked-file.ts'
import { finding, validatedFile } from '../support/check/validated-file.ts'

const DIALECT = { delimiter: ',', quote: '"', escape: '"' }
const HEADER = ['Loyalty ID', 'first_name', 'surname', 'Points', 'remarks']

function csv(header: readonly string[]): CheckedFile {
  const shape = { format: 'csv', header, dialect: DIALECT } as const
  return checkedFile('a.csv', bytesContent(Buffer.from(`${header.join()}\n`)), { format: 'csv', shape })
}

const json = (text: string) => checkedFile('a.jsonl', bytesContent(Buffer.from(text)))

const nested = validatedFile('a', finding({ code: 'schema-nested', fate: 'changed', path: '' }))
const unknown = validatedFile('a', finding({ code: 'unknown-field', fate: 'changed', path: '/first_name' }))

type Case = { readonly examined?: typeof nested; readonly showValues?: boolean; readonly schema?: object }

const ask = (file: CheckedFile, { examined = nested, showValues = false, schema = loyaltySchema }: Case = {}) =>
  findFlatRows({
    files: [file],
    examined: [examined],
    source: { schema, descriptors: undefined },
    showValues,
    isForProfile: false,
  })

describe('flat rows for a nested schema', () => {
  it('of CSV get a mapping set by the names of the columns, which compiles as it is', async () => {
    const flat = await ask(csv(HEADER))
    expect(flat?.proposal?.file).toBe('a.csv')
    expect(flat?.proposal?.mappings).toEqual([
      { column: 'Loyalty ID', target: '_emutenant.loyalty.loyaltyId', certainty: 'certain' },
      { column: 'first_name', target: 'person.name.firstName', certainty: 'certain' },
      { column: 'surname', target: 'person.name.lastName', certainty: 'likely' },
      { column: 'Points', target: '_emutenant.loyalty.points', certainty: 'certain' },
    ])
    expect(flat?.proposal?.unmatched).toEqual(['remarks'])
    const read = readMappingSet(flat?.proposal?.text ?? '')
    if (read.kind === 'faults') throw new Error('It cannot be read')
    const setting = { schema: compileSchema(loyaltySchema), isForProfile: false, isUpsert: false }
    expect(compileMapping(read.set, setting).kind).toBe('compiled')
  })

  it('of a CRM export find what people call fields of XDM', async () => {
    const header = crm.csv.slice(0, crm.csv.indexOf('\n')).replaceAll('"', '').split(',')
    const flat = await ask(csv(header), { schema: crm.schema })
    const found = flat?.proposal?.mappings.map(({ column, target }) => [column, target])
    expect(found).toEqual(
      expect.arrayContaining([
        ['TITLE', 'person.name.courtesyTitle'],
        ['DOB', 'person.birthDate'],
        ['YOB', 'person.birthYear'],
        ['LAT', 'homeAddress._schema.latitude'],
        ['LONG', 'homeAddress._schema.longitude'],
      ]),
    )
    expect(flat?.proposal?.unmatched).toEqual(['CRM_ID', 'ECID_1', 'ECID_2', 'LOYALTY'])
  })

  it('are told the page that explains mappings', async () => {
    expect((await ask(csv(HEADER)))?.advice).toMatch(/docs\/csv-and-mapping\.md.*copy, correct and commit/)
  })

  it.each([
    ['lines', '{"first_name":"Ada","points":7}\n{"x":1}\n'],
    ['an array', ' [ {"first_name":"Ada","points":7} ]'],
    ['pretty-printed objects', '{\n "first_name": "Ada",\n "points": 7\n}\n'],
  ])('of JSON (%s) get one by the names of the first row', async (kind, text) => {
    const shape = {
      format: 'json',
      kind: kind === 'lines' ? 'lines' : kind === 'an array' ? 'array' : 'documents',
    } as const
    const flat = await ask({ ...json(text), shape }, { examined: unknown })
    expect(flat?.proposal?.mappings.map(({ column }) => column)).toEqual(['first_name', 'points'])
  })

  it('of Parquet get one by its columns', async () => {
    const columns = ['first_name', 'points'].map((name) => {
      return { path: [name], meaning: 'string', repetition: 'optional' } as const
    })
    const shape = { format: 'parquet', rows: 1, rowGroups: 1, columns } as const
    const flat = await ask({ ...json(''), format: 'parquet', shape }, { examined: unknown })
    expect(flat?.proposal?.mappings.map(({ column }) => column)).toEqual(['first_name', 'points'])
  })

  it('whose header may be a row get none, unless values may be shown', async () => {
    const file = csv(['first_name', 'jane.doe@example.com'])
    const hidden = await ask(file)
    expect(hidden?.proposal).toBeUndefined()
    expect(hidden?.advice).toContain('with "show-values: true"')
    expect((await ask(file, { showValues: true }))?.proposal?.unmatched).toEqual(['jane.doe@example.com'])
  })

  it('whose header stands in one piece are told the delimiter first', async () => {
    const flat = await ask(csv(['Kundennr;Umsatz (EUR)']), { showValues: true })
    expect(flat).toEqual({
      proposal: undefined,
      advice:
        'The header of "a.csv" is a single column: are its values separated by ";"? Then set "csv-delimiter" to that character.',
    })
  })

  it('of JSON have the names hidden that may be data, and are counted by their position', async () => {
    const flat = await ask(json('{"first_name":"a","jane@example.com":1,"points":2}'), { examined: unknown })
    expect(flat?.proposal?.unmatched).toEqual(['column 2'])
    expect(JSON.stringify(flat)).not.toContain('jane')
  })

  it.each([
    ['a flat schema', csv(HEADER), { schema: productsSchema }],
    ['rows in which nothing was found', csv(HEADER), { examined: validatedFile('a') }],
    ['nested rows', json('{"person":{"name":{"firstName":"Ada"}},"points":1,"tier":2}'), { examined: unknown }],
    ['rows that fit but for a name', json('{"_id":"1","createdByBatchID":"x","points":1}'), { examined: unknown }],
    ['what is no record', json('[1]\n'), { examined: unknown }],
    ['broken JSON', json('{"a":\n'), { examined: unknown }],
  ])('are none: %s', async (_, file, more) => {
    expect(await ask(file, more)).toBeUndefined()
  })
})

describe('an export that is one object around its records', () => {
  const wrapped = (text: string, rows = 1) =>
    findWrappedRecords([checkedFile('shop.json', bytesContent(Buffer.from(text)))], [{ ...unknown, rows }])

  it('is told to be written as a list', async () => {
    expect(await wrapped('{"total":2,"products":[{"sku":"A"},{"sku":"B"}]}')).toBe(
      `"shop.json" is one object around a list, and records are objects in an array, or one per line. Write the list alone, for example with jq -c '.["products"][]'.`,
    )
  })

  it('does not show a name that may be data', async () => {
    const advice = await wrapped('{"Anna Muster, anna@example.com":[{"sku":"A"}]}')
    expect(advice).toMatch(/Write the list alone\.$/)
    expect(advice).not.toContain('anna')
  })

  it.each([
    ['{"products":[]}', 1],
    ['{"tags":["a","b"]}', 1],
    ['{"a":[{}],"b":[{}]}', 1],
    ['{"products":[{"sku":"A"}]}', 2],
    ['{"sku":"A"}', 1],
    ['[1]', 1],
  ])('is none of %s in %d rows', async (text, rows) => {
    expect(await wrapped(text, rows)).toBeUndefined()
  })

  it('is none where the schema defines its fields, or of CSV', async () => {
    const file = checkedFile('shop.json', bytesContent(Buffer.from('{"products":[{"sku":"A"}]}')))
    expect(await findWrappedRecords([file], [{ ...validatedFile('shop.json'), rows: 1 }])).toBeUndefined()
    expect(await findWrappedRecords([csv(['a'])], [{ ...unknown, rows: 1 }])).toBeUndefined()
  })
})
