import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { simulate, type Verdict } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '500' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    log: { type: 'boolean', default: false },
  },
})

const first = firstOf(values.seed ?? values.from)
const count = values.seed === undefined ? Number(values.seeds) : 1
console.log(`Seeds ${first} to ${first + count - 1}`)
const tally = new Map<string, number>()
const failed: number[] = []

for (let seed = first; seed < first + count; seed++) {
  const verdict = await simulate(seed)
  for (const [what, times] of verdict.tally) tally.set(what, (tally.get(what) ?? 0) + times)
  if (values.log) console.log(verdict.transcript.join('\n'))
  if (verdict.violations.length > 0) report(verdict)
}

for (const [what, times] of Array.from(tally).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${String(times).padStart(8)}  ${what}`)
}
console.log(
  `${count} seeds from ${first}: ${failed.length === 0 ? 'all hold' : `${failed.length} fail: ${failed.join(', ')}`}`,
)
process.exitCode = failed.length === 0 ? 0 : 1

/** `random`: others than ever before, most likely. */
function firstOf(given: string): number {
  return given === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(given)
}

function report({ seed, violations, transcript }: Verdict): void {
  failed.push(seed)
  const folder = join(tmpdir(), 'simulation')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `seed-${seed}.log`)
  writeFileSync(path, `${[...transcript, ...violations].join('\n')}\n`)
  console.log(`Seed ${seed} fails; its transcript is in ${path}; alone: npm run simulate -- --seed ${seed} --log`)
  for (const violation of violations) console.log(`  ${violation}`)
}
