import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { fileContent } from '../../src/lib/file-content.ts'
import { checkFile } from '../../src/formats/check.ts'
import { LINES } from '../support/files/shapes.ts'
import { openPool, serveSlices } from '../../src/formats/pool.ts'
import type { RowCheck } from '../../src/formats/record.ts'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { type CheckRun, timed } from './check-program.ts'
import { CHECK_SCHEMA } from './check-schema.ts'

/** `schema`: checks against the schema; `parse`: only parses. */
type Setup = { readonly depth: string }

async function main([path = '', depth = '']: readonly string[]): Promise<CheckRun> {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const content = fileContent({ path, size, modifiedMs })
  const setup: Setup = { depth }
  const program = { path: process.argv[1] ?? '', setup }
  return await timed(async () => {
    await using checker = openPool({ program, check: checkFor(setup), threads: availableParallelism() })
    const signal = new AbortController().signal
    const { rows, badRows } = await checkFile({ content, shape: LINES }, { checker, signal })
    return { rows, badRows }
  })
}

function checkFor(setup: unknown): RowCheck {
  const { depth } = { depth: '', ...(setup as Partial<Setup>) }
  if (depth === 'parse') return { text: (text) => void JSON.parse(text), value: () => undefined }
  const source = { schema: CHECK_SCHEMA, descriptors: undefined }
  return rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false })
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices(checkFor)
