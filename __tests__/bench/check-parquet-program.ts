import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import { parquetSummary } from '../../src/formats/parquet/summary.ts'
import { type PoolSetup, openPool, serveSlices } from '../../src/formats/pool.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { xdmSchemaOf } from '../support/parquet-xdm.ts'
import type { CheckRun } from './check-run.ts'
import { PARQUET_SUBJECTS } from './parquet-subjects.ts'

/**
 * Checks a file of one of the subjects against the schema that its columns fit. First another one, unmeasured: what it takes
 * to load the program in each thread is no part of it, as the import of a library is none of reading by it.
 */
async function main([path = '', subject = '', first = '']: readonly string[]): Promise<CheckRun> {
  const program = { path: process.argv[1] ?? '', setup: subject }
  await using checker = openPool({ program, check: checkFor(subject), threads: availableParallelism() })
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
  const shape = await parquetSummary(content)
  if (!('format' in shape)) throw new Error(`The file ${shape.says}`)
  return await checkFile({ content, shape }, { checker, signal: new AbortController().signal })
}

function checkFor(subject: unknown): PoolSetup['check'] {
  const schema = xdmSchemaOf(PARQUET_SUBJECTS[String(subject)]?.columns ?? [])
  const source = { schema, descriptors: undefined }
  return rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false })
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices(checkFor)
