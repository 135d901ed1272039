import { writeFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { asTable } from './as-table.ts'
import { checkCsv } from './check-csv.ts'
import { checkJsonLines } from './check-json-lines.ts'
import { memory } from './memory.ts'

/** `npm run bench -- [--size-mib 2048] [--rows 1000000] [results.json]` */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { 'size-mib': { type: 'string', default: '2048' }, rows: { type: 'string', default: '1000000' } },
    allowPositionals: true,
  })
  const sizeMib = wholeNumber('--size-mib', values['size-mib'])
  const rows = wholeNumber('--rows', values.rows)
  const large = await memory({ sizeMib, signal: stoppedBySignals() })
  const measurements = [...large, ...(await checkJsonLines(rows)), ...(await checkCsv(rows))]
  console.log(asTable(measurements))
  const machine = { node: process.version, platform: process.platform, cores: availableParallelism() }
  const [file] = positionals
  if (file !== undefined)
    await writeFile(file, `${JSON.stringify({ machine, sizeMib, rows, measurements }, null, 2)}\n`)
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`${option} must be a whole number above 0, not "${text}"`)
  return Number(text)
}

/** Ended by a signal, a process would leave its gigabytes behind. */
function stoppedBySignals(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort(new Error(name)))
  return controller.signal
}

await main()
