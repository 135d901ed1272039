import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeRows } from './check-rows.ts'
import { CHECK_SCHEMA, checkRow } from './check-schema.ts'
import { checkSpeed, type Alone } from './check-speed.ts'
import type { Line } from './line.ts'
import type { Setting } from './setting.ts'

/** What is parsed for comparison; the same few lines again and again would be parsed from warm caches. */
const COMPARED_ROWS = 100_000

/**
 * How fast JSON Lines are checked from the file's bytes to the findings, beside `JSON.parse` of each line alone, whose lines
 * are strings already, and beside what one would write with ajv.
 */
export async function checkJsonLines(setting: Setting): Promise<readonly Line[]> {
  const { rows } = setting.sizes
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const path = join(scratch.path, 'rows.jsonl')
  const bytes = await writeRows(path, rows, (number) => `${JSON.stringify(checkRow(number))}\n`)
  const lines = linesOf(Math.min(rows, COMPARED_ROWS))
  const validate = ajvCheck()
  const alone = comparison('`JSON.parse` alone', lines, (line) => void JSON.parse(line))
  const withAjv = comparison('`JSON.parse` and ajv', lines, (line) => void validate(JSON.parse(line)))
  const subject = { name: 'JSON Lines', path, bytes, format: 'json' } as const
  const [parsed, checked, besideAjv] = [
    await checkSpeed({ ...subject, depth: 'parse', alone }, setting),
    await checkSpeed({ ...subject, depth: 'schema', alone }, setting),
    await checkSpeed({ ...subject, depth: 'schema', alone: { ...withAjv, least: 1 } }, setting),
  ]
  return [...parsed, ...checked, ...besideAjv.slice(0, 1)]
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

function comparison(name: string, lines: readonly string[], work: (line: string) => void): Alone {
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
  const parse = () => {
    for (const line of lines) work(line)
  }
  return { name, bytes, parse, least: 0.7 }
}
