import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INPUTS } from '../../../src/inputs/table.ts'
import { faultsOf } from './given.ts'

describe('any inputs whatever', () => {
  const names = Object.values(INPUTS).map(({ name }) => name)

  it('are read, or refused with a Problem of one line a fault', () => {
    const texts = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 60 }))
    fc.assert(
      fc.property(texts, (given) => {
        for (const fault of faultsOf(given)) expect(fault).toMatch(/^- ".*; allowed: /)
      }),
    )
  })

  it('never show a secret that was given', () => {
    const secret = fc.stringMatching(/^[ -~]{12,40}$/)
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        const told = faultsOf({ 'client-secret': one, 'access-token': other, format: 'x' }).join('\n')
        expect(told.includes(one.trim()) && one.trim().length > 8).toBe(false)
        expect(told.includes(other.trim()) && other.trim().length > 8).toBe(false)
      }),
    )
  })
})
