import type { Call } from '../http/call.ts'
import { textDownload, type Download } from './export-bytes.ts'
import { isObject, objectOf } from '../json.ts'
import type { Batch } from '../state.ts'

const KEPT_MS = 30 * 24 * 3_600_000

/** Guide "Retrieve error diagnostics": the files under `/meta` of a finished batch, which stay for 30 days. */
export function diagnosticFiles(call: Call, batch: Batch): readonly Download[] {
  const { kind } = batch.phase
  if (kind !== 'success' && kind !== 'failed' && kind !== 'inactive') return []
  if (call.platform.now() - (batch.completed ?? Infinity) > KEPT_MS) return []
  const inputs = [...batch.uploads.keys()].map((path) => ({ path }))
  return [textDownload('input_files/fileMetaData1.json', inputs), ...(batch.diagnostics ? rowErrors(call, batch) : [])]
}

/** One OpenAPI file spells the sample in two ways. */
function rowErrors({ strict }: Call, { harvest }: Batch): readonly Download[] {
  if (harvest.rowErrors.length === 0) return []
  const sample = harvest.rowErrors.flatMap(({ records }) => records).slice(0, 10)
  const names = strict ? ['row_errors_sample.json'] : ['row_errors_sample.json', 'row_error_samples.json']
  return [
    ...harvest.rowErrors.map(({ name, records }) => textDownload(`row_errors/${name}`, records)),
    ...names.map((name) => textDownload(name, sample)),
  ]
}

/** Guide "Retrieve failed batches": the records of a failed batch, each with its errors. */
export function failedFiles(batch: Batch): readonly Download[] {
  if (batch.phase.kind !== 'failed') return []
  const records = batch.harvest.rowErrors.flatMap((file) => file.records).map(withValidationErrors)
  return [
    textDownload('_SUCCESS', []),
    ...(records.length === 0 ? [] : [textDownload('part-00000-c000.json', records)]),
  ]
}

function withValidationErrors(record: unknown): unknown {
  const { _errors, _filename, ...fields } = objectOf(record)
  const errors = Array.isArray(_errors) ? _errors.filter(isObject) : []
  const violations = errors.map(({ column = '', message = '' }) => ({
    causingExceptions: [],
    keyword: 'emu',
    message,
    pointerToViolation: `#/${String(column).replaceAll('.', '/')}`,
    schemaLocation: '#',
  }))
  return { ...fields, _validationErrors: violations }
}
