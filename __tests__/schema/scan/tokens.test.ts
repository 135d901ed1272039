import { describe, expect, it } from 'vitest'
import { bothWays } from '../record/both-ways.ts'
import { schemaOf } from '../issues-of.ts'

/** Values that neither their first bytes nor those in the middle tell apart, short and long, also beyond ASCII. */
const VALUES = [
  ...Array.from({ length: 300 }, (_, at) => `value${at}`),
  ...Array.from({ length: 20 }, (_, at) => `the same beginning${at}and the same end`),
  ...Array.from({ length: 20 }, (_, at) => `ä${'é'.repeat(at)}`),
  'value',
  'a',
  '',
]

const schema = schemaOf({
  tier: { type: 'string', enum: VALUES },
  ...Object.fromEntries(VALUES.map((name) => [name, { type: 'integer' }])),
  'say "hi"': { type: 'integer' },
})
const { scan, check } = bothWays({ schema, descriptors: undefined, isForProfile: false })
const IN_ORDER = { issues: [], key: undefined }

describe('one of many strings of a schema', () => {
  it('is recognised as a value, whatever stood there before', () => {
    for (const value of [...VALUES, ...VALUES.toReversed()]) {
      expect(scan(`{"tier":${JSON.stringify(value)}}`)).toEqual(IN_ORDER)
    }
  })

  it('is not recognised with anything more, less or else', () => {
    for (const value of VALUES.filter((one) => one.length > 2)) {
      for (const other of [`${value}x`, value.slice(0, -1), value.slice(1), `${value.slice(0, -1)}\\`, `${value}\\"`]) {
        if (VALUES.includes(other)) continue
        expect(scan(`{"tier":"${other}"}`), other).toBe(false)
      }
    }
  })

  it('is recognised among few only if each of its bytes is as it should be', () => {
    for (let length = 2; length < 50; length++) {
      const values = ['a', 'b'].map((end) => `${'x'.repeat(length)}${end}`)
      const few = schemaOf({ tier: { type: 'string', enum: values } })
      const { scan: scanFew } = bothWays({ schema: few, descriptors: undefined, isForProfile: false })
      for (const value of values) {
        const changed = Array.from(value, (_, at) => `${value.slice(0, at)}-${value.slice(at + 1)}`)
        const taken = changed.filter((other) => scanFew(`{"tier":"${other}"}`) !== false)
        expect([scanFew(`{"tier":"${value}"}`), taken]).toEqual([IN_ORDER, []])
      }
    }
  })

  it('is recognised as a name, in any order, with blanks and escapes', () => {
    const names = [...VALUES.filter((name) => name !== ''), 'say "hi"']
    const members = names.map((name, at) => `${JSON.stringify(name)}${' '.repeat(at % 2)}:${at}`)
    for (const written of [members, members.toReversed(), [...members.slice(150), ...members.slice(0, 150)]]) {
      expect(scan(`{${written.join(',')}}`)).toEqual(IN_ORDER)
      expect(check(`{${written.join(',')}}`).issues).toEqual([])
    }
    expect(scan(`{${[...members, members[7]].join(',')}}`)).toBe(false)
  })
})
