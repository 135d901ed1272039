import { parse } from 'csv-parse/sync'
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeRows } from './check-rows.ts'
import { FLAT_HEADER, flatRow } from './check-schema.ts'
import { checkSpeed } from './check-speed.ts'
import type { Line } from './line.ts'
import type { Setting } from './setting.ts'

const COMPARED_ROWS = 100_000

/** How fast CSV is checked from the file's bytes to the findings, beside csv-parse alone. */
export async function checkCsv(setting: Setting): Promise<readonly Line[]> {
  const { rows } = setting.sizes
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, few] = [join(scratch.path, 'rows.csv'), join(scratch.path, 'few.csv')]
  await writeFile(path, `${FLAT_HEADER.join(',')}\n`)
  const bytes = await writeRows(path, rows, flatRow)
  await writeRows(few, Math.min(rows, COMPARED_ROWS), flatRow)
  const text = await readFile(few)
  const alone = { name: '`csv-parse` alone', bytes: text.length, parse: () => void parse(text), least: 0.8 }
  const subject = { name: 'CSV', path, bytes, format: 'csv', alone } as const
  const [parsed, checked] = [
    await checkSpeed({ ...subject, depth: 'parse' }, setting),
    await checkSpeed({ ...subject, depth: 'schema' }, setting),
  ]
  return [...parsed, ...checked]
}
