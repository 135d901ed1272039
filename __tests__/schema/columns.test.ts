import { describe, expect, it } from 'vitest'
import { checkColumns, type Column } from '../../src/schema/columns.ts'
import { checkHeader } from '../../src/schema/columns.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import type { ColumnType } from '../../src/schema/columns.ts'
import type { Issue } from '../../src/schema/rules.ts'
import { schemaOf } from './issues-of.ts'
import { tookMs } from '../support/time/took.ts'

const text = { type: 'string', 'meta:xdmType': 'string' }
const list = (items: object) => ({ type: 'array', items })
const group = (properties: object, required: readonly string[] = []) => ({ type: 'object', properties, required })

const FIELDS = {
  string: text,
  byte: { type: 'integer', 'meta:xdmType': 'byte' },
  int: { type: 'integer', 'meta:xdmType': 'int' },
  long: { type: 'integer', 'meta:xdmType': 'long' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  'date-time': { type: 'string', format: 'date-time' },
  object: group({ a: text }),
  array: list(text),
  map: { type: 'object', additionalProperties: text },
}

function issuesOf(schema: unknown, columns: readonly Column[]): readonly Issue[] {
  const issues: Issue[] = []
  checkColumns(compileSchema(schema), { columns, showValues: false }, (issue) => issues.push(issue))
  return issues
}

const column = (path: string, type: ColumnType = 'string', repetition: Column['repetition'] = 'optional'): Column => ({
  path: path.split('.'),
  type,
  repetition,
})

const words = (issues: readonly Issue[]) => issues.map(({ code, path }) => `${code} ${path}`)

/** "Data conversion matrix" of the batch ingestion guide, row by row. */
const MATRIX: Readonly<Record<Exclude<ColumnType, 'other'>, readonly (keyof typeof FIELDS)[]>> = {
  string: ['string', 'byte', 'int', 'long', 'number', 'date', 'date-time'],
  byte: ['string', 'byte', 'int', 'long', 'number'],
  short: ['string', 'byte', 'int', 'long', 'number'],
  integer: ['string', 'byte', 'int', 'long', 'number'],
  long: ['string', 'byte', 'int', 'long', 'number', 'date', 'date-time'],
  double: ['string', 'byte', 'int', 'long', 'number'],
  boolean: ['boolean'],
  date: ['date'],
  'date-time': ['date-time'],
}

describe('a Parquet column', () => {
  for (const [type, taken] of Object.entries(MATRIX)) {
    it.each(Object.keys(FIELDS))(`of type ${type} becomes %s as the matrix says`, (field) => {
      const isTaken = (taken as readonly string[]).includes(field)
      const issues = issuesOf(schemaOf(FIELDS), [column(field, type as ColumnType)])
      expect(words(issues)).toEqual(isTaken ? [] : [`type-mismatch /${field}`])
    })
  }

  it('of an unusual type is doubtful', () => {
    expect(words(issuesOf(schemaOf(FIELDS), [column('number', 'other')]))).toEqual(['column-type /number'])
    expect(words(issuesOf(schemaOf(FIELDS), [column('object', 'other')]))).toEqual(['type-mismatch /object'])
  })

  const nested = schemaOf({
    tags: list(text),
    counts: list({ type: 'integer' }),
    items: list(group({ sku: text, tags: list(text) }, ['sku'])),
    matrix: list(list({ type: 'number' })),
    identityMap: { type: 'object', additionalProperties: list(group({ id: text, primary: { type: 'boolean' } })) },
    extra: { type: 'object', properties: {} },
    list: group({ element: text }),
    anything: {},
  })

  it.each([
    [column('tags.list.element')],
    [column('tags.bag.array_element')],
    [column('tags.array', 'string', 'repeated')],
    [column('tags', 'string', 'repeated')],
    [column('counts.list.element', 'integer')],
    [column('items.list.element.sku')],
    [column('items.sku')],
    [column('matrix.list.element.list.element', 'double')],
    [column('identityMap.key_value.key', 'string', 'required')],
    [column('identityMap.map.value.list.element.primary', 'boolean')],
    [column('extra.a.b')],
    [column('anything')],
    [column('anything.list.element')],
    [column('list.element')],
  ])('at %j is found in the schema', (one) => {
    const issues = issuesOf(nested, [one]).filter(({ code }) => code !== 'required-missing')
    expect(issues).toEqual([])
  })

  it.each([
    [column('tags'), 'type-mismatch /tags'],
    [column('tags.list.element.a'), 'type-mismatch /tags'],
    [column('counts.list.element', 'boolean'), 'type-mismatch /counts'],
    [column('items.list.element.SKU'), 'unknown-field /items/SKU'],
    [column('identityMap.ECID.list.element.id'), 'type-mismatch /identityMap'],
    [column('identityMap.key_value.value.list.element.primary'), 'type-mismatch /identityMap/value/primary'],
    [column('Tags.list.element'), 'unknown-field /Tags'],
    [column('list'), 'type-mismatch /list'],
  ])('at %j does not fit', (one, issue) => {
    expect(words(issuesOf(nested, [one])).filter((word) => !word.startsWith('required'))).toEqual([issue])
  })

  it('is told what it was likely meant to be', () => {
    expect(issuesOf(nested, [column('Tags.list.element')])[0]?.hint).toBe('did you mean "tags"?')
  })

  it('of an unknown group is told once', () => {
    const issues = issuesOf(nested, [column('other.a'), column('other.b'), column('other.c.d')])
    expect(words(issues)).toEqual(['unknown-field /other'])
  })

  it('must not stand twice', () => {
    expect(words(issuesOf(nested, [column('anything'), column('anything')]))).toEqual(['column-duplicate /anything'])
  })
})

describe('required columns', () => {
  const required = schemaOf(
    {
      id: text,
      person: group({ first: text, last: text }, ['last']),
      items: list(group({ sku: text, n: text }, ['sku'])),
    },
    { required: ['id'] },
  )

  it.each([
    [['id'], []],
    [['person.last'], ['required-missing /id']],
    [['id', 'person.first'], ['required-missing /person/last']],
    [['id', 'items.list.element.n'], ['required-missing /items/sku']],
  ])('are missing from %j where the group around them is there', (paths, issues) => {
    expect(
      words(
        issuesOf(
          required,
          paths.map((path) => column(path)),
        ),
      ),
    ).toEqual(issues)
  })
})

describe('a CSV header', () => {
  const flat = schemaOf(
    { _0a1b: group({ id: text, name: text, born: { type: 'string', format: 'date' } }, ['id']) },
    { 'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc'], 'meta:datasetNamespace': '_0a1b' },
  )

  const headerIssues = (schema: unknown, header: readonly string[]) => {
    const issues: Issue[] = []
    checkHeader(compileSchema(schema), { header, showValues: false }, (issue) => issues.push(issue))
    return issues
  }

  it.each([
    ['id,name,born', []],
    ['born,id,name', []],
    ['id,name', ['column-missing /born']],
    ['name,born', ['required-missing /id']],
    ['id,name,born,born', ['column-duplicate /born']],
    ['id,name,born,other', ['unknown-field /other']],
    ['id,name,born,', ['column-empty /column 4']],
    ['', ['header-empty ']],
    [',,', ['header-empty ']],
  ])('of %s is compared with the fields of a flat schema', (header, issues) => {
    expect(words(headerIssues(flat, header.split(',')))).toEqual(issues)
  })

  it.each([
    ['id;name;born', ';'],
    ['id\tname', '\\t'],
    ['id|name', '|'],
    ['id,name', ','],
  ])('in one piece, %j, is told which delimiter it may have', (name, delimiter) => {
    const [issue] = headerIssues(flat, [name])
    expect(issue).toMatchObject({
      code: 'unknown-field',
      hint: expect.stringContaining(`"${delimiter}"? Then set "csv-delimiter"`),
    })
  })

  it('in one piece is told so, too, where the schema is nested', () => {
    const nested = schemaOf({ person: group({ name: text }) })
    expect(headerIssues(nested, ['id;name'])).toMatchObject([
      { code: 'schema-nested', hint: expect.stringContaining('";"? Then set "csv-delimiter"') },
    ])
    expect(headerIssues(nested, ['id', 'name'])).toMatchObject([
      { code: 'schema-nested', hint: expect.stringContaining('map the columns with a mapping set') },
    ])
  })

  it('of several columns, or without such a sign, has the delimiter that it was read with', () => {
    for (const header of [['na;me', 'id'], ['idd']]) {
      const hints = headerIssues(flat, header).map(({ hint = '' }) => hint)
      expect(hints.filter((hint) => hint.includes('csv-delimiter'))).toEqual([])
    }
  })

  it('that may be a first row of values is told by the place of its columns', () => {
    const header = ['id', 'Anna Muster', 'born', 'anna@example.com']
    expect(words(headerIssues(flat, header))).toEqual([
      'unknown-field /column 2',
      'unknown-field /column 4',
      'column-missing /name',
    ])
    const issues: Issue[] = []
    checkHeader(compileSchema(flat), { header, showValues: true }, (issue) => issues.push(issue))
    expect(words(issues)).toContain('unknown-field /anna@example.com')
  })

  it('is told what a column was likely meant to be', () => {
    expect(headerIssues(flat, ['ID', 'name', 'born'])[0]).toMatchObject({ path: '/ID', hint: 'did you mean "id"?' })
  })

  it('with a blank in a name that the schema has is doubtful', () => {
    expect(words(headerIssues(schemaOf({ 'first name': text }), ['first name']))).toEqual(['column-blank /first name'])
  })

  it('fits no nested schema', () => {
    expect(words(headerIssues(schemaOf({ a: text, b: group({ c: text }) }), ['a']))).toEqual(['schema-nested '])
    expect(words(headerIssues(schemaOf({ a: text }), ['a']))).toEqual([])
  })
})

