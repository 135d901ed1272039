import { expect, it } from 'vitest'
import { simulate } from './simulate.ts'

it.each([7, 70, 415])('the simulation runs seed %i twice to the same end, bit for bit', async (seed) => {
  const once = await simulate(seed)
  expect((await simulate(seed)).transcript).toEqual(once.transcript)
})
