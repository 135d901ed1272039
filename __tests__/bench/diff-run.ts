import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import { diffFiles } from '../../src/diff/diff-files.ts'
import { chooseKey } from '../../src/diff/row-key.ts'
import { openPool, serveSlices } from '../../src/formats/pool.ts'
import { openWorkspace } from '../../src/github/workspace.ts'
import { fileContent } from '../../src/lib/file-content.ts'
import { type ThreadSetup, checkingOf, quickCheckOf } from '../../src/modes/steps/run.ts'
import { LINES } from '../support/files/shapes.ts'

/** The output of this program. */
export type DiffRun = Readonly<Record<'ms' | 'added' | 'changed' | 'removed' | 'unchanged', number>>

/** Compares two files of JSON Lines by their field `id`, as a plan does, with all threads. */
async function main([base = '', head = '']: readonly string[]): Promise<DiffRun> {
  const begun = performance.now()
  const forget = { remember: () => undefined, forget: () => undefined, current: () => undefined }
  await using workspace = openWorkspace({ workspace: dirname(base), temp: dirname(base) }, forget)
  const files = { base: [await rowFile(base)], head: [await rowFile(head)], schema: undefined, showValues: false }
  const key = chooseKey({ given: ['id'], schema: undefined, isMapped: false })
  const { added, changed, removed, unchanged } = await diffFiles(
    { ...files, key },
    {
      keep: (name) => workspace.keep(name),
      openDigests: (setup) =>
        openPool({
          program: { path: process.argv[1] ?? '', setup },
          ...checkingOf(setup),
          threads: availableParallelism(),
        }),
      signal: new AbortController().signal,
    },
  )
  return { ms: performance.now() - begun, added, changed, removed, unchanged }
}

async function rowFile(path: string) {
  const { size, mtimeMs: modifiedMs } = await stat(path)
  const source = fileContent({ path, size, modifiedMs })
  return { path, sentName: 'rows.jsonl', source, shape: LINES, mapping: undefined }
}

if (isMainThread) console.log(JSON.stringify(await main(process.argv.slice(2))))
else serveSlices((given, progress) => quickCheckOf(given as ThreadSetup, progress))
