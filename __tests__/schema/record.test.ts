import { describe, expect, it } from 'vitest'
import { compileSchema } from '../../src/schema/compile.ts'
import { sizeIssue } from '../../src/schema/record.ts'
import { found, schemaOf } from './issues-of.ts'

const LOYALTY = schemaOf({
  _id: { type: 'string', 'meta:xdmType': 'string' },
  _schema: { type: 'object', properties: { latitude: { type: 'number' } } },
})

describe('a record', () => {
  it.each(['[]', '"a"', '1', 'null', 'true', '12345678901234567890'])('is no object when it is %s', (record) => {
    expect(found(LOYALTY, record)).toEqual(['not-an-object '])
  })

  it.each(['{', '', '{"a":1,}', "{'a':1}", '{"a":NaN}', '{"_id":"a"}{"_id":"b"}'])(
    'is corrupt when it is %s',
    (record) => {
      expect(() => found(LOYALTY, record)).toThrow(SyntaxError)
    },
  )

  it('is told of keys that stand twice, wherever', () => {
    expect(found(LOYALTY, '{"_id":"a","_id":"b"}')).toEqual(['duplicate-key /_id'])
    expect(found(LOYALTY, '{"_schema":{"latitude":1.0,"latitude":2e3}}')).toEqual(['duplicate-key /_schema/latitude'])
    expect(found(LOYALTY, '{"x":[1,{"a":1,"a":2}]}')).toEqual(['unknown-field /x', 'duplicate-key /x/1/a'])
    expect(found(LOYALTY, '{"_id" : "say \\"a\\": b"}')).toEqual([])
  })

  it('is too large for Profile above 100 kB, an event above 10 kB', () => {
    const record = compileSchema(LOYALTY)
    const event = compileSchema({ ...LOYALTY, 'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent' })
    expect(sizeIssue(record, 100_000)).toBeUndefined()
    expect(sizeIssue(record, 100_001)).toMatchObject({ code: 'oversize-record', level: 'warning' })
    expect(sizeIssue(event, 10_000)).toBeUndefined()
    expect(sizeIssue(event, 10_001)).toMatchObject({ code: 'oversize-record' })
  })

  it('may be nested deeper than any schema', () => {
    const deep = `{"x":${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}}`
    expect(found(LOYALTY, deep)).toEqual(['unknown-field /x'])
    expect(found(schemaOf({ _id: { type: 'string' }, x: {} }), deep)).toEqual([])
  })
})
