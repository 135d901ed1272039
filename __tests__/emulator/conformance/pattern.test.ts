import { describe, expect, it } from 'vitest'
import {
  anyNumber,
  anyString,
  containing,
  differences,
  each,
  here,
  including,
  matching,
  oneOf,
  seeded,
  type Target,
} from '../../../emulator/conformance/pattern.ts'

const fill = (text: string) => text.replace('{B}', 'b-1')

function where(pattern: unknown, got: unknown, target: Target = 'emulator'): readonly string[] {
  return differences(pattern, got, { at: 'json', target, fill }).map(({ at }) => at)
}

describe('an answer is as documented', () => {
  it.each([
    ['a value', 1, 1],
    ['an object, whatever else it has', { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }],
    ['an array of the same length', [1, { a: 2 }], [1, { a: 2, b: 3 }]],
    ['a placeholder, also in a name', { '{B}': 'id {B}' }, { 'b-1': 'id b-1' }],
    ['a property that must not be there', { a: undefined }, {}],
    ['types', { a: anyString, b: anyNumber }, { a: '', b: 0 }],
    ['texts', { a: matching(/^x/), b: containing('y') }, { a: 'xz', b: 'zyz' }],
    ['an element', including({ a: 1 }), [{ a: 2 }, { a: 1, b: 2 }]],
    ['all entries', each({ a: anyNumber }), { x: { a: 1 }, y: { a: 2 } }],
    ['no entries', each({ a: anyNumber }), []],
    ['one of several', oneOf(200, 201), 201],
  ])('for %s', (_, pattern, got) => {
    expect(where(pattern, got)).toEqual([])
  })
})

describe('a difference names its place, in the words of the table', () => {
  it.each([
    [1, 2, ['json']],
    [{ a: { b: 1 } }, { a: { b: '1' } }, ['json.a.b']],
    [{ a: 1 }, [], ['json']],
    [{ '{B}': { a: 1 } }, { 'b-2': { a: 1 } }, ['json.{B}']],
    [[1, 2], [1], ['json']],
    [[1, 2], [1, 3], ['json[1]']],
    [{ a: anyString }, { a: 1 }, ['json.a']],
    [each({ a: 1 }), { x: { a: 1 }, y: { a: 2 } }, ['json[…].a']],
    [including(1), [2], ['json']],
    [oneOf(200, 201), 404, ['json']],
  ])('%j and %j differ at %j', (pattern, got, places) => {
    expect(where(pattern, got)).toEqual(places)
  })

  it('of an inherited property, which nobody sent', () => {
    expect(where({ constructor: anyString }, {})).toEqual(['json.constructor'])
  })
})

it('seeded data are compared in the emulator alone, elsewhere their types', () => {
  const pattern = { count: seeded(3), name: seeded('x'), list: seeded([1, 2]), code: here('E', oneOf('F', 'G')) }
  const ours = { count: 3, name: 'x', list: [1, 2], code: 'E' }
  const theirs = { count: 7, name: 'y', list: [], code: 'G' }
  expect([where(pattern, ours), where(pattern, theirs, 'sandbox')]).toEqual([[], []])
  expect(where(pattern, theirs)).toEqual(['json.count', 'json.name', 'json.list', 'json.code'])
  expect(where(pattern, { count: '7', name: 1, list: 'x', code: 'E' }, 'sandbox')).toEqual([
    'json.count',
    'json.name',
    'json.list',
    'json.code',
  ])
})
