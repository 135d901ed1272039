import { describe, expect, it } from 'vitest'
import type { Lie } from './lies.ts'
import { simulate } from './simulate.ts'
import { tellStory } from './tell-story.ts'

/** Each of these lies is noticed in one of the first stories. Shared out over files, so that they run side by side. */
export function describeLies(lies: Readonly<Record<string, Lie>>): void {
  describe('the simulation notices when', () => {
    it.each(Object.entries(lies))('%s', async (_, { breaks, tamper, about }) => {
      const noticed: string[] = []
      for (let seed = 1; seed <= 600 && noticed.length === 0; seed++) {
        if (about !== undefined && !tellStory(seed).themes[about]) continue
        const { violations } = await simulate(seed, tamper)
        noticed.push(...violations.filter((violation) => violation.startsWith(`${breaks}:`)))
      }
      expect(noticed).not.toEqual([])
    })
  })
}
