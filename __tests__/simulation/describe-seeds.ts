import { describe, expect, it } from 'vitest'
import { simulate } from './simulate.ts'

const AT_ONCE = 25

/**
 * The stories of so many seeds, each played to its end. Shared out over files, so that they run side by side.
 * More with `npm run simulate -- --seeds 20000`.
 */
export function describeSeeds(from: number, count: number): void {
  describe('whatever happens, nothing is lost, doubled, undone or left unsaid', () => {
    const firsts = Array.from({ length: count / AT_ONCE }, (_, index) => from + index * AT_ONCE)
    it.each(firsts.map((first) => [first, first + AT_ONCE - 1]))(
      'in the stories of seeds %i to %i',
      async (first, last) => {
        for (let seed = first; seed <= last; seed++) {
          const { violations, transcript } = await simulate(seed)
          if (violations.length > 0) expect.fail([`seed ${seed}`, ...violations, ...transcript.slice(-60)].join('\n'))
        }
      },
    )
  })
}
