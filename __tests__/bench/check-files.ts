import { writeRepeatedRows, writeRows } from './check-rows.ts'
import { CHECK_SCHEMA, checkRow } from './check-schema.ts'
import { type Alone, checkSpeed } from './check-speed.ts'
import { openPlaces } from './open-places.ts'
import { publishBuilt } from './publish-built.ts'
import { sendToSink } from './send-to-sink.ts'
import type { Setting } from './setting.ts'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { mkdtempDisposable, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Line, alternate, median, ratioLine } from './line.ts'

/** The number of rows parsed for comparison. Fewer lines, repeated, would be parsed from warm caches. */
const COMPARED_ROWS = 100_000

/**
 * How fast JSON Lines are checked from the file's bytes to the findings, compared with only `JSON.parse` of each line,
 * which is already a string, and with a simple program that uses ajv.
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
  const subject = { name: 'JSON Lines', path, bytes } as const
  const [parsed, checked, besideAjv] = [
    await checkSpeed({ ...subject, depth: 'parse', alone }, setting),
    await checkSpeed({ ...subject, depth: 'schema', alone }, setting),
    await checkSpeed({ ...subject, depth: 'schema', alone: { ...withAjv, least: 1 } }, setting),
  ]
  return [...parsed, ...checked, ...besideAjv.slice(0, 1)]
}

/** A simple single-threaded check with a library: no unknown fields, no conversions, no lossless numbers. */
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
  const workThrough = () => {
    for (const line of lines) work(line)
  }
  return { name, bytes, parse: workThrough, least: 0.7 }
}

const FILE = 'rows.jsonl'

/** The whole run with validation, compared with the same run without it. */
export async function checkOrNot({ bundle, runs, sizes, signal }: Setting): Promise<readonly Line[]> {
  await using places = await openPlaces()
  await writeRepeatedRows(join(places.workspace, FILE), sizes.checkedMb * 1e6)
  const publish = (validation: string) =>
    sendToSink({ isTls: false, delayMs: 0 }, (url) =>
      publishBuilt({ ...places, bundle, url, inputs: { glob: FILE, validation } }, signal),
    )
  const { ours, theirs } = await alternate(runs, { ours: () => publish('error'), theirs: () => publish('off') })
  return [
    ratioLine({
      what: `${sizes.checkedMb} MB of JSON Lines with the check on, \`wait: false\`; the whole run`,
      against: 'the same with `validation: off`',
      unit: 's',
      ours: ours.map(({ ms }) => ms / 1000),
      theirs: theirs.map(({ ms }) => ms / 1000),
      target: { kind: 'at most', figure: 2 },
      more: { 'peak MB': median(ours.map(({ result }) => result.peakBytes / 1e6)) },
    }),
  ]
}

export type ArrayShape = 'compact' | 'pretty'

const AT_ONCE = 5_000

/** An array on one line, or pretty-printed with two spaces; a few thousand records are repeated. */
export async function writeArray(path: string, shape: ArrayShape, mostBytes: number): Promise<void> {
  const records = Array.from({ length: AT_ONCE }, (_, number) => arrayRecord(checkRow(number), shape))
  const block = Buffer.from(`${records.join(',')},`)
  await using file = await open(path, 'w')
  await file.writeFile('[')
  for (let written = 0; written + block.length < mostBytes; written += block.length) await file.writeFile(block)
  await file.writeFile(`${arrayRecord(checkRow(0), shape)}${shape === 'pretty' ? '\n' : ''}]`)
}

/** A record as it is in the array, with the line end and spaces before it. */
export function arrayRecord(record: unknown, shape: ArrayShape): string {
  return shape === 'compact' ? JSON.stringify(record) : `\n${JSON.stringify(record, null, 2).replace(/^/gm, '  ')}`
}
