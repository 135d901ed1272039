import { fileSlices, type FileToRead } from './file-slices.ts'
import { MergedResult, type FileFindings } from './merged-result.ts'
import type { SliceChecker } from './slice-checker.ts'

export type CheckTools = { readonly checker: SliceChecker; readonly signal: AbortSignal }

/**
 * Checks every record of a file and says what was found, in the order of the file, whoever checked what and when. Memory
 * stays at some slices for each thread, however large the file. Returns or throws when nothing is under way any more.
 */
export async function checkFile(file: FileToRead, { checker, signal }: CheckTools): Promise<FileFindings> {
  const merged = new MergedResult(file.layout.kind === 'parquet' ? 'row' : 'text')
  const running: ReturnType<SliceChecker['check']>[] = []
  try {
    for await (const slice of fileSlices({ ...file, buffers: checker.buffers })) {
      const result = checker.check(slice, signal)
      // It may fail while an earlier one is waited for.
      result.catch(() => undefined)
      running.push(result)
      if (running.length > checker.width) await mergeFirst()
    }
    while (running.length > 0) await mergeFirst()
  } finally {
    await Promise.allSettled(running)
  }
  return merged.findings()

  async function mergeFirst() {
    const first = await running[0]
    void running.shift()
    if (first !== undefined) merged.append(first)
  }
}
