import { parse } from 'csv-parse/sync'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTable } from './as-table.ts'
import { writeRows } from './check-rows.ts'
import { FLAT_HEADER, flatRow } from './check-schema.ts'
import { asMeasurement, bestCpuMs, checkSpeed } from './check-speed.ts'
import type { Measurement } from './measurement.ts'

const COMPARED_ROWS = 100_000

/** How fast CSV is checked from the file's bytes to the findings, a core, beside csv-parse alone. */
export async function checkCsv(rows: number): Promise<readonly Measurement[]> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, few] = [join(scratch.path, 'rows.csv'), join(scratch.path, 'few.csv')]
  const header = `${FLAT_HEADER.join(',')}\n`
  await writeFile(path, header)
  const bytes = await writeRows(path, rows, flatRow)
  await writeRows(few, Math.min(rows, COMPARED_ROWS), flatRow)
  const alone = { name: 'csv-parse alone', mbs: parseSpeed(await readFile(few)) }
  const measurements: Measurement[] = []
  for (const depth of ['parse', 'schema'] as const) {
    measurements.push(asMeasurement(`CSV, ${depth}`, await checkSpeed({ path, bytes, format: 'csv', depth }), alone))
  }
  return measurements
}

/** In MB a second of one core. */
function parseSpeed(bytes: Buffer): number {
  return bytes.length / 1000 / bestCpuMs(3, () => void parse(bytes))
}

if (import.meta.main) console.log(asTable(await checkCsv(Number(process.argv[2] ?? 1_000_000))))
