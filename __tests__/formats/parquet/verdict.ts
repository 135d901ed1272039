import { rowCheckOf } from '../../../src/check/row-check.ts'
import { checkFile } from '../../../src/formats/check.ts'
import { fileSlices, readSlice } from '../../../src/formats/formats.ts'
import { bytesFrom } from '../../../src/formats/parquet/format.ts'
import { parquetSummary } from '../../../src/formats/parquet/summary.ts'
import { createLocalChecker } from '../../../src/formats/pool.ts'
import { bytesContent } from '../../../src/lib/content.ts'
import { never } from '../../support/time/never.ts'
import type { ParquetNode } from '../../support/parquet/parquet-records.ts'
import { xdmSchemaOf } from '../../support/parquet/parquet-xdm.ts'

/** How a file ends: it is not taken at all, or its rows were looked at. Whatever else is thrown is a fault of ours. */
export type ParquetVerdict =
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'checked'; readonly rows: number; readonly badRows: number; readonly codes: readonly string[] }

/** Checks a file against a schema; against that which its columns should fit, if no other is given. */
export async function verdictOf(
  bytes: Uint8Array,
  columns: readonly ParquetNode[],
  schema: object = xdmSchemaOf(columns),
): Promise<ParquetVerdict> {
  const content = bytesContent(bytes)
  const shape = await parquetSummary(content)
  if (!('format' in shape)) return { kind: 'refused', code: shape.code }
  const source = { schema, descriptors: undefined }
  const checker = createLocalChecker(rowCheckOf({ source, showValues: false, isForProfile: false, isUntyped: false }))
  const { rows, badRows, findings } = await checkFile({ content, shape }, { checker, signal: never() })
  return { kind: 'checked', rows, badRows, codes: findings.map(({ code }) => code) }
}

type RowsRead = {
  readonly rows: readonly object[]
  /** Those that could not be read. */
  readonly corrupt: number
}

/** The rows of a file that is not refused, one by one, as a mapping takes them. */
export async function readRows(bytes: Uint8Array): Promise<RowsRead> {
  const content = bytesContent(bytes)
  const shape = await parquetSummary(content)
  if (!('format' in shape)) return { rows: [], corrupt: 0 }
  const rows: object[] = []
  let corrupt = 0
  const sink = {
    text: () => undefined,
    value: (row: object) => void rows.push(row),
    corrupt: (...[, , count = 1]: readonly [unknown, unknown, number?]) => void (corrupt += count),
  }
  for await (const slice of fileSlices({ content, shape })) await readSlice(slice, sink, bytesFrom(content))
  return { rows, corrupt }
}
