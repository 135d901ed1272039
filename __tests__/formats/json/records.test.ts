import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonLines } from '../../../src/formats/json/records.ts'
import { readJsonObjects } from '../../../src/formats/json/records.ts'
import { at, collect } from '../collect.ts'

const lineEnd = fc.constantFrom('\n', '\r\n')
const record = fc.dictionary(fc.string({ maxLength: 3, unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })

describe('JSON Lines', () => {
  it('are each seen once, at their line', () => {
    const line = fc.oneof(
      record.map((value) => JSON.stringify(value)),
      fc.constantFrom('', ' ', '\t', 'x', '{"a":'),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(line, lineEnd)), fc.boolean(), (lines, isOpen) => {
        const text = lines.map(([one, end]) => one + end).join('')
        const sink = collect()
        void readJsonLines(Buffer.from(isOpen ? text.trimEnd() : text), sink)
        expect(sink.all.map(({ text: one = '', place }) => [one.trim(), place])).toEqual(
          lines.flatMap(([one], index) => (one.trim() === '' ? [] : [[one.trim(), at(index + 1, 1)]])),
        )
      }),
    )
  })

  it('say how far they reach', () => {
    expect(readJsonLines(Buffer.from('{}\n\n{"ü":1}'), collect())).toEqual({ lines: 2, columns: 7 })
    expect(readJsonLines(Buffer.from('{}\n'), collect())).toEqual({ lines: 1, columns: 0 })
  })

  it('that are not UTF-8 are corrupt, and their neighbours are not', () => {
    const sink = collect()
    void readJsonLines(Buffer.from('{"a":"ü"}\n{"a":"\xfc"}\n{"a":"\ufffd"}\n', 'utf8'), sink)
    expect(sink.all).toHaveLength(3)
    const broken = collect()
    const bytes = Buffer.concat([
      Buffer.from('{"a":"ü"}\n{"a":"'),
      Buffer.from([0xfc]),
      Buffer.from('"}\n{"a":"\ufffd"}\n'),
    ])
    void readJsonLines(bytes, broken)
    expect(broken.all.map(({ text: one }) => one)).toEqual(['{"a":"ü"}', 'corrupt-record', '{"a":"\ufffd"}'])
  })
})

describe('objects in an array or one after another', () => {
  it.each(['array', 'documents'])('(%s) are each seen once, at their brace', (shape) => {
    const indent = fc.constantFrom('', ' ', '\t')
    fc.assert(
      fc.property(fc.array(record), indent, lineEnd, (records, blank, end) => {
        const texts = records.map((one) => JSON.stringify(one, null, blank).replaceAll('\n', end))
        const isArray = shape === 'array'
        const text = `${isArray ? '[' : ''}${texts.join(isArray ? `,${end} ` : end)}${isArray ? ']' : ''}`
        const sink = collect()
        void readJsonObjects(Buffer.from(text), isArray, sink)
        const indices = sink.all.map(({ place }) => (place.kind === 'text' ? place.index : undefined))
        expect(indices).toEqual(records.map((_, index) => (isArray ? index : undefined)))
        expect(sink.all.map(({ text: one }) => one)).toEqual(texts)
        for (const { text: one = '', place } of sink.all) {
          const { line, column } = place.kind === 'text' ? place : { line: 0, column: 0 }
          const rest = text
            .split('\n')
            .slice(line - 1)
            .join('\n')
            .slice(column - 1)
          expect(rest.startsWith(one)).toBe(true)
        }
      }),
    )
  })

  it('count columns behind characters of several bytes', () => {
    const sink = collect()
    expect(readJsonObjects(Buffer.from('[{"ä":"🎉"},{}]'), true, sink)).toEqual({ lines: 0, columns: 15 })
    expect(sink.all.map(({ place }) => place)).toEqual([
      { ...at(1, 2), index: 0 },
      { ...at(1, 13), index: 1 },
    ])
  })

  it('are corrupt where the file ends inside one, or where bytes are not UTF-8', () => {
    const sink = collect()
    void readJsonObjects(
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n{"a":{}')]),
      false,
      sink,
    )
    expect(sink.all).toEqual([
      { text: 'corrupt-record', place: at(1, 1) },
      { text: 'corrupt-record', place: at(2, 1) },
    ])
  })
})
