import { expect, it } from 'vitest'
import { pointer, pointerSegments } from '../../src/lib/json-pointer.ts'

it.each([
  [[], ''],
  [['a', 0], '/a/0'],
  [[''], '/'],
  [['a/b', 'c~d', '~1'], '/a~1b/c~0d/~01'],
])('names %j with the pointer %j, and back', (segments, written) => {
  expect(pointer(segments)).toBe(written)
  expect(pointerSegments(written)).toEqual(segments.map(String))
})
