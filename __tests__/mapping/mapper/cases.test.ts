import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { PlacedFault, ValueFault } from '../../../src/mapping/fault.ts'
import { recordText } from '../../../src/mapping/mapper.ts'
import { recordCheck } from '../../../src/schema/record.ts'
import { type MiniSchema, evaluated, faultsOf, mapRow, mapperOf, openSchema, schemaOfMini } from '../mapped.ts'

type Repeated = { readonly $repeat: readonly [string, string, number, string] }

type DataPrepCase = {
  readonly area: string
  readonly expression?: string | Repeated
  readonly mapping?: unknown
  readonly input: Readonly<Record<string, unknown>>
  readonly schema?: MiniSchema
  readonly required?: readonly string[]
  readonly expected: unknown
  readonly certainty: string
}

const lines = readFileSync(join(import.meta.dirname, '../cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
const cases = lines.map((line, at) => ({ at: at + 1, ...(JSON.parse(line) as DataPrepCase) }))

function textOf(expression: string | Repeated): string {
  if (typeof expression === 'string') return expression
  const [head, unit, count, tail] = expression.$repeat
  return head + unit.repeat(count) + tail
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
}

/** Null, a value, or what kind of error there is: one of the language, or one of the values. */
function outcomeOf(expression: string, input: DataPrepCase['input']): unknown {
  try {
    return evaluated(expression, input)
  } catch (error) {
    if (error instanceof ValueFault) return 'column'
    if (error instanceof PlacedFault) return error.code
    throw error
  }
}

/** What is wrong with constants alone may be told before a row is read. */
const ERRORS: Readonly<Record<string, readonly string[]>> = {
  compile: ['syntax', 'refused'],
  refused: ['syntax', 'refused', 'value'],
  column: ['column', 'value'],
}

describe('the cases of Data Prep', () => {
  it('are all there', () => expect(cases).toHaveLength(480))

  it.each(cases.filter((one) => one.expression !== undefined).map((one) => [one.at, one.area, one] as const))(
    '%i: an expression of "%s" has its value',
    (_, __, { expression = '', input, expected }) => {
      const text = textOf(expression)
      const outcome = outcomeOf(text, input)
      const [error, match] = [memberOf(expected, '$error'), memberOf(expected, '$match')]
      if (typeof error === 'string') expect(ERRORS[error]).toContain(outcome)
      else if (typeof match === 'string') expect(String(outcome)).toMatch(new RegExp(match))
      else expect(outcome, text).toEqual(expected)
    },
  )

  it.each(cases.filter((one) => one.mapping !== undefined).map((one) => [one.at, one.area, one] as const))(
    '%i: a mapping of "%s" gives its record',
    (_, __, { mapping, input, schema: mini, required = [], expected }) => {
      const schema = mini === undefined ? openSchema() : schemaOfMini(mini, { required })
      const error = memberOf(expected, '$error')
      const faults = faultsOf(mapping, { schema })
      if (typeof error === 'string' && error !== 'row') {
        expect(faults).not.toEqual([])
        return
      }
      expect(faults).toEqual([])
      const mapper = mapperOf(mapping, { schema })
      const row = mapRow(mapper, input)
      if (error === 'row') {
        const codes: string[] = []
        recordCheck(schema, { showValues: false, isForProfile: false })(row.record, ({ code }) => codes.push(code))
        expect(codes).toEqual(['required-missing'])
        return
      }
      const failed = row.faults.map((fault) => targetOf(mapping, fault.mapping))
      expect({ record: JSON.parse(recordText(row)), warnings: failed }).toEqual(expected)
    },
  )
})

function targetOf(mapping: unknown, number: number): unknown {
  const list = Array.isArray(mapping) ? mapping : (memberOf(mapping, 'mappings') as readonly unknown[])
  return memberOf(list[number - 1], 'destination')
}
