import { ingest, type Ingested, type IngestOrder, type StoredFile } from '../../../emulator/ingestion/ingest.ts'

export type Promotion = Ingested & { readonly accepted: readonly unknown[] }

export function stored(content: string | Uint8Array, name = 'rows.json'): StoredFile {
  const bytes = Buffer.from(content)
  return { name, size: bytes.length, read: async (start, end) => new Uint8Array(bytes.subarray(start, end)) }
}

/** What promotion makes of some files, strict and with diagnostics unless told otherwise. */
export async function promote(
  content: string | readonly StoredFile[],
  order: Partial<IngestOrder> = {},
): Promise<Promotion> {
  const accepted: unknown[] = []
  const ingested = await ingest({
    files: typeof content === 'string' ? [stored(content)] : content,
    format: 'json',
    isMultiLineJson: false,
    csv: { delimiter: ',', quote: '"', escape: '\\' },
    schema: undefined,
    mode: 'strict',
    diagnostics: true,
    thresholdPercent: 100,
    accept: (record) => accepted.push(record),
    ...order,
  })
  return { ...ingested, accepted }
}

/** The codes of the row errors, in the order of the files that hold them. */
export function rowCodes({ rowErrors }: Promotion): readonly string[] {
  const entries = rowErrors.flatMap(({ records }) => records).map((record) => JSON.stringify(record))
  return entries.flatMap((text) => [...text.matchAll(/"code":"([^"]+)"/g)].map(([, code]) => code ?? ''))
}