describe('40,000 columns', () => {
  const NAMES = Array.from({ length: 40_000 }, (_, at) => `column${at}`)
  const wide = (names: readonly string[]) =>
    compileSchema(schemaOf(Object.fromEntries(names.map((name) => [name, text]))))
  const parquet = NAMES.map((name): Column => ({ path: [name], type: 'string', repetition: 'optional' }))

  it.each([
    ['that the schema has', wide(NAMES), 0],
    ['that the schema does not have', wide(Array.from({ length: 2_000 }, (_, at) => `field${at}`)), 40_000],
  ])('%s are compared with it in no more than moments, in CSV and in Parquet', async (_, schema, unknown) => {
    const issues: Issue[] = []
    const report = (issue: Issue) => void issues.push(issue)
    const ms = await tookMs(() => {
      checkHeader(schema, { header: NAMES, showValues: false }, report)
      checkColumns(schema, { columns: parquet, showValues: false }, report)
    })
    expect(issues.filter(({ code }) => code === 'unknown-field')).toHaveLength(2 * unknown)
    expect(ms).toBeLessThan(10_000)
  })
})

describe('what becomes of rows whose columns do not fit', () => {
  const schema = compileSchema(schemaOf({ id: text, born: { type: 'string', format: 'date' } }, { required: ['id'] }))
  const fates = (look: (report: (issue: Issue) => void) => void) => {
    const found: string[] = []
    look(({ code, fate }) => found.push(`${code} ${fate}`))
    return found
  }

  it.each([
    [
      ['born', 'colour'],
      ['unknown-field changed', 'required-missing changed'],
    ],
    [['', ''], ['header-empty fails-batch']],
  ])('of CSV with the header %j: no row of it is dropped', (header, expected) => {
    expect(fates((report) => checkHeader(schema, { header, showValues: false }, report))).toEqual(expected)
  })

  it('of Parquet: a type that does not convert fails the batch, a required column that is absent rejects the rows', () => {
    const columns: readonly Column[] = [
      { path: ['born'], type: 'integer', repetition: 'optional' },
      { path: ['colour'], type: 'string', repetition: 'optional' },
    ]
    expect(fates((report) => checkColumns(schema, { columns, showValues: false }, report))).toEqual([
      'type-mismatch fails-batch',
      'unknown-field changed',
      'required-missing rejected',
    ])
  })
})
