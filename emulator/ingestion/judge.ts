import { asStored } from './as-stored.ts'
import type { BatchError } from './file-refused.ts'
import { batchErrors } from './batch-errors.ts'
import { checkRecord } from './check-record.ts'
import type { Field } from './field.ts'
import type { Mode } from '../settings.ts'
import { createRowErrors, type RowErrorFile, type RowErrors } from './row-errors.ts'
import type { RowFault } from './row-fault.ts'
import type { RowSink } from './row-sink.ts'

export type Rules = {
  readonly schema: Field
  readonly mode: Mode
  readonly diagnostics: boolean
  readonly thresholdPercent: number
  accept(record: unknown): void
}

export type Judgement = {
  readonly verdict: 'success' | 'failed'
  readonly rows: { readonly read: number; readonly bad: number }
  readonly errors: readonly BatchError[]
  readonly rowErrors: readonly RowErrorFile[]
}

export type Judge = RowSink & { judge(): Judgement }

/** Error diagnostics guide: the entry of a row that could not be parsed. */
const CORRUPT: RowFault = {
  step: 'parsing',
  code: '1401',
  message: 'Row is corrupted and cannot be read, please fix and resend.',
}

/** Sorts rows into valid and invalid as they arrive, and at the end judges the batch by the percentage of errors. */
export function createJudge(rules: Rules): Judge {
  const bad = createRowErrors()
  let read = 0
  return {
    record(record) {
      read++
      const { faults, isAltered } = checkRecord(rules.schema, record, rules.mode)
      if (faults.length > 0) bad.add(record, faults)
      else rules.accept(isAltered ? asStored(rules.schema, record) : record)
    },
    corrupt(text) {
      read++
      bad.add({ _corrupt_record: text }, [CORRUPT])
    },
    unread(rows) {
      read += rows
    },
    judge: () => judged(read, bad, rules),
  }
}

function judged(read: number, bad: RowErrors, { diagnostics, thresholdPercent }: Rules): Judgement {
  // "A maximum of 5 %" includes exactly 5 % (Partial ingestion guide).
  const isSuccess = bad.count() * 100 <= thresholdPercent * read
  const rows = { read, bad: bad.count() }
  return {
    verdict: isSuccess ? 'success' : 'failed',
    rows,
    errors: batchErrors({ bad, ingested: isSuccess ? read - bad.count() : 0, diagnostics }),
    rowErrors: diagnostics ? bad.files() : [],
  }
}
