import { describe, expect, it } from 'vitest'
import { checkExpression } from '../../../src/mapping/expression/check.ts'
import { parseExpression } from '../../../src/mapping/expression/parse.ts'
import { documentedFunctions, refusedFunctions } from '../../../src/mapping/functions/table.ts'
import { evaluated, mapRow, mapperOf } from '../mapped.ts'

const functions = documentedFunctions()
const examples = functions.flatMap(({ name, examples: of }) =>
  of.map(([text, result]) => [name, text, result] as const),
)

describe('the table of functions', () => {
  it('has the documented functions, each name once', () => {
    const names = functions.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(DOCUMENTED))
  })

  it.each(examples)('shows of %s an example that is true: %s', (_, text, result) => {
    expect(evaluated(text)).toEqual(JSON.parse(result))
  })

  it.each(functions.map(({ name, examples: of }) => [name, of[0]?.[0] ?? '']))(
    'shows an example that calls %s',
    (name, text) => {
      expect(text).toContain(`${name}(`)
    },
  )

  it.each(refusedFunctions().map(({ name, reason }) => [name, reason]))('refuses %s and says why', (name, reason) => {
    const [fault] = checkExpression(parseExpression(`${name}(a)`), { isUpsert: false }).faults
    expect(fault).toMatchObject({ code: 'refused', at: 0, message: `"${name}" is not supported: ${reason}` })
  })

  it('finds nothing in a string only as often as it has places', () => {
    expect([1, 2, 4, 5].map((nth) => evaluated(`instr("abc", "", 0, ${nth})`))).toEqual([0, 1, 3, -1])
  })

  it.each([
    ['matches_regex("a", p)', '(secret', 'one that cannot be read'],
    ['matches_regex("a", p)', '\\h', 'another one'],
    ['explode("a", p)', 'a++', 'another one'],
    ['date("2024", p)', 'yyyy b', 'one that cannot be used'],
    ['date("2024", p)', 'HH', 'one that cannot'],
    ['date_part(p, now())', 'week', 'a week or a weekday'],
    ['set_date_part(p, 1, now())', 'quarter', 'another part of a date'],
  ])('does not quote what a row holds: %s', (source, p, received) => {
    const mapper = mapperOf([{ sourceType: 'EXPRESSION', source, destination: 'x' }])
    expect(mapRow(mapper, { p }).faults.map((fault) => fault.received)).toEqual([received])
  })

  it('takes the functions of streaming updates, but not with upsert', () => {
    const parsed = parseExpression('upsert_array_append([1])')
    expect(checkExpression(parsed, { isUpsert: false }).faults).toEqual([])
    expect(checkExpression(parsed, { isUpsert: true }).faults).toMatchObject([{ code: 'refused' }])
  })
})

/** "Data Prep mapping functions", but for those that are refused. */
const DOCUMENTED = (
  'concat explode instr replacestr substr lower lcase upper ucase split join lpad rpad left right ltrim rtrim trim ' +
  'extract_regex matches_regex sha1 sha256 sha512 md5 crc32 get_url_protocol get_url_host get_url_port get_url_path ' +
  'get_url_query_str get_url_encoded get_url_decoded now timestamp format dformat date date_part set_date_part ' +
  'make_date_time zone_date_to_utc zone_date_to_zone is_empty arrays_to_objects to_object str_to_object contains_key ' +
  'nullify get_keys get_values map_get_values map_has_keys add_to_map object_to_map to_map array_to_map coalesce first ' +
  'last add_to_array join_arrays to_array size_of upsert_array_append upsert_array_replace decode iif min max to_bigint ' +
  'to_decimal to_float to_integer json_to_object uuid guid'
).split(' ')
