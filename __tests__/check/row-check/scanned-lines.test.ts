import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecords } from '../../../src/formats/check.ts'
import type { RowCheck } from '../../../src/formats/record.ts'
import { MOST_PLACES } from '../../../src/formats/tally.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { schemaOf } from '../../schema/issues-of.ts'

const string = { type: 'string' }
const EVENTS = {
  ...schemaOf({
    _id: string,
    timestamp: { ...string, format: 'date-time' },
    n: { type: 'integer' },
    7: string,
    ü: { type: 'object', properties: { a: string, 'b/c': { ...string, 'meta:status': 'deprecated' } } },
    tags: { type: 'array', items: string },
    map: { type: 'object', additionalProperties: string },
  }),
  'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent',
}

function checkOf(showValues: boolean) {
  const source = { schema: EVENTS, descriptors: undefined }
  return rowCheckOf({ source, showValues, isForProfile: false, isUntyped: false })
}

/** Each check, and the same without an eye for bytes. */
const CHECKS = [checkOf(true), checkOf(false)].map((check) => {
  const slowCheck: RowCheck = {
    text: (line, report) => check.text(line, report),
    value: (value, report) => check.value(value, report),
  }
  return { check, slowCheck }
})

const event = (id: string, rest = '') => `{"_id":"${id}","timestamp":"2024-02-29T10:00:00Z"${rest}}`

const line = fc.constantFrom(
  ...[
    [event('1'), event('2'), event('é'), event('3', ',"n":4'), event('4', ', "n": 5 '), `${event('5')}\r`],
    [
      ` ${event('6')}`,
      event('7', ',"n":4.5'),
      event('8', ',"m":1'),
      '{"n":1}',
      '{',
      '',
      ' ',
      '\r',
      '[]',
      event('1').repeat(2),
    ],
    [event('a\\u0031'), event('\ufffd')],
    // What is noted, and where: nulls, and a field that is deprecated.
    [event('8', ',"n":null,"7":null'), event('9', ',"ü":{"a":null},"n":null'), event('10', ',"7":null,"n":"1"')],
    [event('11', ',"ü":{"b/c":"😀","a":null}'), event('12', ',"tags":[null,"a",null],"map":{"k":null}')],
    [
      event('13', ',"ü":{"b/c":"x"},"tags":null'),
      event('14', ',"n":null,"n":null'),
      `{"n":null,${event('15').slice(1)}`,
    ],
  ].flat(),
)

describe('lines that are recognised by their bytes', () => {
  it('leave counts, findings, places and keys as they would be without', async () => {
    // More than the places that are kept of one finding, now and then.
    const times = fc.constantFrom(1, 1, 1, 1, 1, 1, 1, MOST_PLACES + 10)
    const file = fc.tuple(fc.array(line, { maxLength: 12 }), times, fc.boolean(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(file, async ([some, repeats, isOpen, isBroken]) => {
        const lines = Array.from({ length: repeats }, () => some).flat()
        const text = `${lines.join('\n')}${isOpen ? '' : '\n'}`
        const bytes = Buffer.concat([Buffer.from(text), Buffer.from(isBroken ? '{"_id":"\xff"}' : '', 'latin1')])
        const slice = () => ({ format: 'json', bytes: new Uint8Array(bytes), layout: { unit: 'lines' } }) as const
        for (const { check, slowCheck } of CHECKS) {
          expect(await checkRecords(slice(), check)).toEqual(await checkRecords(slice(), slowCheck))
        }
      }),
      { numRuns: 200 },
    )
  })

  it('are never read as text', async () => {
    const texts: string[] = []
    const watched = { ...checkOf(true), text: (text: string) => void texts.push(text) }
    const bytes = new Uint8Array(Buffer.from(`${event('1')}\n${event('2', ',"n":4.5')}\n${event('3')}\n`))
    const { rows, keys } = await checkRecords({ format: 'json', bytes, layout: { unit: 'lines' } }, watched)
    expect(texts).toEqual([event('2', ',"n":4.5')])
    expect({ rows, places: [...keys.places] }).toEqual({ rows: 3, places: [1, 3] })
  })
})
