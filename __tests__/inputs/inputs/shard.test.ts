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
        `- "shard" is ${JSON.stringify(shard)}; allowed: the number of the shard and the number of shards, such as "2/8": at most 256 shards, and the shard is one of them`,
      ])
    },
  )
})

describe('the input "publication"', () => {
  it.each(['members (2/8)', 'members (0/0)', 'a\u2028b (12/34)'])(
    'refuses %j, which could pose as a share of another',
    (publication) => {
      expect(faultsOf({ publication }).join()).toContain('or end like the name of a shard, such as " (2/8)"')
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
      '- "large-files" is "split", and "multiline-json" is "keep"; allowed: only one of them, because "keep" uploads JSON unchanged',
    ])
    expect(faultsOf({ 'large-files': 'chunk', 'multiline-json': 'keep' })).toEqual([])
  })
})
