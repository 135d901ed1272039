import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asStored } from '../../../emulator/ingestion/as-stored.ts'
import { checkRecord } from '../../../emulator/ingestion/check-record.ts'
import { compileSchema as compileThere } from '../../../emulator/ingestion/compile-schema.ts'
import { compileSchema } from '../../../src/schema/compile.ts'
import { recordCheck } from '../../../src/schema/record.ts'
import type { Issue } from '../../../src/schema/rules.ts'
import { parseLossless } from '../../../src/schema/json.ts'
import type { RuleCode } from '../../../src/schema/rules.ts'
import { PLAIN, schemaOf } from '../issues-of.ts'

/**
 * The emulator reads rows by code of its own, and in strict mode refuses what the documents call wrong. It rejects the rows
 * that are predicted here to be rejected, and stores the others whole, but for those predicted to be changed. The two agree
 * on every row but where they mean to differ:
 *
 * - a date-time in a date field: a warning here, since no document says; the emulator refuses it.
 * - `1.0` or `1e3` where a date or a date-time is meant: an error here, since the text is a Double, which converts to
 *   neither; the emulator reads numbers as JavaScript does, and so sees an integer.
 * - numbers that a 64-bit floating-point number can't hold: changed here; the emulator has read them already.
 * - integers whose bounds are printed one too high and that name no type: a short here for ±32768, an int there.
 * - an enum of integers: compared here after conversion (`"05"` is 5), there as text.
 */
const CHANGED_BEFORE: ReadonlySet<RuleCode> = new Set(['number-precision', 'number-range'])
const MEANT_THERE: ReadonlySet<RuleCode> = new Set(['date-with-time'])

type Json = Readonly<Record<string, unknown>>

const xdm = (type: string, rest: Json = {}) => ({ ...rest, type, 'meta:xdmType': type })

const scalars: readonly Json[] = [
  xdm('string'),
  xdm('number'),
  xdm('boolean'),
  { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  { type: 'string', format: 'date-time' },
  ...['byte', 'short', 'int', 'long'].map((type) => ({ type: 'integer', 'meta:xdmType': type })),
  { type: 'integer' },
  { type: 'integer', minimum: 1, maximum: 31 },
  xdm('number', { minimum: 0, exclusiveMaximum: 128 }),
  { type: 'integer', 'meta:xdmType': 'int', exclusiveMinimum: 1, maximum: 32_768 },
  { type: 'string', pattern: '^a$', minLength: 1, maxLength: 2 },
  { type: 'string', format: 'email' },
  { type: 'integer', minimum: -32_768, maximum: 32_768, 'meta:xdmType': 'short' },
  { type: 'string', enum: ['a', '1', '2024-02-29'] },
  { type: 'string', enum: ['a'], default: 'a' },
  { enum: ['a', '1', '2024-02-29'] },
  { type: 'string', 'meta:enum': { a: 'A' } },
]

const NAMES = ['a', 'b', '_id', '_acme', 'timestamp'] as const

const { node } = fc.letrec<{ node: Json; object: Json }>((tie) => ({
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom(...NAMES), tie('node'), { minKeys: 1, maxKeys: 4 }),
      fc.subarray([...NAMES], { maxLength: 1 }),
    )
    .map(([properties, required]) =>
      xdm('object', { properties, required: required.filter((name) => name in properties) }),
    ),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...scalars),
    tie('object'),
    tie('node').map((items) => xdm('array', { items })),
    tie('node').map((values) => ({ type: 'object', 'meta:xdmType': 'map', additionalProperties: values })),
    tie('object').map((object) => ({ allOf: [object, { properties: { b: { type: 'boolean' } }, required: ['b'] }] })),
  ),
}))

const EVENT = 'https://ns.adobe.com/xdm/context/experienceevent'

const properties = fc.dictionary(fc.constantFrom(...NAMES), node, { minKeys: 1, maxKeys: 5 })
const classes = fc.constantFrom(
  {},
  {},
  {},
  { 'meta:extends': ['https://ns.adobe.com/xdm/data/time-series'] },
  { 'meta:class': EVENT },
)

const texts = fc.constantFrom(
  'a',
  '',
  '1',
  '128',
  '-32769',
  '2147483648',
  '9007199254740993',
  '1.5',
  '1e3',
  'true',
  '1979-01-3',
  '2024-02-29',
  '2023-02-29',
  '2024-02-29T10:00:00Z',
  '2024-02-29 10:00:00Z',
  '2024-02-29T10:00:00.1234567891Z',
)
const numbers = fc.constantFrom(
  0,
  1,
  31,
  32,
  127,
  128,
  -129,
  32_768,
  2_147_483_647,
  2_147_483_648,
  1.5,
  -0.25,
  1e12,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  1_700_000_000_000,
)
const scalar = fc.oneof(texts, numbers, fc.boolean(), fc.constant(null))

/** A value for a node: mostly one that fits its shape, so that what lies within is reached; now and then any other. */
function valueFor(schema: Json): fc.Arbitrary<unknown> {
  const odd = fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), fc.dictionary(fc.constantFrom(...NAMES), scalar))
  return fc.oneof({ weight: 20, arbitrary: fitting(schema) }, { weight: 1, arbitrary: odd })
}

