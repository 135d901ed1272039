import type { Content } from '../base/content.ts'
import { cutCsv, cutLines, cutObjects } from './cuts.ts'
import type { Slice, SliceLayout } from './check-slice.ts'
import type { CsvDialect } from './csv.ts'
import { MergedResult, type FileFindings } from './merged-result.ts'
import { rowGroupSlices } from './row-group-slices.ts'
import type { SliceChecker } from './slice-checker.ts'
import { slices, SLICE_SIZE, type SliceSize } from './slices.ts'

/** How a file holds its records, as `summarise` found it. */
export type RecordLayout =
  | { readonly kind: 'lines' }
  | { readonly kind: 'array' }
  | { readonly kind: 'documents' }
  | { readonly kind: 'csv'; readonly header: readonly string[]; readonly dialect: CsvDialect }
  | { readonly kind: 'parquet' }

export type FileToCheck = { readonly content: Content; readonly layout: RecordLayout; readonly sliceSize?: SliceSize }

export type CheckTools = { readonly checker: SliceChecker; readonly signal: AbortSignal }

/**
 * Checks every record of a file and says what was found, in the order of the file, whoever checked what and when. Memory
 * stays at some slices for each thread, however large the file. Returns or throws when nothing is under way any more.
 */
export async function checkFile(file: FileToCheck, { checker, signal }: CheckTools): Promise<FileFindings> {
  const merged = new MergedResult(file.layout.kind === 'parquet' ? 'row' : 'text')
  const running: ReturnType<SliceChecker['check']>[] = []
  try {
    for await (const slice of slicesOf(file)) {
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

async function* slicesOf({ content, layout, sliceSize = SLICE_SIZE }: FileToCheck): AsyncGenerator<Slice> {
  switch (layout.kind) {
    case 'lines':
      return yield* textSlices(slices(content, cutLines, sliceSize), () => ({ kind: 'json-lines' }))
    case 'array':
    case 'documents':
      return yield* textSlices(slices(content, cutObjects, sliceSize), () => ({ kind: 'json-objects' }))
    case 'csv':
      return yield* textSlices(slices(content, cutCsv(layout.dialect), sliceSize), (index) => ({
        ...layout,
        hasHeader: index === 0,
      }))
    case 'parquet':
      return yield* rowGroupSlices(content)
    default:
      return layout satisfies never
  }
}

async function* textSlices(
  blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  layout: (index: number) => SliceLayout,
): AsyncGenerator<Slice> {
  let index = 0
  for await (const bytes of blocks) yield { bytes, layout: layout(index++) }
}
