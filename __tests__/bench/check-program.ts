import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { checkFile } from '../../src/formats/check.ts'
import type { FileToRead } from '../../src/formats/formats.ts'
import { type PoolSetup, openPool, serveSlices } from '../../src/formats/pool.ts'
import type { FileFindings } from '../../src/formats/results.ts'
import { fileContent } from '../../src/lib/file-content.ts'

export type Cost = {
  readonly ms: number
  /** Of all threads, including those of the garbage collector and the compiler. */
  readonly cpuMs: number
}

/** The output of a program that checks a file. */
export type CheckRun = Cost & { readonly rows: number; readonly badRows: number }

/** The result of the work, with its cost. */
export async function timed<T extends object>(work: () => Promise<T>): Promise<T & Cost> {
  const begun = performance.now()
  const cpu = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  return { ...result, ms: performance.now() - begun, cpuMs: (user + system) / 1000 }
}

export type CheckProgram = {
  readonly checkFor: (setup: unknown) => PoolSetup['check']
  readonly shapeOf: (content: FileToRead['content']) => FileToRead['shape'] | Promise<FileToRead['shape']>
  /** Throws if the file is not as expected. */
  readonly inspect?: (found: FileFindings) => void
}

/**
 * The main function of a program with three arguments: the path of the file to check, the setup of its threads, and the
 * path of a warm-up file. The warm-up is not measured, so loading and compiling the program in each thread does not count,
 * as the import of a library does not count as parsing. The worker threads call this function, too.
 */
export async function runCheckProgram({ checkFor, shapeOf, inspect }: CheckProgram): Promise<void> {
  if (!isMainThread) {
    serveSlices(checkFor)
    return
  }
  const [path = '', setup = '', first = ''] = process.argv.slice(2)
  const program = { path: process.argv[1] ?? '', setup }
  await using checker = openPool({ program, check: checkFor(setup), threads: availableParallelism() })
  const check = async (file: string) => {
    const { size, mtimeMs: modifiedMs } = await stat(file)
    const content = fileContent({ path: file, size, modifiedMs })
    const shape = await shapeOf(content)
    const found = await checkFile({ content, shape }, { checker, signal: new AbortController().signal })
    inspect?.(found)
    return { rows: found.rows, badRows: found.badRows }
  }
  await check(first)
  const run: CheckRun = await timed(() => check(path))
  console.log(JSON.stringify(run))
}
