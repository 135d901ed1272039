import { describe, expect, it } from 'vitest'
import { expirationOf } from '../../src/publish/expiration.ts'
import { datasetId } from '../support/make.ts'

const NOW = Date.parse('2026-11-28T00:00:00Z')
const DAY = 86_400_000

function expiring(...values: readonly string[]) {
  const id = datasetId('5c8c3c555033b814b69f947f')
  return expirationOf({ id, tags: values.length === 0 ? {} : { 'adobe/hygiene/ttl': values } }, NOW)
}

describe('the expiration of a dataset', () => {
  it.each([
    [8 * DAY, 'info', 'expires on 2026-12-06T00:00:00.000Z, in 8 days'],
    [7 * DAY + 1, 'info', 'in 7 days'],
    [7 * DAY, 'warning', 'in 7 days'],
    [1, 'warning', 'in less than a day'],
    [0, 'error', 'the platform is deleting it'],
    [-DAY, 'error', 'expired on 2026-11-27T00:00:00.000Z'],
  ])('%d ms away is reported as %s: %s', (leftMs, level, text) => {
    expect(expiring(String(NOW + leftMs))).toEqual({
      level,
      text: expect.stringContaining(text),
      expiresMs: NOW + leftMs,
    })
  })

  it('is silent where there is none, and a warning where its date cannot be read', () => {
    expect(expiring()).toBeUndefined()
    for (const value of ['soon', '', '1e400', '999999999999999', '9'.repeat(16)]) {
      expect(['info', 'warning']).toContain(expiring(value)?.level)
    }
  })

  it('is the earliest of several', () => {
    expect(expiring(String(NOW + 9 * DAY), String(NOW + DAY))).toMatchObject({ level: 'warning' })
  })
})
