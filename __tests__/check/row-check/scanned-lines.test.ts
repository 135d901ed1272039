import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRecords } from '../../../src/formats/check.ts'
import type { RowCheck } from '../../../src/formats/record.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import { schemaOf } from '../../schema/issues-of.ts'

const EVENTS = {
  ...schemaOf({ _id: { type: 'string' }, timestamp: { type: 'string', format: 'date-time' }, n: { type: 'integer' } }),
  'meta:class': 'https://ns.adobe.com/xdm/context/experienceevent',
}
const check = rowCheckOf({
  source: { schema: EVENTS, descriptors: undefined },
  showValues: true,
  isForProfile: false,
  isUntyped: false,
})

/** The same check without an eye for bytes. */
const slowCheck: RowCheck = {
  text: (text, report) => check.text(text, report),
  value: (value, report) => check.value(value, report),
}

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
  ].flat(),
)

describe('lines that are recognised by their bytes', () => {
  it('leave counts, findings, places and keys as they would be without', async () => {
    const file = fc.tuple(fc.array(line, { maxLength: 12 }), fc.boolean(), fc.boolean())
    await fc.assert(
      fc.asyncProperty(file, async ([lines, isOpen, isBroken]) => {
        const text = `${lines.join('\n')}${isOpen ? '' : '\n'}`
        const bytes = Buffer.concat([Buffer.from(text), Buffer.from(isBroken ? '{"_id":"\xff"}' : '', 'latin1')])
        const slice = () => ({ format: 'json', bytes: new Uint8Array(bytes), layout: { unit: 'lines' } }) as const
        expect(await checkRecords(slice(), check)).toEqual(await checkRecords(slice(), slowCheck))
      }),
      { numRuns: 500 },
    )
  })

  it('are never read as text', async () => {
    const texts: string[] = []
    const watched = { ...check, text: (text: string) => void texts.push(text) }
    const bytes = new Uint8Array(Buffer.from(`${event('1')}\n${event('2', ',"n":null')}\n${event('3')}\n`))
    const { rows, keys } = await checkRecords({ format: 'json', bytes, layout: { unit: 'lines' } }, watched)
    expect(texts).toEqual([event('2', ',"n":null')])
    expect({ rows, places: [...keys.places] }).toEqual({ rows: 3, places: [1, 3] })
  })
})
