import { expect, it } from 'vitest'
import { simulate } from './simulate.ts'

it.each([7, 70, 415])('the simulation runs seed %i twice to the same end, bit for bit', async (seed) => {
  const once = await simulate(seed)
  expect((await simulate(seed)).transcript).toEqual(once.transcript)
})

it.each([
  [4084, 'a batch that was consolidated twice, of which one replica does not know'],
  [11818, 'a revert that nobody waits for, beside rows that stood twice before'],
])('the story of seed %i holds: %s', async (seed) => {
  expect((await simulate(seed)).violations).toEqual([])
})
