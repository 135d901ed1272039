import { digestCheckOf } from '../../../src/diff/digest.ts'
import { type FilesDiff, type FilesToCompare, diffFiles } from '../../../src/diff/diff-files.ts'
import type { CompareLimits } from '../../../src/diff/compare-rows.ts'
import type { RowFile } from '../../../src/diff/read-rows.ts'
import { chooseKey } from '../../../src/diff/row-key.ts'
import type { RunMapping } from '../../../src/files/mapping.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { formatOfPath, summarise } from '../../../src/formats/formats.ts'
import type { ScratchFile } from '../../../src/github/workspace.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { scratchInMemory } from '../runs/kept-in-memory.ts'
import { never } from '../time/never.ts'

/** A file as read, ready to be compared. */
export async function rowFile(path: string, bytes: string | Uint8Array, mapping?: RunMapping): Promise<RowFile> {
  const source = bytesContent(new Uint8Array(Buffer.from(bytes)))
  const dialect = { delimiter: ',', quote: '"', escape: '"' }
  const options = { dialect, onBytes: () => undefined, onLines: async () => undefined }
  const found = await summarise({ path, content: source }, formatOfPath(path) ?? 'json', options)
  if (found.kind !== 'records') throw new Error(`${path} is refused: ${found.says}`)
  return { path, sentName: path, source, shape: found.shape, mapping }
}

export type DiffTrial = Partial<Pick<FilesToCompare, 'schema' | 'showValues'>> & {
  /** The input `key`. */
  readonly key?: readonly string[]
  readonly limits?: CompareLimits
  /** The maximum size of rows held in memory, in bytes. */
  readonly heldBytes?: number
  readonly partBytes?: number
  /** Absent: in memory. */
  readonly keep?: (name: string) => ScratchFile
}

/** Compares two sets of files in this thread. */
export async function diffed(
  base: readonly RowFile[],
  head: readonly RowFile[],
  { key: given = [], schema, showValues = false, ...tools }: DiffTrial = {},
): Promise<FilesDiff> {
  const key = chooseKey({ given, schema, isMapped: head[0]?.mapping !== undefined })
  return await diffFiles(
    { base, head, key, schema, showValues },
    {
      keep: scratchInMemory,
      openDigests: (setup) => createLocalChecker(digestCheckOf(setup)),
      signal: never(),
      ...tools,
    },
  )
}
