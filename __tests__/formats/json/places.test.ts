import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonPlaces } from '../../../src/formats/json/places.ts'

/** Every value inside, by its JSON pointer. */
function* pointers(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  yield [path, value]
  if (typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) {
    yield* pointers(child, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)
  }
}

function behind(text: string, { lines, columns }: { readonly lines: number; readonly columns: number }): string {
  const [first = '', ...rest] = text.split('\n').slice(lines)
  return [first.slice(columns), ...rest].join('\n')
}

describe('the place of a value', () => {
  it('is where its text begins, however the record is laid out', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('a/b', '~', '"', '\\', '{', ''))
    const layout = fc.constantFrom('', '  ', '\t', '\n')
    fc.assert(
      fc.property(fc.dictionary(key, fc.jsonValue({ maxDepth: 4 })), layout, (record, indent) => {
        const text = JSON.stringify(record, null, indent)
        const value: unknown = JSON.parse(text)
        // V8 of Node 24.21 reads the key `"` as `\` where it has seen that in the same place of an object before.
        fc.pre(JSON.stringify(value, null, indent) === text)
        const places = new JsonPlaces(text)
        for (const [pointer, child] of pointers(value)) {
          const rest = behind(text, places.of(pointer))
          const depth = pointer.split('/').length - 1
          const written = JSON.stringify(child, null, indent).replaceAll('\n', `\n${indent.repeat(depth)}`)
          expect(indent === '\n' ? rest[0] : rest.slice(0, written.length)).toBe(indent === '\n' ? written[0] : written)
        }
      }),
    )
  })

  it.each([
    ['{"a":{"b":1}}', '/a/c', 5],
    ['{"a":{"b":1}}', '/a/b/c', 10],
    ['{"a":[1,2]}', '/a/7', 5],
    ['{"a":1,"a":2}', '/a', 11],
    [' {}', '', 1],
    ['{"a\\u002fb" : 1}', '/a~1b', 14],
    ['{"x":"\\\\","a":"\\"}"}', '/a', 14],
    ['{"a":', '/a', 5],
  ])('in %s of %s is behind %i characters', (text, pointer, columns) => {
    expect(new JsonPlaces(text).of(pointer)).toEqual({ lines: 0, columns })
  })
})
