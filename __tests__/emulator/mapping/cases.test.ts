import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isObject } from '../../../emulator/json.ts'
import { evaluate } from '../../../emulator/mapping/evaluate.ts'
import { MappingFault } from '../../../emulator/mapping/fault.ts'
import { Moment } from '../../../emulator/mapping/moment.ts'
import { parseExpression } from '../../../emulator/mapping/parse.ts'
import { fromJson } from '../../../emulator/mapping/value.ts'
import { at, platformInMemory } from '../platform-in-memory.ts'

type Case = {
  readonly expression?: string | { readonly $repeat: readonly [string, string, number, string] }
  readonly mapping?: unknown
  readonly input: unknown
  readonly schema?: unknown
  readonly required?: readonly string[]
  readonly expected: unknown
}

/** Facts and choices about Data Prep, one a line; the action takes them for right as well. */
const cases = readFileSync(join(import.meta.dirname, '../../mapping/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)

type Outcome = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'refused' }

describe('the emulator’s own reading of Data Prep', () => {
  const platform = platformInMemory()

  it('gives the value of the known cases, or refuses, and never gives another value', async () => {
    const wrong: unknown[] = []
    let right = 0
    for (const one of cases) {
      const outcome = one.expression === undefined ? await mapped(one) : evaluated(one)
      if (outcome.kind === 'refused') continue
      if (isDeepStrictEqual(outcome.value, one.expected)) right += 1
      else wrong.push({ ...one, got: outcome.value })
    }
    expect(wrong).toEqual([])
    expect(right).toBeGreaterThan(155)
  })

  function evaluated({ expression, input }: Case): Outcome {
    try {
      const value = evaluate(parseExpression(textOf(expression)), fromJson(input))
      return { kind: 'value', value: value instanceof Moment ? value.toText() : value }
    } catch (error) {
      if (error instanceof MappingFault) return { kind: 'refused' }
      throw error
    }
  }

  async function mapped({ mapping, input, schema, required, expected }: Case): Promise<Outcome> {
    const { emulator, ...world } = await platform
    const $id = 'https://ns.adobe.com/emutenant/schemas/case'
    emulator.addSchema({ $id, ...withRequired(nodeOf(schema ?? shapeOf(at(expected, 'record') ?? {})), required) })
    const set = Array.isArray(mapping) ? { mappings: mapping } : (at(mapping, 'mappingSet') ?? mapping)
    const whole = { ...Object(set), outputSchema: { schemaRef: { id: $id, contentType: '1.0' } } }
    const body = { data: [input], mappingSet: whole }
    const got = await world.send('POST', '/data/foundation/conversion/mappingSets/preview', { body })
    if (got.status !== 200 || at(got.json, 0, 'errors') !== null) return { kind: 'refused' }
    return { kind: 'value', value: { record: at(got.json, 0, 'data'), warnings: [] } }
  }
})

function textOf(expression: Case['expression']): string {
  if (expression === undefined || typeof expression === 'string') return expression ?? ''
  const [head, unit, count, tail] = expression.$repeat
  return head + unit.repeat(count) + tail
}

/** From the notation of the cases to that of the registry. */
function nodeOf(mini: unknown): object {
  if (Array.isArray(mini)) return { type: 'array', items: nodeOf(mini[0]) }
  if (!isObject(mini)) return { 'meta:xdmType': mini }
  if ('*' in mini) return { type: 'object', additionalProperties: nodeOf(mini['*']) }
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(mini).map(([key, one]) => [key, nodeOf(one)])),
  }
}

/** Of a record without a schema: each value has the type that it came out with. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [shapeOf(value[0])]
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]))
  return typeof value
}

function withRequired(node: object, required: readonly string[] = []): object {
  return { ...node, required: required.filter((path) => !path.includes('.')) }
}
