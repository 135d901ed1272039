import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckRun } from './check-program.ts'
import { writeRows } from './check-rows.ts'
import { cpuMs } from './check-speed.ts'
import { alternate, type Line, median, ratioLine } from './line.ts'
import { measuredProgram } from './measured-program.ts'
import { IDENTITY_MAP_ROWS, MIXED_ROWS, type RowShape, drawFrom } from './profile-rows.ts'
import { schemaOfShape } from './row-shapes.ts'
import type { Setting } from './setting.ts'
import { VALID_ROWS } from './valid-rows.ts'

/** The amount parsed for comparison. Fewer lines, repeated, would be parsed from warm caches. */
const COMPARED_BYTES = 20e6

/** How fast typical exports for Profile are checked, compared with `JSON.parse` and with ajv. */
export async function checkProfileRows(setting: Setting): Promise<readonly Line[]> {
  const lines: Line[] = []
  for (const shape of [IDENTITY_MAP_ROWS, MIXED_ROWS]) {
    const what = `${shape.name}, fields in any order: checked, a core`
    const { ours, parsed, withAjv } = await measure(shape, setting.sizes.checkedMb, setting)
    const target = (figure: number) => ({ kind: 'at least', figure }) as const
    lines.push(
      ratioLine({ what, against: PARSED, unit: 'MB/s', ours, theirs: parsed, target: target(1.5) }),
      ratioLine({ what, against: '`JSON.parse` and ajv', unit: 'MB/s', ours, theirs: withAjv, target: target(2) }),
    )
  }
  return lines
}

const PARSED = '`JSON.parse` of each line'

/** There are many kinds of rows, so their files are smaller. */
const PART = 0.6

/** Of all tried files, the one whose check is slowest relative to `JSON.parse`. `more` has all ratios. */
export async function checkWorstRows(setting: Setting): Promise<readonly Line[]> {
  const measured: { readonly name: string; readonly ours: readonly number[]; readonly theirs: readonly number[] }[] = []
  for (const shape of VALID_ROWS.slice(0, setting.sizes.oddFiles)) {
    const { ours, parsed } = await measure(shape, setting.sizes.checkedMb * PART, setting)
    measured.push({ name: shape.name, ours, theirs: parsed })
  }
  const ratioOf = ({ ours, theirs }: (typeof measured)[number]) => median(ours) / median(theirs)
  const [worst] = measured.toSorted((one, other) => ratioOf(one) - ratioOf(other))
  if (worst === undefined) throw new Error('There are no rows to be checked')
  return [
    ratioLine({
      what: `the slowest of ${measured.length} files of odd but valid rows: checked, a core`,
      against: PARSED,
      unit: 'MB/s',
      ours: worst.ours,
      theirs: worst.theirs,
      target: { kind: 'at least', figure: 0.9 },
      more: Object.fromEntries(measured.map((one) => [one.name, Math.round(ratioOf(one) * 100) / 100])),
    }),
  ]
}

/** MB of the file per second of processor time, one figure per run. */
async function measure(shape: RowShape, mb: number, { runs, seed, signal }: Setting) {
  await using scratch = await mkdtempDisposable(join(tmpdir(), 'bench-'))
  const [path, first] = [join(scratch.path, 'rows.jsonl'), join(scratch.path, 'first.jsonl')]
  const draw = drawFrom(seed)
  const rows = linesOf(shape, draw, Math.min(mb * 1e6, COMPARED_BYTES))
  const bytes = await writeAgain(path, rows, { bytes: mb * 1e6 })
  await writeAgain(first, rows, { bytes: Math.min(mb * 1e6, FIRST.bytes), rows: Math.min(mb * 1000, FIRST.rows) })
  const [parse, validate] = [(line: string): unknown => JSON.parse(line), ajvCheck(shape)]
  const parsedBytes = bytesOf(rows)
  const speedOf = (work: (line: string) => unknown) =>
    parsedBytes / 1000 / cpuMs(() => rows.forEach((line) => work(line)))
  const { ours, theirs } = await alternate(runs, {
    ours: () => measuredProgram<CheckRun>('check-shape-program.ts', [path, shape.name, first], signal),
    theirs: async () => ({
      parsed: speedOf(parse),
      withAjv: shape.isForProfile ? speedOf((line) => validate(parse(line))) : NaN,
    }),
  })
  return {
    ours: ours.map((run) => bytes / 1000 / run.cpuMs),
    parsed: theirs.map(({ parsed }) => parsed),
    withAjv: theirs.map(({ withAjv }) => withAjv),
  }
}

/** The warm-up, large enough for every thread to compile its code, which depends on the number of calls. */
const FIRST = { bytes: 40e6, rows: 50_000 } as const

function linesOf({ row }: RowShape, draw: (end: number) => number, mostBytes: number): readonly string[] {
  const lines: string[] = []
  for (let bytes = 0; bytes < mostBytes; bytes += Buffer.byteLength(lines.at(-1) ?? '') + 1) lines.push(row(draw))
  return lines
}

function bytesOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0)
}

type Least = { readonly bytes: number; readonly rows?: number }

/** Writes the rows repeatedly, until there are enough. */
async function writeAgain(path: string, rows: readonly string[], least: Least): Promise<number> {
  const count = Math.max(Math.ceil((least.bytes / bytesOf(rows)) * rows.length), least.rows ?? 0)
  return await writeRows(path, count, (number) => `${rows[number % rows.length] ?? ''}\n`)
}

/** @throws Error for a row that ajv refuses: the two sides would not do the same */
function ajvCheck(shape: RowShape): (record: unknown) => void {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(widened(schemaOfShape(shape)))
  return (record) => {
    if (!validate(record))
      throw new Error(`ajv does not take ${JSON.stringify(record)}: ${ajv.errorsText(validate.errors)}`)
  }
}

/** Wider types: XDM converts values that JSON Schema refuses. */
const WIDER: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['string', ['string', 'number', 'null']],
  ['number', ['number', 'string', 'null']],
  ['integer', ['number', 'string', 'null']],
])

function widened(node: unknown): object {
  if (typeof node !== 'object' || node === null) return {}
  const { type, properties, items, additionalProperties: values, ...rest } = node as Readonly<Record<string, unknown>>
  return {
    ...rest,
    ...(type === undefined ? {} : { type: WIDER.get(type) ?? type }),
    ...(items === undefined ? {} : { items: widened(items) }),
    ...(typeof values === 'object' ? { additionalProperties: widened(values) } : {}),
    ...(typeof properties === 'object' && properties !== null
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, widened(one)])) }
      : {}),
  }
}
