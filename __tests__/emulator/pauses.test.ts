import { expect, it } from 'vitest'
import { createPauses } from '../../emulator/http/pauses.ts'

it('pauses end by themselves', async () => {
  await createPauses().wait(1)
})

it('pauses can all be ended at once, also those without an end of their own', async () => {
  const pauses = createPauses()
  const waits = [pauses.wait(3_600_000), pauses.wait(Infinity)]
  pauses.end()
  expect(await Promise.all(waits)).toHaveLength(2)
})
