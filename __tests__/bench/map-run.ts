import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import type { CheckSetup } from '../../src/check/row-check.ts'
import { type SliceChecker, checkFile } from '../../src/formats/check.ts'
import { openPool, serveSlices } from '../../src/formats/pool.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { readSetValue } from '../../src/mapping/mapping-set.ts'
import { type ThreadSetup, checkingOf, quickCheckOf } from '../../src/modes/steps/run.ts'
import { csvShape } from '../support/files/shapes.ts'
import { type CheckRun, timed } from './check-program.ts'
import { CHECK_SCHEMA } from './check-schema.ts'
import { MAPPED_HEADER, MAPPED_SET } from './mapped-rows.ts'

/** The output of this program. */
export type MapRun = CheckRun & { readonly records: number; readonly sha256: string }

/**
 * Maps as the action does, from the file's bytes to the findings and the records, which are discarded. It first maps a
 * warm-up file, unmeasured: loading the program in each thread does not count, as the import of a library does not count
 * as mapping by hand.
 */
async function main([path = '', first = '']: readonly string[]): Promise<MapRun> {
  const program = { path: process.argv[1] ?? '', setup: SETUP }
  await using checker = openPool({ program, ...checkingOf(SETUP), threads: availableParallelism() })
  await mapFile(first, checker)
  return await timed(() => mapFile(path, checker))
}

async function mapFile(path: string, checker: SliceChecker) {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const hash = createHash('sha256')
  const sending = { name: 'rows.csv.json', write: async (lines: Uint8Array) => void hash.update(lines) }
  const file = { content: fileContent({ path, size, modifiedMs }), shape: csvShape(MAPPED_HEADER) }
  const { rows, badRows, converted } = await checkFile(file, { checker, signal: new AbortController().signal, sending })
  return { rows, badRows, records: converted?.rows ?? 0, sha256: hash.digest('hex') }
}

function setup(): CheckSetup {
  const read = readSetValue(MAPPED_SET)
  if (read.kind === 'faults') throw new Error('The mapping set cannot be read')
  const source = { schema: CHECK_SCHEMA, descriptors: undefined }
  const plain = { showValues: false, isForProfile: false, isUntyped: true }
  const plan = { name: 'bench', set: read.set, ...source, isForProfile: false, isUpsert: false, nowMs: 0 }
  return { source, ...plain, mapping: { plan, isChecked: true } }
}

const SETUP = setup()

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices((given, progress) => quickCheckOf(given as ThreadSetup, progress))
