import { Ajv, type ErrorObject } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Issue } from '../../../src/schema/rules.ts'
import { pointer } from '../../../src/lib/json-pointer.ts'
import type { RuleCode } from '../../../src/schema/rules.ts'
import { issuesIn, schemaOf } from '../issues-of.ts'

type Json = Readonly<Record<string, unknown>>

const group = (properties: Json, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})
const list = (items: Json) => ({ type: 'array', items })
const map = (values: Json) => ({ type: 'object', additionalProperties: values })

const PROPERTIES: Json = {
  _id: { type: 'string' },
  birthDate: { type: 'string', format: 'date' },
  timestamp: { type: 'string', format: 'date-time' },
  'a/b~c': { type: 'boolean' },
  person: group(
    {
      gender: { type: 'string', enum: ['male', 'female'] },
      name: group(
        { first: { type: 'string', minLength: 2, maxLength: 4 }, country: { type: 'string', pattern: '^[A-Z]{2}$' } },
        ['first'],
      ),
    },
    ['gender'],
  ),
  identityMap: map(list(group({ id: { type: 'string' }, primary: { type: 'boolean' } }, ['id']))),
  products: list(
    group({ quantity: { type: 'integer', minimum: 1, maximum: 31 }, price: { type: 'number', exclusiveMinimum: 0 } }, [
      'quantity',
    ]),
  ),
  matrix: list(list({ type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 })),
  _acme: group({ tier: { enum: ['silver'], type: 'string' }, open: { type: 'object' } }),
}

/** Nothing that converts: where XDM takes more than JSON Schema does, there is no second opinion to ask for. */
const SCHEMA = { ...schemaOf(PROPERTIES), required: ['_id', 'timestamp'], additionalProperties: false }

const KEYWORDS: Readonly<Partial<Record<RuleCode, readonly string[]>>> = {
  'unknown-field': ['additionalProperties'],
  'required-missing': ['required'],
  'required-null': ['type'],
  'null-value': ['type'],
  'type-mismatch': ['type'],
  'integer-fraction': ['type'],
  'integer-range': ['minimum', 'maximum'],
  bounds: ['minimum', 'maximum', 'exclusiveMinimum'],
  enum: ['enum'],
  'enum-deep': ['enum'],
  pattern: ['pattern'],
  length: ['minLength', 'maxLength'],
  'date-format': ['format'],
  'date-time-format': ['format'],
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true })
formats.default(ajv, ['date', 'date-time'])
const validate = ajv.compile(SCHEMA)

/** The second opinion: `type /person/gender`. */
function theirs(document: unknown): ReadonlySet<string> {
  validate(document)
  return new Set((validate.errors ?? []).map((error) => `${error.keyword} ${pathOf(error)}`))
}

function pathOf({ instancePath, params }: ErrorObject): string {
  const { missingProperty, additionalProperty } = params as { missingProperty?: string; additionalProperty?: string }
  const name = missingProperty ?? additionalProperty
  return name === undefined ? instancePath : instancePath + pointer([name])
}

const pathsOf = (words: Iterable<string>) => new Set([...words].map((word) => word.slice(word.indexOf(' ') + 1)))

/** Wrong for every field but those of its own kind, and converted by none. */
const odd = fc.constantFrom<unknown>(true, {}, [], { x: 1 }, [[]], null)

/** A value for a node: good ones, ones that break its own rules, and odd ones. */
function mutated(node: Json): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 12, arbitrary: shaped(node) }, { weight: 1, arbitrary: odd })
}

function shaped(node: Json): fc.Arbitrary<unknown> {
  const {
    properties,
    items,
    additionalProperties: values,
  } = node as { properties?: Json; items?: Json; additionalProperties?: Json }
  if (properties !== undefined) return members(properties)
  if (items !== undefined) return fc.array(mutated(items), { maxLength: 3 })
  if (values !== undefined) return fc.dictionary(fc.constantFrom('ECID', 'a/b', '~'), mutated(values), { maxKeys: 2 })
  return fc.constantFrom(...(VALUES[String(node['format'] ?? node['type'])] ?? [{}]))
}

function members(properties: Json): fc.Arbitrary<unknown> {
  const known = Object.fromEntries(Object.entries(properties).map(([name, node]) => [name, mutated(node as Json)]))
  const unknown = fc.dictionary(fc.constantFrom('Person', 'x/y', 'toString'), odd, { maxKeys: 1 })
  return fc.tuple(fc.record(known, { requiredKeys: [] }), unknown).map(([fields, more]) => ({ ...fields, ...more }))
}

const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  string: ['male', 'silver', 'DE', 'J', 'Jo', '👩👩👩👩', '👩👩👩👩👩', 'x'],
  boolean: [true, false],
  number: [1.5, 0, -1],
  integer: [1, 31, 32, 0, 1.5, 2_147_483_648, -2_147_483_649],
  date: ['2024-02-29', '2023-02-29', '1979-01-3', ''],
  'date-time': [
    '2024-02-29T10:00:00Z',
    '2024-02-29T10:00:00+02:00',
    '2024-02-30T10:00:00Z',
    '2024-02-29',
    '2024-02-29T25:00:00Z',
  ],
}

describe('the check and ajv', () => {
  it('find the same places of mutated documents, for the same reasons', () => {
    const codes = new Set<RuleCode>()
    fc.assert(
      fc.property(members(PROPERTIES), (document) => {
        const ours = issuesIn(SCHEMA, document)
        const opinion = theirs(document)
        expect(pathsOf(ours.map(({ path, at = path }) => `x ${at}`))).toEqual(pathsOf(opinion))
        for (const issue of ours) {
          codes.add(issue.code)
          expect(
            reasonsOf(issue).some((reason) => opinion.has(reason)),
            JSON.stringify(issue),
          ).toBe(true)
        }
      }),
      { numRuns: 4000 },
    )
    expect([...codes].toSorted()).toEqual(
      Object.keys(KEYWORDS)
        .filter((code) => code !== 'enum-deep')
        .toSorted(),
    )
  })
})

function reasonsOf({ code, path: shown, at: path = shown }: Issue): readonly string[] {
  return (KEYWORDS[code] ?? []).map((keyword) => `${keyword} ${path}`)
}
