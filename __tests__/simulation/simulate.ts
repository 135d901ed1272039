import { INVARIANTS } from './invariants/all.ts'
import { play } from './play.ts'
import type { Tamper } from './stage.ts'
import { tellStory } from './tell-story.ts'
import { tallyRuns } from './tally-runs.ts'

export type Verdict = {
  readonly seed: number
  /** What does not hold, by the name of the invariant. */
  readonly violations: readonly string[]
  readonly transcript: readonly string[]
  readonly tally: ReadonlyMap<string, number>
}

/** Plays the story of a seed to its end and looks what holds of it. The same seed runs to the same end, bit for bit. */
export async function simulate(seed: number, tamper?: Tamper): Promise<Verdict> {
  const told = await play(tellStory(seed), tamper).catch((cause: unknown) => {
    throw new Error(`Seed ${seed} has not come to its end: ${String(cause)}`, { cause })
  })
  const violations = Object.entries(INVARIANTS).flatMap(([name, invariant]) =>
    invariant(told).map((text) => `${name}: ${text}`),
  )
  return { seed, violations, transcript: told.transcript, tally: new Map([...told.tally, ...tallyRuns(told.runs)]) }
}
