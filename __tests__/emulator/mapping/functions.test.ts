import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../../../emulator/mapping/evaluate.ts'
import { MappingFault } from '../../../emulator/mapping/fault.ts'
import { allFunctions } from '../../../emulator/mapping/functions.ts'
import { Moment } from '../../../emulator/mapping/moment.ts'
import { parseExpression } from '../../../emulator/mapping/parse.ts'
import type { Value } from '../../../emulator/mapping/value.ts'

const valueOf = (expression: string, row: Value = {}) => {
  const value = evaluate(parseExpression(expression), row)
  return value instanceof Moment ? value.toText() : value
}

describe('a function that the emulator knows', () => {
  it.each(allFunctions)('%s gives what its example says', (_, { example: [expression, value] }) => {
    expect(valueOf(expression)).toEqual(value)
  })

  it('is named in the README, which names no other', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../../emulator/README.md'), 'utf8')
    const [, listed = ''] = /^\| functions: (.*); methods /m.exec(readme) ?? []
    const names = Array.from(listed.matchAll(/`(\w+)`/g), ([, name]) => name)
    expect(names).toEqual(allFunctions.map(([name]) => name).toSorted())
  })

  it.each([
    ['iif(Plan == "G", "gold", decode(Plan, "S", "silver", null))', 'silver'],
    ['upper(trim(${E-Mail})).equals("A@B.C")', true],
    ['name.first == null ? "none" : name.first', 'Ann'],
    ['iif(true, 1, concat(missing))', 1],
    ['tags[1]', 'y'],
    ['tags[7]', null],
    ['constructor', null],
    ['name.toString == null', true],
    ['"false" or "" ? 1 : 2', 2],
    ['"no" and "0" ? 1 : 2', 1],
    ['not (Points >= 10) or Points * 2 - 1 == 5', true],
    ['date(Day, "dd/MM/yyyy")', '1990-12-31T00:00:00Z'],
    ["date('2024-05-06T07:08:09.120+0200')", '2024-05-06T07:08:09.120+02:00'],
    ["date('3/05/2024 12:30:00 AM')", '2024-03-05T00:30:00Z'],
  ])('%s', (expression, value) => {
    const row = { Plan: 'S', 'E-Mail': ' a@b.c', name: { first: 'Ann' }, tags: ['x', 'y'], Points: 3 }
    expect(valueOf(expression, { ...row, Day: '31/12/1990' })).toEqual(value)
  })
})

describe('an expression that the emulator refuses', () => {
  it.each([
    ['The emulator knows no function "sha3" (character 1)', 'sha3("a")'],
    ['The emulator reads no "??" (character 3)', 'a ?? b'],
    ['The emulator reads no "/" (character 3)', 'a / b'],
    ['The emulator knows no method "getClass" (character 11)', 'a.getClass()'],
    ['"==" cannot follow another comparison (character 8)', 'a == b == c'],
    ['Unexpected "b" (character 3)', 'a b'],
    ['"new" is a reserved word: write ${new} for a field (character 1)', 'new'],
    ['The emulator reads no number "20.0" (character 1)', '20.0'],
    ['"upper" takes other than 0 values', 'upper()'],
    ['Expected ")", found "the end" (character 10)', 'upper("a"'],
    ['The emulator reads no "EEE" in a date pattern', 'date(a, "EEE yyyy")'],
    ['The emulator reads no index but a number (character 3)', 'a[*].b'],
    ['The emulator reads at most 100 levels', `${'('.repeat(200)}1${')'.repeat(200)}`],
    ['An expression has at most 4096 characters', 'a'.repeat(4_097)],
  ])('gets its reason: %s', (reason, expression) => {
    expect(() => parseExpression(expression)).toThrow(new MappingFault(reason))
  })

  it.each([
    ['concat("a", missing)', 'No document says what concat makes of null'],
    ['1 + "2"', 'The emulator calculates with numbers alone'],
    ['date("2024-02-30")', expect.stringMatching(/^No date in a format/)],
    ['big', 'The emulator holds no integers beyond 2^53'],
  ])('%s, where there is no value', (expression, message) => {
    expect(() => valueOf(expression, { big: 2 ** 60 })).toThrow(expect.objectContaining({ message }))
  })
})
