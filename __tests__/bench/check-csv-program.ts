import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { type PoolSetup, openPool, serveSlices } from '../../src/formats/pool.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { compileSchema } from '../../src/schema/compile.ts'
import { recordCheck } from '../../src/schema/record.ts'
import { csvShape } from '../support/shapes.ts'
import { FLAT_HEADER, FLAT_SCHEMA } from './check-schema.ts'

/** What a run of this program prints. */
export type CheckedCsv = {
  readonly ms: number
  readonly cpuMs: number
  readonly rows: number
  readonly badRows: number
}

export type CsvDepth = 'parse' | 'check' | 'schema'

type Checker = ReturnType<typeof openPool>

/** First another file, unmeasured: what it takes to load the program in each thread is no part of it. */
async function main([path = '', first = '', depth = '']: readonly string[]): Promise<CheckedCsv> {
  const program = { path: process.argv[1] ?? '', setup: depth }
  await using checker = openPool({ program, check: checkFor(depth), threads: availableParallelism() })
  await checkPath(first, checker)
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const { rows, badRows } = await checkPath(path, checker)
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000, rows, badRows }
}

async function checkPath(path: string, checker: Checker) {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const file = { content: fileContent({ path, size, modifiedMs }), shape: csvShape(FLAT_HEADER) }
  return await checkFile(file, { checker, signal: new AbortController().signal })
}

const PLAIN = { showValues: false, isForProfile: false }

function checkFor(depth: unknown): PoolSetup['check'] {
  const text = () => undefined
  if (depth === 'parse') return { text, value: () => undefined, cells: () => undefined }
  const source = { schema: FLAT_SCHEMA, descriptors: undefined }
  if (depth === 'check') return rowCheckOf({ source, ...PLAIN, isUntyped: true })
  // More than the action does, which takes the columns of CSV as they are.
  const check = recordCheck(compileSchema(FLAT_SCHEMA), PLAIN)
  return { text, value: (value, report) => void check(value, report) }
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices(checkFor)
