import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asTable } from './as-table.ts'
import { CHECK_SCHEMA, checkRow } from './check-schema.ts'
import { asMeasurement, bestCpuMs, checkSpeed } from './check-speed.ts'
import type { Measurement } from './measurement.ts'
import { writeRows } from './check-rows.ts'

/** What is parsed for comparison; the same few lines again and again would be parsed from warm caches. */
const COMPARED_ROWS = 100_000

/**
 * How fast JSON Lines are checked from the file's bytes to the findings, a core, beside `JSON.parse` of each line alone,
 * whose lines are strings already.
 */
export async function checkJsonLines(rows: number): Promise<readonly Measurement[]> {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const path = join(scratch.path, 'rows.jsonl')
  const bytes = await writeRows(path, rows, (number) => `${JSON.stringify(checkRow(number))}\n`)
  const compared = linesOf(Math.min(rows, COMPARED_ROWS))
  const alone = { name: 'JSON.parse alone', mbs: speedOf(compared, (line) => void JSON.parse(line)) }
  const measurements: Measurement[] = []
  for (const depth of ['parse', 'schema'] as const) {
    const speed = await checkSpeed({ path, bytes, format: 'json', depth })
    measurements.push(asMeasurement(`JSON Lines, ${depth}`, speed, alone))
  }
  const validate = ajvCheck()
  const ajv = { name: 'JSON.parse + ajv', mbs: speedOf(compared, (line) => void validate(JSON.parse(line))) }
  return measurements.map((one) => ({ ...one, figures: { ...one.figures, [`${ajv.name} MB/s`]: ajv.mbs } }))
}

/** What one would write with a library, in one thread: no unknown fields, no conversions, no lossless numbers. */
function ajvCheck(): (record: unknown) => boolean {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  return ajv.compile(CHECK_SCHEMA)
}

function linesOf(rows: number): readonly string[] {
  return Array.from({ length: rows }, (_, number) => JSON.stringify(checkRow(number)))
}

/** In MB a second of one core. */
function speedOf(lines: readonly string[], work: (line: string) => void): number {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
  const ms = bestCpuMs(3, () => {
    for (const line of lines) work(line)
  })
  return bytes / 1000 / ms
}

if (import.meta.main) console.log(asTable(await checkJsonLines(Number(process.argv[2] ?? 1_000_000))))
