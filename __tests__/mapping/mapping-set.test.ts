import { describe, expect, it } from 'vitest'
import { faultText } from '../../src/mapping/fault.ts'
import { readMappingSet } from '../../src/mapping/mapping-set.ts'

const ENTRY = { sourceType: 'ATTRIBUTE', source: 'id', destination: '_id' }
const READ = { number: 1, kind: 'attribute', source: 'id', target: '_id' }
const ANSWERED = {
  ...ENTRY,
  sourceType: 'text/x.schema-path',
  sourceAttribute: 'id',
  destinationXdmPath: '_id',
  identity: true,
}

function entriesOf(text: string) {
  const read = readMappingSet(text)
  if (read.kind === 'faults') throw new Error(read.faults.map(faultText).join('\n'))
  return read.set.entries
}

function faultsOf(text: string): readonly string[] {
  const read = readMappingSet(text)
  return read.kind === 'faults' ? read.faults.map(faultText) : []
}

describe('a mapping set', () => {
  it.each([
    ['the body that creates one', { mappings: [ENTRY] }],
    ['the answer of the API', { id: 'm1', version: 2, mappings: [ANSWERED] }],
    ['a list of mappings', [ENTRY]],
    ['the older form', { xdmVersion: '1.0', mappings: [{ sourceAttribute: 'id', destinationXdmPath: '_id' }] }],
    ['a page with one set', { data: [{ mappings: [ENTRY] }], _page: {} }],
    ['the body of a preview', { data: [{ id: 1 }], mappingSet: { mappings: [ENTRY] } }],
  ])('is read from %s', (_, form) => {
    expect(entriesOf(JSON.stringify(form))).toEqual([READ])
    expect(entriesOf(`\ufeff${JSON.stringify(form, undefined, 2)}`)).toEqual([READ])
  })

  it('is read from the CSV template of the user interface, whatever its columns are called', () => {
    const text = 'Source Field,source_type,Destination Path\nid,ATTRIBUTE,_id\n"concat(a, ""x"")",EXPRESSION,name\n'
    expect(entriesOf(text)).toEqual([READ, { number: 2, kind: 'expression', source: 'concat(a, "x")', target: 'name' }])
  })

  it('keeps id, version and schema', () => {
    const outputSchema = { schemaRef: { id: 'https://ns.adobe.com/acme/schemas/1' } }
    const read = readMappingSet(JSON.stringify({ id: 'm1', version: 2, outputSchema, mappings: [ENTRY] }))
    expect(read).toMatchObject({ set: { id: 'm1', version: 2, schemaId: 'https://ns.adobe.com/acme/schemas/1' } })
  })

  it('names no schema where its id was never filled in', () => {
    const xdmSchema = 'https://ns.adobe.com/{TENANT_ID}/schemas/1'
    expect(readMappingSet(JSON.stringify({ xdmSchema, mappings: [ENTRY] }))).toMatchObject({
      set: { schemaId: undefined },
    })
  })

  it('says which of its switches are ignored', () => {
    const read = readMappingSet(JSON.stringify({ allowNullValues: true, strictMapping: true, mappings: [ENTRY] }))
    const messages = read.kind === 'set' ? read.notes.map(({ message }) => message) : []
    expect(messages).toEqual([
      expect.stringContaining('"allowNullValues" is ignored'),
      expect.stringContaining('"strictMapping" is ignored'),
    ])
  })

  it('tells all faults at once, each by the number of its mapping', () => {
    const mappings = [
      7,
      { ...ENTRY, sourceType: 'MAGIC' },
      ENTRY,
      { source: 'a' },
      { ...ANSWERED, sourceAttribute: 'b' },
    ]
    expect(faultsOf(JSON.stringify({ mappings }))).toEqual([
      'mapping 1: it is not an object',
      'mapping 2: unknown "sourceType" "MAGIC": use ATTRIBUTE, EXPRESSION or STATIC',
      'mapping 4: "destination" is missing',
      'mapping 5: "source" and "sourceAttribute" differ: keep one of them',
    ])
  })

  it.each([
    [
      '{"mappings":[\n {"a":1,}\n]}',
      'line 2, column 9: not valid JSON: expected a name in quotes, found "}"\n     {"a":1,}\n            ^',
    ],
    ['{"mappings":[{"source":"a","source":"b"}]}', 'duplicate key: /mappings/0/source'],
    ['{"mappings":[]}', 'it has no mappings'],
    ['{"mappings":[{"source":" ","destination":"x"}]}', 'mapping 1: "source" is empty'],
    ['source,target,type\n,b,EXPRESSION\n', 'mapping 1: "source" is empty'],
    ['{"id":"m1"}', 'it has no list "mappings"'],
    ['{"data":[{"mappings":[]},{"mappings":[]}]}', 'it holds 2 mapping sets: keep the one to use'],
    ['{"name":"Mapping","params":{"mappingId":"m1"}}', 'it only references mapping set "m1": export the set itself'],
    ['', 'found the header (empty)'],
    ['a,b\n1,2\n', 'found the header "a", "b"'],
    ['source,target\nconcat(a),b\n', 'the source in line 2 is not a plain column name'],
    ['source,"target', 'misplaced quote'],
  ])('%j is refused', (text, message) => {
    const faults = faultsOf(text)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(message)
  })
})
