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
import { VALID_ROWS } from './valid-rows.ts'
import { waiting } from './waiting.ts'
import { never } from '../support/time/never.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

type Results = {
  readonly runs: number
  readonly lines: readonly (Line & { readonly benchmark: string; readonly isMet: boolean })[]
}

/** Run side by side, because one after the other they take minutes on a machine under load. */
const GROUPS = [0, 1, 2, 3].map((group) => Object.keys(BENCHMARKS).filter((_, index) => index % 4 === group))

/** The `more` figures of the first line of some benchmarks, which show how much of the work was done. */
const COUNTS: Readonly<Record<string, Line['more']>> = {
  'large-file': { requests: 1 },
  planning: { files: SHORT.plannedFiles, 'files by glob': SHORT.plannedFiles, batches: 1 },
  'check-csv': { rows: SHORT.rows },
  'check-json-lines': { rows: SHORT.rows },
}

// Peak memory is read from /proc.
describe.runIf(process.platform === 'linux')('npm run bench', () => {
  it.concurrent.each(GROUPS)(
    'measures every line of %s, %s, %s and more in a short run, and prints it',
    async (...names) => {
      await using home = await mkdtempDisposable(join(tmpdir(), 'bench-test-'))
      const [temp, file] = [join(home.path, 'temp'), join(home.path, 'results.json')]
      await mkdir(temp)
      const args = names.flatMap((name) => ['--only', name])
      const { stdout } = await bench(['--short', ...args, file], temp, join(home.path, 'compiled'))
      const { runs, lines } = JSON.parse(await readFile(file, 'utf8')) as Results
      expect(runs).toBe(1)
      expect(new Set(lines.map(({ benchmark }) => benchmark))).toEqual(new Set(names))
      for (const line of lines) {
        expect(stdout).toContain(`| ${line.what} | ${line.against} |`)
        expect(line.ours, line.what).toBeGreaterThan(0)
        if (line.theirs !== undefined) expect(line.theirs, line.what).toBeGreaterThan(0)
        expect(line.isMet).toBe(isMet(line.judged))
      }
      const wanted = Object.entries(COUNTS).filter(([name]) => names.includes(name))
      expect(counts(lines)).toMatchObject(Object.fromEntries(wanted))
      for (const { ours } of lines.filter(({ unit }) => unit === 'MB').filter(({ what }) => what.includes('memory'))) {
        expect(ours).toBeGreaterThan(30)
        expect(ours).toBeLessThan(400)
      }
      expect(await readdir(temp)).toEqual([])
    },
  )

  it('measures a few of the many files of odd rows in a short run, and all of them otherwise', () => {
    expect([SHORT.oddFiles, FULL.oddFiles]).toEqual([3, VALID_ROWS.length])
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

/** `compiled`: a folder for the compiled code, which the many programs of a run then share. */
function bench(args: readonly string[], temp: string, compiled?: string) {
  const env = { ...process.env, TMPDIR: temp, ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }) }
  return promisify(execFile)(process.execPath, [MAIN, ...args], { env })
}
