import { expect, it } from 'vitest'
import { createPauses } from '../../src/emulator/pauses.ts'

it('pauses end by themselves', async () => {
  await createPauses().wait(1)
})

it('pauses can all be ended at once, but for those without an end', async () => {
  const pauses = createPauses()
  const waits = [pauses.wait(3_600_000), pauses.wait(7_200_000)]
  const endless = pauses.wait(Infinity).then(() => 'ended')
  pauses.end()
  await Promise.all(waits)
  expect(await Promise.race([endless, pauses.wait(1).then(() => 'still waits')])).toBe('still waits')
})
