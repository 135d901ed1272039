import { describe, expect, it } from 'vitest'
import { LIES } from './lies.ts'
import { simulate } from './simulate.ts'
import { tellStory } from './tell-story.ts'

describe('the simulation', () => {
  it.each([7, 70, 415])('runs seed %i twice to the same end, bit for bit', async (seed) => {
    const once = await simulate(seed)
    expect((await simulate(seed)).transcript).toEqual(once.transcript)
  })

  it.each(Object.entries(LIES))('notices when %s', async (_, { breaks, tamper, about }) => {
    const noticed: string[] = []
    for (let seed = 1; seed <= 400 && noticed.length === 0; seed++) {
      if (about !== undefined && !tellStory(seed).themes[about]) continue
      const { violations } = await simulate(seed, tamper)
      noticed.push(...violations.filter((violation) => violation.startsWith(`${breaks}:`)))
    }
    expect(noticed).not.toEqual([])
  })
})
