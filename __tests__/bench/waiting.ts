import { INPUTS } from '../../src/inputs/table.ts'
import { nextLook } from '../../src/publish/wait.ts'
import { limitLine, type Line } from './line.ts'
import type { Setting } from './setting.ts'

const HOUR_MS = 3_600_000
const MOST_LOOKS = 40
const BATCHES_A_SECOND = 10

/** How late the action notices the end of a batch, and how many looks it takes; simulated, with the default pause. */
export async function waiting({ sizes }: Setting): Promise<readonly Line[]> {
  const longestMs = Number(INPUTS.pollIntervalMs.default) * 1_000
  const count = sizes.longestBatchSeconds * BATCHES_A_SECOND
  const ends = Array.from({ length: count }, (_, index) => ((index + 1) * 1_000) / BATCHES_A_SECOND)
  const ratio = Math.max(...ends.map((endMs) => lateMs(endMs, longestMs) / (endMs / 10 + 2_000)))
  const what = `a batch that takes t, ${1 / BATCHES_A_SECOND} s to ${sizes.longestBatchSeconds} s: how late it is noticed`
  const judged = { figure: ratio, target: { kind: 'at most', figure: 1, unit: '×' } } as const
  const allowance = { against: '10 % of t + 2 s', theirs: 1, unit: 'of that, at worst' }
  return [
    { what, ...allowance, ours: ratio, judged, more: { batches: count } },
    limitLine({
      what: 'looks at a batch in its first hour',
      figure: looksUntil(HOUR_MS, longestMs),
      most: MOST_LOOKS,
      unit: 'looks',
    }),
  ]
}

function lateMs(endMs: number, longestMs: number): number {
  let ageMs = 0
  while (ageMs < endMs) ageMs += nextLook(ageMs, longestMs)
  return ageMs - endMs
}

function looksUntil(endMs: number, longestMs: number): number {
  let looks = 0
  for (let ageMs = 0; ageMs < endMs; ageMs += nextLook(ageMs, longestMs)) looks++
  return looks
}
