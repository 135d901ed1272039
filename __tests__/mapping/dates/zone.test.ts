import { describe, expect, it } from 'vitest'
import { isoText, momentOfEpoch } from '../../../src/mapping/dates/moment.ts'
import { momentAt, momentIn, zoneName, zoneOf } from '../../../src/mapping/dates/zone.ts'

function at(text: string, hour: number, minute = 0) {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const zone = zoneOf('America/New_York')
  if (zone === undefined) throw new Error('no such zone')
  return isoText(momentAt({ year, month, day, hour, minute, second: 0, nano: 0 }, zone))
}

describe('a time zone', () => {
  it('has its offset of the season', () => {
    expect([at('2024-01-15', 12), at('2024-07-15', 12)]).toEqual([
      '2024-01-15T12:00:00-05:00',
      '2024-07-15T12:00:00-04:00',
    ])
  })

  it('moves a time that does not exist on by the gap, as Java does', () => {
    expect(at('2024-03-10', 2, 30)).toBe('2024-03-10T03:30:00-04:00')
  })

  it('takes the earlier of two moments that look alike, as Java does', () => {
    expect(at('2024-11-03', 1, 30)).toBe('2024-11-03T01:30:00-04:00')
  })

  it.each([
    ['PST', -8],
    ['EDT', -4],
    ['UTC', 0],
    ['Z', 0],
    ['+02:00', 2],
    ['-0330', -3.5],
    ['GMT+8', 8],
    ['UTC-01:00', -1],
  ])('%s is fixed at %d hours', (text, hours) => {
    expect(zoneOf(text)).toMatchObject({ kind: 'fixed', offset: hours * 3600 })
  })

  it.each(['IST', 'BST', 'Nowhere/Town', '', '+19:00', '+02:60', 'constructor', 'a/../b'])('%j is none', (text) => {
    expect(zoneOf(text)).toBeUndefined()
  })

  it('tells seconds of offsets that are long gone in UTC, since RFC 3339 has none', () => {
    const paris = zoneOf('Europe/Paris')
    if (paris === undefined) throw new Error('no such zone')
    expect(isoText(momentIn(momentOfEpoch(Date.UTC(1900, 0, 1)), paris))).toBe('1900-01-01T00:00:00Z')
  })

  it('has an English name where there is one', () => {
    const [paris, york] = [zoneOf('Europe/Paris'), zoneOf('America/New_York')]
    if (paris === undefined || york === undefined) throw new Error('no such zone')
    const moment = momentOfEpoch(Date.UTC(2024, 6, 1))
    expect(zoneName(momentIn(moment, york), 'short')).toBe('EDT')
    expect(zoneName(momentIn(moment, paris), 'short')).toBeUndefined()
  })
})
