import { expect, it } from 'vitest'
import { bytesContent, type Content } from '../../../src/lib/content.ts'
import type { Receipt } from '../../../src/platform/batches.ts'
import type { Transfer } from '../../../src/files/plan.ts'
import { createPace, sharedPace } from '../../../src/publish/upload-pace.ts'
import { scoutOf } from '../../../src/publish/upload-pace.ts'
import { sendTimed } from '../../../src/publish/upload.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'

const MB = 1_000_000

function sized(size: number): Content {
  return { size, slice: (start, end) => sized(end - start), bytes: () => bytesContent(new Uint8Array()).bytes() }
}

function transfers(...sizes: readonly number[]): readonly Transfer[] {
  return sizes.map((size) => ({ remoteName: `${size}`, content: sized(size), sources: [], how: 'whole' }))
}

it.each([
  ['the smallest that tells anything, where several are large', [128 * MB, 90 * MB, 2 * MB, 10_000], '2000000'],
  ['a large one, where all are', [128 * MB, 90 * MB], '90000000'],
  ['none where one is large', [128 * MB, 10_000], undefined],
  ['none where nothing is', [5 * MB, 6 * MB, 7 * MB], undefined],
] as const)('goes first and alone: %s', (_, sizes, name) => {
  expect(scoutOf(transfers(...sizes), createPace())?.remoteName).toBe(name)
})

it('had the line to itself, which those behind it share', () => {
  const pace = createPace()
  sharedPace(pace, 4).note(10 * MB, 1_000)
  expect(pace.carries(1)).toBe(2_500)
})

it('needs no scout once the line is known', () => {
  const pace = createPace()
  pace.note(10 * MB, 100)
  expect(scoutOf(transfers(128 * MB, 90 * MB), pace)).toBeUndefined()
})

it('counts the last attempt alone, not what was waited for before it', async () => {
  const [clock, pace] = [fakeClock(), createPace()]
  const send = async (content: Content): Promise<Receipt> => {
    content.bytes()
    await clock.advance(60_000)
    content.bytes()
    await clock.advance(100)
    return { kind: 'stored' }
  }
  await sendTimed(sized(10 * MB), send, { clock, pace })
  expect(pace.carries(1)).toBe(100_000)
})
