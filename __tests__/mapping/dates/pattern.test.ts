import { DateTimeFormatter, LocalDateTime, ZoneOffset } from '@js-joda/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Moment, isoText, momentOfEpoch } from '../../../src/mapping/dates/moment.ts'
import { PatternFault, compilePattern } from '../../../src/mapping/dates/pattern.ts'

/** Letters that the oracle writes without the names of a language. */
const PARTS = [
  'yyyy',
  'yy',
  'MM',
  'M',
  'dd',
  'd',
  'D',
  'DDD',
  'HH',
  'H',
  'hh',
  'h',
  'k',
  'kk',
  'K',
  'mm',
  'm',
  'ss',
  's',
]
const FRACTIONS = ['S', 'SS', 'SSS', 'SSSSSS', 'SSSSSSSSS']
const BETWEEN = ['-', '/', '.', ' ', ':', ', ', "'T'", "''", "' at '"]

const anyMoment = fc.record({
  second: fc.integer({ min: -62_135_596_800, max: 253_402_300_799 }),
  nano: fc.integer({ min: 0, max: 999_999_999 }),
})

const anyPattern = fc
  .array(fc.tuple(fc.constantFrom(...PARTS, ...FRACTIONS), fc.constantFrom(...BETWEEN)), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.flat().join(''))

