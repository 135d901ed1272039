import { describe, expect, it } from 'vitest'
import { eventsSchema } from '../../emulator/seed/events-schema.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { checkRecords } from '../../src/formats/check.ts'
import type { Slice } from '../../src/formats/format.ts'
import { CalendarDay } from '../../src/formats/parquet/values.ts'
import { rowCheckOf, type CheckSetup } from '../../src/check/row-check.ts'

function checkOf(schema: object, more: Partial<CheckSetup> = {}) {
  const source = { schema, descriptors: undefined }
  const check = rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false, ...more })
  const said = (ask: (report: (issue: { code: string; path: string }) => void) => unknown) => {
    const issues: string[] = []
    ask(({ code, path }) => issues.push(`${code} ${path}`.trim()))
    return issues
  }
  return {
    text: (text: string) => said((report) => check.text(text, report)),
    value: (value: Readonly<Record<string, unknown>>) => said((report) => check.value(value, report)),
    keyOf: (text: string) => check.text(text, () => undefined),
  }
}

const typed = {
  type: 'object',
  properties: { long: { type: 'integer', 'meta:xdmType': 'long' }, day: date('date'), at: date('date-time') },
}

function date(format: 'date' | 'date-time') {
  return { type: 'string', format, 'meta:xdmType': format }
}

describe('the check of a row', () => {
  it('gives the _id of events alone, where it is a text', () => {
    const time = '"timestamp":"2024-05-06T07:08:09Z"'
    expect(checkOf(eventsSchema).keyOf(`{"_id":"e1",${time}}`)).toBe('e1')
    expect(checkOf(eventsSchema).keyOf(`{"_id":7,${time}}`)).toBeUndefined()
    expect(checkOf(eventsSchema).keyOf('[]')).toBeUndefined()
    expect(checkOf(loyaltySchema).keyOf('{"_id":"m1"}')).toBeUndefined()
  })

  it('asks for the cells of CSV only where they can be wrong', async () => {
    const csv = { format: 'csv', bytes: Buffer.from(`a,b\n1,${'x'.repeat(100_001)}\n2\n`) } as const
    const layout = { header: ['a', 'b'], hasHeader: true, dialect: { delimiter: ',', quote: '"', escape: '"' } }
    const slice: Slice = { ...csv, layout }
    const codes = async (isForProfile: boolean, schema: object) => {
      const source = { schema, descriptors: undefined }
      const check = rowCheckOf({ source, showValues: false, isForProfile, isUntyped: true })
      const { rows, findings } = await checkRecords(slice, check)
      return [rows, check.ignoresCells, ...findings.map(({ code }) => code)]
    }
    expect(await codes(false, loyaltySchema)).toEqual([2, true, 'ragged-row'])
    expect(await codes(true, loyaltySchema)).toEqual([2, false, 'oversize-record', 'ragged-row'])
    const relational = { ...loyaltySchema, 'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc-v2'] }
    expect(await codes(false, relational)).toEqual([2, false, 'ragged-row'])
  })

  it('reads values of Parquet as the JSON that would say the same', () => {
    const { value } = checkOf(typed)
    expect(value({ long: 5, day: new CalendarDay(0), at: new Date(0) })).toEqual([])
    expect(value({ long: 2n ** 60n })).toEqual(['integer-range /long'])
    expect(value({ at: new CalendarDay(0) })).toEqual(['date-time-format /at'])
    expect(value({ day: new CalendarDay(NaN) })).toEqual(['date-format /day'])
  })

  it('has nothing to say of the values of CSV', () => {
    expect(checkOf(typed, { isUntyped: true }).value({ long: 'x' })).toEqual([])
  })

  it('measures records for Profile in bytes, up to the limit of their kind', () => {
    const { text } = checkOf(loyaltySchema, { isForProfile: true })
    const sized = (bytes: number) => `{"_repo":{}${' '.repeat(bytes - 12)}}`
    expect(text(sized(100_000))).toEqual([])
    expect(text(sized(100_001))).toEqual(['oversize-record'])
    expect(text(`{"_id":"${'ü'.repeat(50_000)}"}`)).toContain('oversize-record')
    expect(checkOf(loyaltySchema).text(sized(100_001))).toEqual([])
  })

  it.each([
    ['CSV', true],
    ['Parquet', false],
  ])('measures rows of %s for Profile by what they would be as JSON', (_, isUntyped) => {
    const { value } = checkOf(loyaltySchema, { isForProfile: true, isUntyped })
    const sized = (bytes: number) => ({ _id: 'x'.repeat(bytes - '{"_id":""}'.length) })
    expect(value(sized(100_000))).not.toContain('oversize-record')
    expect(value(sized(100_010))).toContain('oversize-record')
    expect(value({ _id: 'ü'.repeat(50_010) })).toContain('oversize-record')
    expect(checkOf(loyaltySchema, { isUntyped }).value(sized(100_010))).not.toContain('oversize-record')
  })
})
