import { execFile } from 'node:child_process'
import { mkdir, mkdtempDisposable, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const MAIN = join(import.meta.dirname, 'bench/main.ts')

type Results = {
  readonly sizeMib: number
  readonly measurements: readonly { readonly subject: string; readonly figures: Readonly<Record<string, number>> }[]
}

// Peak memory is read from /proc.
describe.runIf(process.platform === 'linux')('npm run bench', () => {
  it('reports memory and rows of a small run, and leaves nothing behind', async () => {
    await using home = await mkdtempDisposable(join(tmpdir(), 'bench-test-'))
    const [temp, file] = [join(home.path, 'temp'), join(home.path, 'results.json')]
    await mkdir(temp)
    const { stdout } = await bench(['--size-mib', '8', '--rows', '4000', file], temp)
    const { sizeMib, measurements } = JSON.parse(await readFile(file, 'utf8')) as Results
    expect(sizeMib).toBe(8)
    const checks = ['JSON Lines, parse', 'JSON Lines, schema', 'CSV, parse', 'CSV, schema']
    expect(measurements.map(({ subject }) => subject)).toEqual(['JSON Lines', 'Parquet', ...checks])
    expect(measurements.map(({ figures }) => figures['rows'])).toEqual([8 * 2372, 8, ...checks.map(() => 4000)])
    for (const { subject, figures } of measurements) {
      expect(figures['peak resident MB']).toBeGreaterThan(30)
      expect(figures['peak resident MB']).toBeLessThan(400)
      expect(stdout).toContain(`| ${subject} |`)
    }
    expect(await readdir(temp)).toEqual([])
  }, 60_000)

  it('leaves nothing behind when it is stopped', async () => {
    await using home = await mkdtempDisposable(join(tmpdir(), 'bench-test-'))
    const running = bench(['--size-mib', '64'], home.path)
    while ((await readdir(home.path)).length === 0) await setTimeout(20)
    running.child.kill('SIGTERM')
    await expect(running).rejects.toThrow('SIGTERM')
    expect(await readdir(home.path)).toEqual([])
  })

  it('refuses a size that is none', async () => {
    await expect(bench(['--size-mib', '0'], tmpdir())).rejects.toThrow('--size-mib must be a whole number above 0')
  })
})

function bench(args: readonly string[], temp: string) {
  return promisify(execFile)(process.execPath, [MAIN, ...args], { env: { ...process.env, TMPDIR: temp } })
}
