import { writeFile } from 'node:fs/promises'
import { availableParallelism, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BENCHMARKS, type Benchmark } from './all.ts'
import { asTable, isMet, type Line } from './line.ts'
import { FULL, SHORT, type Setting } from './setting.ts'

const BUNDLE = join(import.meta.dirname, '../../dist/index.js')

/** `npm run bench -- [--only name]… [--short] [--runs 3] [--seed 7] [--bundle dist/index.js] [results.json]` */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      short: { type: 'boolean', default: false },
      runs: { type: 'string' },
      seed: { type: 'string', default: '2611282' },
      bundle: { type: 'string', default: BUNDLE },
    },
    allowPositionals: true,
  })
  const { short, bundle } = values
  const setting: Setting = {
    bundle: resolve(bundle),
    runs: wholeNumber('--runs', values.runs ?? (short ? '1' : '3')),
    sizes: short ? SHORT : FULL,
    seed: wholeNumber('--seed', values.seed),
    signal: stoppedBySignals(),
  }
  const [before] = loadavg()
  const results = await runAll(chosen(values.only), setting)
  console.log(asTable(results))
  const machine = { node: process.version, platform: process.platform, cores: availableParallelism(), load: before }
  const [file] = positionals
  if (file !== undefined) {
    const { runs, sizes, seed } = setting
    await writeFile(file, `${JSON.stringify({ machine, runs, sizes, seed, lines: results }, null, 2)}\n`)
  }
}

type Named = readonly [string, Benchmark]

type Result = Line & { readonly benchmark: string; readonly isMet: boolean }

/** Each benchmark prints its results at once, because the whole takes minutes. */
async function runAll(benchmarks: readonly Named[], setting: Setting): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const [name, run] of benchmarks) {
    setting.signal.throwIfAborted()
    const begun = performance.now()
    const lines = await run(setting)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    console.error([`${name}: ${seconds} s`, ...lines.map(asSentence)].join('\n  '))
    results.push(...lines.map((line) => ({ benchmark: name, ...line, isMet: isMet(line.judged) })))
  }
  return results
}

function asSentence({ what, judged }: Line): string {
  const { figure, target } = judged
  return `${what}: ${figure.toFixed(2)} ${target.unit} (${target.kind} ${target.figure})`
}

/** All benchmarks if none is named. @throws Error with the known names for an unknown one */
function chosen(names: readonly string[]): readonly Named[] {
  const unknown = names.find((name) => !(name in BENCHMARKS))
  if (unknown !== undefined)
    throw new Error(`--only must be one of ${Object.keys(BENCHMARKS).join(', ')}, not "${unknown}"`)
  return Object.entries(BENCHMARKS).filter(([name]) => names.length === 0 || names.includes(name))
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${option} must be a whole number above 0, not "${text}"`)
  return Number(text)
}

/** Turns signals into an abort: a killed process would leave gigabytes of files behind. */
function stoppedBySignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new Error(name)))
  return controller.signal
}

await main()