describe('a date pattern', () => {
  it('writes what js-joda writes', () => {
    fc.assert(
      fc.property(anyMoment, anyPattern, ({ second, nano }, pattern) => {
        const written = compilePattern(pattern).write(momentAt(second, nano))
        expect(written).toBe(localOf(second, nano).format(DateTimeFormatter.ofPattern(pattern)))
      }),
      { numRuns: 2_000 },
    )
  })

  const whole = [
    'yyyy-MM-dd HH:mm:ss',
    'd/M/yyyy H:m:s',
    'yyyyMMddHHmmss',
    'D yyyy HH mm ss',
    "yyyy.MM.dd'T'HH:mm:ss.SSSSSSSSS",
  ]

  it('reads what js-joda reads, and gives the same moment', () => {
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...whole), ({ second, nano }, pattern) => {
        const text = localOf(second, nano).format(DateTimeFormatter.ofPattern(pattern))
        const expected = LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern))
        const read = compilePattern(pattern).read(text)
        expect([read?.second, read?.nano]).toEqual([expected.toEpochSecond(ZoneOffset.UTC), expected.nano()])
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads no text that js-joda refuses, a slip of one sign away', () => {
    const anySlip = fc.record({ at: fc.nat({ max: 30 }), sign: fc.constantFrom('0', '9', '3', '-', ' ', 'x', '') })
    fc.assert(
      fc.property(anyMoment, fc.constantFrom(...whole.slice(0, 3)), anySlip, ({ second }, pattern, { at, sign }) => {
        const text = localOf(second, 0).format(DateTimeFormatter.ofPattern(pattern))
        const slipped = text.slice(0, at) + sign + text.slice(at + 1)
        const read = compilePattern(pattern).read(slipped)
        const expected = parseOrUndefined(slipped, pattern)
        if (read !== undefined)
          expect([slipped, read.second]).toEqual([slipped, expected?.toEpochSecond(ZoneOffset.UTC)])
      }),
      { numRuns: 3_000 },
    )
  })

  it.each([
    ['yyyy-MM-dd[ HH:mm]', '2024-05-06', '2024-05-06T00:00:00Z'],
    ['yyyy-MM-dd[ HH:mm]', '2024-05-06 07:08', '2024-05-06T07:08:00Z'],
    ['yyMMdd', '240506', '2024-05-06T00:00:00Z'],
    ['EEE, d MMM yyyy HH:mm:ss Z', 'Mon, 6 May 2024 07:08:09 +0200', '2024-05-06T07:08:09+02:00'],
    ['EEEE d MMMM yyyy', 'Monday 6 May 2024', '2024-05-06T00:00:00Z'],
    ['dd.MM.yyyy hh:mm a', '06.05.2024 12:30 AM', '2024-05-06T00:30:00Z'],
    ['dd.MM.yyyy KK:mm a', '06.05.2024 00:30 PM', '2024-05-06T12:30:00Z'],
    ['yyyy-MM-dd kk', '2024-05-06 24', '2024-05-06T00:00:00Z'],
    ['yyyy-MM-dd HH:mm z', '2024-07-01 07:08 PST', '2024-07-01T07:08:00-08:00'],
    ['yyyy-MM-dd HH:mm VV', '2024-07-01 07:08 Europe/Paris', '2024-07-01T07:08:00+02:00'],
    ['yyyy-MM-dd HH:mm O', '2024-07-01 07:08 GMT+8', '2024-07-01T07:08:00+08:00'],
    ['yyyy-MM-dd HH:mm OOOO', '2024-07-01 07:08 GMT-08:30', '2024-07-01T07:08:00-08:30'],
    ['yyyy-MM-dd HH:mmZZZZZ', '2024-07-01 07:08+05:30', '2024-07-01T07:08:00+05:30'],
    ['yyyy G', '2024 AD', '2024-01-01T00:00:00Z'],
    ['yyyy QQQ MM', '2024 Q2 05', '2024-05-01T00:00:00Z'],
  ])('%j reads %j', (pattern, text, iso) => {
    const moment = compilePattern(pattern).read(text)
    expect(moment === undefined ? undefined : isoText(moment)).toBe(iso)
  })

  it.each([
    ['yyyy-MM-dd', '2023-02-29'],
    ['yyyy-MM-dd', '0000-01-01'],
    ['yyyy-MM-dd', '2024-5-06'],
    ['yyyy-MM-dd', '2024-05-06 '],
    ['EEE d MMM yyyy', 'Tue 6 May 2024'],
    ['yyyy QQQ MM', '2024 Q3 05'],
    ['D yyyy', '366 2023'],
    ['D yyyy MM', '127 2024 06'],
    ['yyyy G', '0044 BC'],
    ['yyyy-MM-dd HH:mm z', '2024-07-01 07:08 IST'],
    ['yyyy-MM-dd HH:mm a', '2024-07-01 07:08 PM'],
    ['yyyy-MM-dd hh:mm a', '2024-07-01 13:08 PM'],
    ['yyyy-MM-dd hh:mm a', '2024-07-01 00:08 pm'],
    ['yyyy-MM-dd HH:mmXXX', '2024-07-01 07:08+19:00'],
  ])('%j does not read %j', (pattern, text) => {
    expect(compilePattern(pattern).read(text)).toBeUndefined()
  })

  it.each([
    ['MMMMM', 'M'],
    ['MMM', 'May'],
    ['EEEEE', 'M'],
    ['QQQQ', '2nd quarter'],
    ['K', '7'],
    ['z', 'Z'],
    ['VV', 'Z'],
    ['ZZZZ', 'GMT'],
    ['XX', 'Z'],
    ['O', 'GMT'],
  ])('%j writes %j of a Monday in May', (pattern, text) => {
    expect(compilePattern(pattern).write(momentOfEpoch(Date.UTC(2024, 4, 6, 7, 8, 9)))).toBe(text)
  })

  it.each([
    ["yyyy'", 'not closed'],
    ['yyyy[', 'not closed'],
    ['yyyy]', 'closes nothing'],
    ['YYYY-MM-dd', 'use "y" for the year'],
    ['yyyy b', 'not a pattern letter'],
    ['ddd', 'at most 2 "d" in a row'],
    ['yyyy#', 'reserved'],
  ])('%j is refused: %s', (pattern, reason) => {
    expect(() => compilePattern(pattern)).toThrow(PatternFault)
    expect(() => compilePattern(pattern)).toThrow(reason)
  })

  it('has several optional forms, as exports mix them', () => {
    const forms = "[yyyy-MM-dd['T'HH:mm[:ss[.SSS]]][XXX][ VV]][dd/MM/yyyy][d.M.yyyy][yyyyMMdd][d-MMM-yyyy]"
    const read = (text: string) => compilePattern(forms).read(text)?.epochMs
    const day = Date.UTC(2024, 4, 6)
    expect(['2024-05-06', '06/05/2024', '6.5.2024', '20240506', '6-May-2024'].map(read)).toEqual(Array(5).fill(day))
    expect(read('2024-05-06T07:08:09.010+02:00')).toBe(Date.UTC(2024, 4, 6, 5, 8, 9, 10))
  })

  it.each([
    ['HH:mm', 'it names no year'],
    ['yyyy-MM-dd hh:mm', '"h" needs "a"'],
    ['MMMMM yyyy', 'ambiguous'],
    [`yyyy${'[d]'.repeat(40)}`, 'in too many ways'],
    [`yyyy${'dM'.repeat(20)}`, 'in too many ways'],
    [`yyyy${'[VV]'.repeat(5)}`, 'in too many ways'],
  ])('%j writes dates, and reads none: %s', (pattern, reason) => {
    expect(compilePattern(pattern).unreadable).toContain(reason)
  })
})

function momentAt(second: number, nano: number) {
  return new Moment({ second, nano, offset: 0 })
}

function localOf(second: number, nano: number): LocalDateTime {
  return LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC)
}

function parseOrUndefined(text: string, pattern: string): LocalDateTime | undefined {
  try {
    return LocalDateTime.parse(text, DateTimeFormatter.ofPattern(pattern))
  } catch {
    return undefined
  }
}
