import { ownValue } from '../json.ts'
import type { BatchError } from './file-refused.ts'
import type { RowErrors } from './row-errors.ts'

type Outcome = { readonly bad: RowErrors; readonly ingested: number; readonly diagnostics: boolean }

/** Row codes, with the batch's message for all rows that have them (Error diagnostics guide; ours for conversions). */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '1401': 'The row has corrupted data and cannot be read or parsed. Fix the corrupted data and try again.',
  'INGEST-1555-400':
    'A required field is either missing or has a value of null. Add the required field to the input row and try again.',
  'EMU-ENUM': 'A value is not one of the values that the schema allows.',
  'EMU-RANGE': 'A number is outside the range of its type.',
  'EMU-BOUNDS': 'A number is outside the minimum and maximum of its field.',
}

/** The errors that Catalog shows for a batch with rejected rows; none for a batch without. */
export function batchErrors({ bad, ingested, diagnostics }: Outcome): readonly BatchError[] {
  if (bad.count() === 0) return []
  if (!diagnostics) return [WITHOUT_DIAGNOSTICS]
  return [
    {
      code: 'INGEST-1212-400',
      description:
        `Encountered ${bad.count()} errors in the data. Successfully ingested ${ingested} rows. ` +
        'Please review the associated diagnostic files for more details.',
    },
    ...[...bad.countByCode()].map(([code, recordCount]) => ({
      // A row has the code 1401, its batch INGEST-1401-400.
      code: code === '1401' ? 'INGEST-1401-400' : code,
      description: ownValue(DESCRIPTIONS, code) ?? 'A value cannot be converted to the type of its field.',
      recordCount,
    })),
  ]
}

const WITHOUT_DIAGNOSTICS: BatchError = {
  code: 'INGEST-1211-400',
  description:
    'Encountered errors while parsing, converting, or otherwise validating the data. ' +
    'Please resend the data with error diagnostics enabled to inspect the errors in more detail.',
}