function fitting(schema: Json): fc.Arbitrary<unknown> {
  const members = [schema, ...((schema['allOf'] as readonly Json[] | undefined) ?? [])]
  const fields: Json = Object.assign({}, ...members.map((member) => member['properties']))
  if (Object.keys(fields).length > 0) return objectFor(fields)
  const { items, additionalProperties: values } = schema as { items?: Json; additionalProperties?: Json }
  if (items !== undefined) return fc.array(valueFor(items), { maxLength: 3 })
  if (values !== undefined) return fc.dictionary(fc.constantFrom('k', 'a'), valueFor(values), { maxKeys: 2 })
  return fc.oneof({ weight: 12, arbitrary: goodFor(schema) }, { weight: 1, arbitrary: scalar })
}

function goodFor(schema: Json): fc.Arbitrary<unknown> {
  const [first] = (schema['enum'] as readonly unknown[] | undefined) ?? []
  const kind = first === undefined ? String(schema['format'] ?? schema['type']) : 'enum'
  return fc.constantFrom(...(GOOD[kind] ?? [first]))
}

const GOOD: Readonly<Record<string, readonly unknown[]>> = {
  string: ['a', 1, 1.5],
  email: ['a@example.com', 'nobody'],
  number: [1, -0.25, '1e3'],
  boolean: [true, false],
  integer: [1, 31, '5', 7, 8, 9, 2.5],
  date: ['2024-02-29', 1_700_000_000_000],
  'date-time': ['2024-02-29T10:00:00Z', 1_700_000_000_000],
}

function objectFor(fields: Json): fc.Arbitrary<unknown> {
  const model = Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, valueFor(one as Json)]))
  const object = fc.record<Json>(model, { requiredKeys: [] })
  const more = object.map((one) => ({ ...one, unknown: 1 }))
  return fc.oneof({ weight: 20, arbitrary: object }, { weight: 1, arbitrary: more })
}

const samples = fc
  .tuple(properties, classes)
  .map(([fields, rest]) => schemaOf(fields, rest))
  .chain((schema) =>
    fc.tuple(fc.constant(schema), fc.array(fitting(schema), { minLength: 4, maxLength: 12, size: 'max' })),
  )

function issuesHere(schema: Json, record: unknown): readonly Issue[] {
  const issues: Issue[] = []
  recordCheck(compileSchema(schema), PLAIN)(parseLossless(JSON.stringify(record)), (issue) => issues.push(issue))
  return issues
}

function isRejectedHere(issues: readonly Issue[]): boolean {
  return issues.some(({ code, fate }) => MEANT_THERE.has(code) || fate === 'rejected')
}

function isChangedHere(issues: readonly Issue[]): boolean {
  return issues.some(({ code, fate }) => fate === 'changed' && !CHANGED_BEFORE.has(code))
}

/** As JSON, which has no `undefined` and one zero. */
function isStoredAsSent(schema: Json, record: unknown): boolean {
  return JSON.stringify(asStored(compileThere(schema), record)) === JSON.stringify(record)
}

/** What a field that both name differently is called there: `a.b` for `/a/0/b`, since columns have no rows. */
function columnOf({ path }: Issue): string {
  return path
    .split('/')
    .filter((segment) => segment !== '' && !/^\d+$/.test(segment))
    .join('.')
}

describe('the check and the emulator, which share no code', () => {
  it('agree which rows of generated schemas are rejected, and which are changed', () => {
    const seen = { whole: 0, changed: 0, rejected: 0 }
    fc.assert(
      fc.property(samples, ([schema, records]) => {
        for (const record of records) {
          const here = issuesHere(schema, record)
          const there = checkRecord(compileThere(schema), record, 'strict').faults
          if (isRejectedHere(here) !== there.length > 0) expect.fail(JSON.stringify({ schema, record, here, there }))
          const isWhole = there.length === 0 && isStoredAsSent(schema, record)
          if (there.length === 0 && isWhole === isChangedHere(here))
            expect.fail(JSON.stringify({ schema, record, here }))
          seen[there.length > 0 ? 'rejected' : isWhole ? 'whole' : 'changed']++
        }
      }),
      { numRuns: 800 },
    )
    expect(seen.whole).toBeGreaterThan(1000)
    expect(seen.changed).toBeGreaterThan(100)
    expect(seen.rejected).toBeGreaterThan(1000)
  })

  it('name the same columns, where no map is on the way', () => {
    fc.assert(
      fc.property(samples, ([schema, records]) => {
        fc.pre(!JSON.stringify(schema).includes('additionalProperties'))
        for (const record of records) {
          const here = issuesHere(schema, record).filter((issue) => isRejectedHere([issue]))
          const there = checkRecord(compileThere(schema), record, 'strict').faults
          const columns = new Set(there.map(({ column }) => column))
          expect(new Set(here.map(columnOf))).toEqual(columns)
        }
      }),
      { numRuns: 300 },
    )
  })
})
