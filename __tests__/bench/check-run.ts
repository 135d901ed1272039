import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { fileContent } from '../../src/lib/file-content.ts'
import { checkFile } from '../../src/formats/check.ts'
import { LINES, csvShape } from '../support/shapes.ts'
import { openPool, serveSlices } from '../../src/formats/pool.ts'
import type { RowCheck } from '../../src/formats/record.ts'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { CHECK_SCHEMA, FLAT_HEADER, FLAT_SCHEMA } from './check-schema.ts'

/** What a run of this program prints. */
export type CheckRun = {
  readonly ms: number
  readonly rows: number
  readonly badRows: number
  /** Of all threads, those of the garbage collector and the compiler among them. */
  readonly cpuMs: number
}

/** Either `json` or `csv`, and `schema` to check against it or `parse` to do no more than parse. */
type Setup = { readonly format: string; readonly depth: string }

async function main([path = '', format = '', depth = '']: readonly string[]): Promise<CheckRun> {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const shape = format === 'csv' ? csvShape(FLAT_HEADER) : LINES
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const setup: Setup = { format, depth }
  const program = { path: process.argv[1] ?? '', setup }
  await using checker = openPool({ program, check: checkFor(setup), threads: availableParallelism() })
  const content = fileContent({ path, size, modifiedMs })
  const { rows, badRows } = await checkFile({ content, shape }, { checker, signal: new AbortController().signal })
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000, rows, badRows }
}

function checkFor(setup: unknown): RowCheck {
  const { format, depth } = { format: '', depth: '', ...(setup as Partial<Setup>) }
  if (depth === 'parse') return { text: (text) => void JSON.parse(text), value: () => undefined }
  return format === 'csv'
    ? csvCheck()
    : rowCheckOf({ source: { schema: CHECK_SCHEMA, descriptors: undefined }, ...PLAIN, isUntyped: false })
}

const PLAIN = { showValues: false, isForProfile: false }

/** More than the action does: it takes the columns of CSV as they are, and checks their header alone. */
function csvCheck(): RowCheck {
  const check = recordCheck(compileSchema(FLAT_SCHEMA), PLAIN)
  return { text: () => undefined, value: (value, report) => void check(value, report) }
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices(checkFor)
