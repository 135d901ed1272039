import { describe, expect, it } from 'vitest'
import { LIES } from './simulation/lies.ts'
import { simulate } from './simulation/simulate.ts'
import { tellStory } from './simulation/tell-story.ts'

/** More with `npm run simulate -- --seeds 20000`. */
const SEEDS = 500
const SHARD = 50

describe('whatever happens, nothing is lost, doubled, undone or left unsaid', () => {
  const shards = Array.from({ length: SEEDS / SHARD }, (_, index) => 1 + index * SHARD)
  it.each(shards)('in the %i. story and those after it', async (first) => {
    for (let seed = first; seed < first + SHARD; seed++) {
      const { violations, transcript } = await simulate(seed)
      if (violations.length > 0) expect.fail([`seed ${seed}`, ...violations, ...transcript.slice(-60)].join('\n'))
    }
  })
})

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
