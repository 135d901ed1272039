import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { BENCHMARKS } from './all.ts'
import { isMet, type Line } from './line.ts'
import { FULL, SHORT } from './setting.ts'
import { waiting } from './waiting.ts'
import { never } from '../support/time/never.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

type Results = {
  readonly runs: number
  readonly lines: readonly (Line & { readonly benchmark: string; readonly isMet: boolean })[]
}

// Peak memory is read from /proc.
describe.runIf(process.platform === 'linux')('npm run bench', () => {
  it('measures every line in a short run, prints it, and leaves nothing behind', async () => {
    await using home = await mkdtempDisposable(join(tmpdir(), 'bench-test-'))
    const [temp, file] = [join(home.path, 'temp'), join(home.path, 'results.json')]
    await mkdir(temp)
    const { stdout } = await bench(['--short', file], temp)
    const { runs, lines } = JSON.parse(await readFile(file, 'utf8')) as Results
    expect(runs).toBe(1)
    expect(new Set(lines.map(({ benchmark }) => benchmark))).toEqual(new Set(Object.keys(BENCHMARKS)))
    for (const line of lines) {
      expect(stdout).toContain(`| ${line.what} | ${line.against} |`)
      expect(line.ours, line.what).toBeGreaterThan(0)
      if (line.theirs !== undefined) expect(line.theirs, line.what).toBeGreaterThan(0)
      expect(line.isMet).toBe(isMet(line.judged))
    }
    expect(counts(lines)).toMatchObject({
      'large-file': { requests: 1 },
      planning: { files: SHORT.plannedFiles, 'files by glob': SHORT.plannedFiles, batches: 1 },
      'check-csv': { rows: SHORT.rows },
      'check-json-lines': { rows: SHORT.rows },
    })
    for (const { ours } of lines.filter(({ unit }) => unit === 'MB').filter(({ what }) => what.includes('memory'))) {
      expect(ours).toBeGreaterThan(30)
      expect(ours).toBeLessThan(400)
    }
    expect(await readdir(temp)).toEqual([])
  })

  it('leaves nothing behind when it is stopped', async () => {
    await using home = await mkdtempDisposable(join(tmpdir(), 'bench-test-'))
    const running = bench(['--only', 'memory'], home.path)
    while ((await readdir(home.path)).length === 0) await setTimeout(20)
    running.child.kill('SIGTERM')
    await expect(running).rejects.toThrow('SIGTERM')
    expect(await readdir(home.path)).toEqual([])
  })

  it.each([
    ['a number of runs that is none', ['--runs', '0'], '--runs must be a whole number above 0'],
    ['a benchmark that there is not', ['--only', 'luck'], '--only must be one of large-file, '],
  ])('refuses %s', async (_, args, message) => {
    await expect(bench(args, tmpdir())).rejects.toThrow(message)
  })
})

it('shows that every end of a batch is noticed in time, with few looks', async () => {
  const [late, looks] = await waiting({ bundle: '', runs: 1, sizes: FULL, seed: 1, signal: never() })
  expect(late?.ours).toBeLessThanOrEqual(1)
  // The minimum for pauses that notice every end in time; the target was 40.
  expect(looks?.ours).toBe(55)
})

/** The `more` figures of the first line of each benchmark. */
function counts(lines: Results['lines']) {
  return Object.fromEntries(lines.toReversed().map(({ benchmark, more }) => [benchmark, more]))
}

function bench(args: readonly string[], temp: string) {
  return promisify(execFile)(process.execPath, [MAIN, ...args], { env: { ...process.env, TMPDIR: temp } })
}
