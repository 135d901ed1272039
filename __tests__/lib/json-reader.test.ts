import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonReader } from '../../src/lib/json-reader.ts'

describe('unknown JSON', () => {
  it('is read along its path', () => {
    const at = jsonReader({ a: { b: ['x', { c: 5 }] } }, 'answer')
    expect(at.get('a').get('b').items()[1]?.get('c').number()).toBe(5)
    expect(at.get('a').get('b').items()[1]?.get('c').path).toBe('answer.a.b[1].c')
  })

  it('is absent where it is not what was asked for', () => {
    const at = jsonReader({ text: 'x', number: 5, list: [1], none: null }, 'answer')
    expect(at.get('number').text()).toBeUndefined()
    expect(at.get('text').number()).toBeUndefined()
    expect(at.get('text').boolean()).toBeUndefined()
    expect(at.get('text').items()).toEqual([])
    expect(at.get('list').entries()).toEqual([])
    expect(at.get('none').get('deeper').get('still').text()).toBeUndefined()
  })

  it('must be a list or an object where it is asked to be, and an empty one is', () => {
    const at = (value: unknown) => jsonReader(value, 'answer')
    expect([at([]).mustItems(), at({}).mustEntries()]).toEqual([[], []])
    expect(at([5]).mustItems()[0]?.path).toBe('answer[0]')
    expect(at({ a: 5 }).mustEntries()[0]?.[1].path).toBe('answer.a')
    for (const value of [undefined, null, 5, 'x', {}]) expect(() => at(value).mustItems()).toThrow('not a list')
    for (const value of [undefined, null, 5, 'x', []]) expect(() => at(value).mustEntries()).toThrow('not an object')
    expect(() => at({}).mustItems()).toThrow('answer is an object, not a list')
  })

  it('has under a name only what was put there', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      expect(jsonReader({}, 'answer').get(name).value()).toBeUndefined()
      expect(
        jsonReader(JSON.parse(`{"${name}":"x"}`), 'answer')
          .get(name)
          .text(),
      ).toBe('x')
    }
  })

  it.each([
    ['7', 7],
    ['-1.5', -1.5],
    ['', undefined],
    ['7 rows', undefined],
    ['0x10', undefined],
    ['Infinity', undefined],
  ])('reads the number in the string %j as %j', (text, expected) => {
    expect(jsonReader(text, 'answer').number()).toBe(expected)
  })

  it.each([
    [undefined, 'missing'],
    [null, 'null'],
    [[], 'a list'],
    [{}, 'a object'],
    [5, 'a number'],
  ])('says what was there instead of a string: %j', (value, word) => {
    const at = jsonReader({ key: value }, 'answer').get('key')
    const article = word === 'a object' ? /answer\.key is an? object/ : new RegExp(`answer\\.key is ${word}`)
    expect(() => at.mustText()).toThrow(article)
  })

  it('never throws on its way, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string()), (json, keys) => {
        const at = keys.reduce((step, key) => step.get(key), jsonReader(json, 'answer'))
        return [at.text(), at.number(), at.boolean(), at.items(), at.entries()].length === 5
      }),
    )
  })
})
