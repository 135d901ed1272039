import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordScan, textCheck } from '../../src/schema/record.ts'
import { PLAIN, schemaOf } from './issues-of.ts'

const text = { type: 'string' }
const group = (properties: object) => ({ type: 'object', properties })

const SCHEMA = schemaOf({
  faxPhone: group({ number: text }),
  person: group({ name: group({ suffix: text, first: text }) }),
  phones: { type: 'array', items: group({ number: text, kind: text }) },
})

const deprecated = (property: unknown) => ({
  '@type': 'xdm:descriptorDeprecated',
  'xdm:sourceSchema': SCHEMA['$id'],
  'xdm:sourceVersion': 1,
  'xdm:sourceProperty': property,
})

const RECORD = JSON.stringify({
  faxPhone: { number: '1' },
  person: { name: { suffix: 'Jr', first: 'Jo' } },
  phones: [{ number: '1', kind: 'a' }, { number: '2' }],
})

describe('a field that a descriptor deprecates', () => {
  it.each([
    ['/faxPhone', ['/faxPhone']],
    [
      ['/person/name/suffix', '/faxPhone'],
      ['/faxPhone', '/person/name/suffix'],
    ],
    ['/phones', ['/phones']],
    ['/phones/number', ['/phones/0/number', '/phones/1/number']],
    ['/phones[*]/kind', ['/phones/0/kind']],
    ['/phones/*/kind', ['/phones/0/kind']],
    ['/nothing', []],
    [undefined, []],
    [[7], []],
  ])('by %j is reported at %j', (property, paths) => {
    const schema = compileSchema(SCHEMA, { 'xdm:descriptorDeprecated': [deprecated(property)] })
    const found: string[] = []
    textCheck(schema, PLAIN)(RECORD, ({ code, path }) => found.push(`${code} ${path}`))
    expect(found).toEqual(paths.map((path) => `deprecated-field ${path}`))
    const scan = recordScan(schema, PLAIN)
    expect(scan?.recognise(Buffer.from(`${RECORD}\n`), 0)).toBe(RECORD.length)
    expect(scan?.notes.length).toBe(paths.length)
  })

  it('of another schema is not', () => {
    const other = { ...deprecated('/faxPhone'), 'xdm:sourceSchema': 'https://ns.adobe.com/acme/schemas/other' }
    expect(compileSchema(SCHEMA, [other]).root.fields.get('faxPhone')).toMatchObject({ isDeprecated: false })
  })
})
