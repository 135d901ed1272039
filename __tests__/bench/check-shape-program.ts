import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { type PoolSetup, openPool, serveSlices } from '../../src/formats/pool.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { LINES } from '../support/shapes.ts'
import type { CheckRun } from './check-run.ts'
import { ROW_SHAPES, schemaOfShape } from './row-shapes.ts'

/**
 * Checks a file of rows of one shape. First another one, unmeasured: what it takes to load and compile the program in each
 * thread is no part of it, as the import of a library is none of parsing by it.
 */
async function main([path = '', name = '', first = '']: readonly string[]): Promise<CheckRun> {
  const program = { path: process.argv[1] ?? '', setup: name }
  await using checker = openPool({ program, check: checkFor(name), threads: availableParallelism() })
  await checkPath(first, checker)
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const { rows, badRows } = await checkPath(path, checker)
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - begun, cpuMs: (user + system) / 1000, rows, badRows }
}

async function checkPath(path: string, checker: ReturnType<typeof openPool>) {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const content = fileContent({ path, size, modifiedMs })
  const found = await checkFile({ content, shape: LINES }, { checker, signal: new AbortController().signal })
  const odd = found.findings.find(({ code }) => code !== 'null-value')
  if (odd !== undefined) throw new Error(`The rows should be in order: ${odd.code} at ${odd.path}`)
  return found
}

function checkFor(name: unknown): PoolSetup['check'] {
  const shape = ROW_SHAPES.find((one) => one.name === name)
  if (shape === undefined) throw new Error(`There are no rows called "${String(name)}"`)
  const source = { schema: schemaOfShape(shape), descriptors: [] }
  return rowCheckOf({ source, showValues: false, isForProfile: shape.isForProfile, isUntyped: false })
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices(checkFor)
