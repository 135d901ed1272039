import { describe, expect, it } from 'vitest'
import { faultsOf, inputsOf } from './given.ts'

describe('the input "shard"', () => {
  it.each([
    ['2/8', { number: 2, of: 8 }],
    ['8/8', { number: 8, of: 8 }],
    ['256/256', { number: 256, of: 256 }],
    [' 2/8 ', { number: 2, of: 8 }],
  ])('reads %j', (shard, value) => {
    expect(inputsOf({ shard }).shard).toEqual(value)
  })

  it.each(['', '1/1'])('given as %j means all files', (shard) => {
    expect(inputsOf({ shard }).shard).toBeUndefined()
  })

  it.each(['0/8', '9/8', '2-8', '2/0', '0/0', '1/257', '2', '2/8/2', '-1/8', '1.5/8', '2 / 8', '٢/8'])(
    'refuses %j, and says what is allowed',
    (shard) => {
      expect(faultsOf({ shard })).toEqual([
        `- "shard" is ${JSON.stringify(shard)}; allowed: share and number of shares, such as "2/8": whole numbers, the share from 1 to the number of shares, and at most 256 of them`,
      ])
    },
  )
})

describe('the input "publication"', () => {
  it.each(['members (2/8)', 'members (0/0)', 'a\u2028b (12/34)'])(
    'refuses %j, which could pose as a share of another',
    (publication) => {
      expect(faultsOf({ publication }).join()).toContain('nor end as that of a share does, such as " (2/8)"')
    },
  )

  it.each(['members (2/8) of May', 'members(2/8)', 'members (2)'])('takes %j', (publication) => {
    expect(inputsOf({ publication }).publication).toBe(publication)
  })
})

describe('the input "large-files"', () => {
  it('chunks where nothing is said, and splits where it is', () => {
    expect([inputsOf({}).largeFiles, inputsOf({ 'large-files': 'split' }).largeFiles]).toEqual(['chunk', 'split'])
  })

  it('does not split JSON that is to travel as it is', () => {
    expect(faultsOf({ 'large-files': 'split', 'multiline-json': 'keep' })).toEqual([
      '- "large-files" is "split", and "multiline-json" is "keep"; allowed: one of them, since "keep" sends JSON as it is',
    ])
    expect(faultsOf({ 'large-files': 'chunk', 'multiline-json': 'keep' })).toEqual([])
  })
})
