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
  /** Of all threads, those of the garbage collector and the compiler among them. */
  readonly cpuMs: number
}

/** What a program that checks a file prints. */
export type CheckRun = Cost & { readonly rows: number; readonly badRows: number }

/** What the work returns, and what it took. */
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
  /** Throws where the file is not what it should be. */
  readonly inspect?: (found: FileFindings) => void
}

/**
 * The whole of a program whose arguments are the path of the file to check, the setup of its threads, and the path of another
 * file, which is checked first, unmeasured: what it takes to load and compile the program in each thread is no part of it,
 * as the import of a library is none of parsing by it. Its threads call this, too.
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
