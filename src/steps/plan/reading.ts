import type { InputFormat } from '../../platform/batches.ts'
import type { Reading } from './fingerprint.ts'
import type { Inputs } from '../inputs.ts'
import { csvDialect, type CsvChoices } from '../preflight/csv-dialect.ts'
import type { CheckedFile } from '../preflight.ts'
import type { Target } from '../target.ts'

type Choices = CsvChoices & Pick<Inputs, 'sandbox' | 'upsert'>

/** How the platform is told to read these files, which share one format (API guide; defaults as in its preview call). */
export function inputFormat(files: readonly CheckedFile[], choices: Omit<Choices, 'sandbox' | 'upsert'>): InputFormat {
  const format = files[0]?.format ?? 'json'
  switch (format) {
    case 'json':
      return { format, isMultiLineJson: files.some(({ isMultiLine }) => isMultiLine) }
    case 'parquet':
      return { format }
    case 'csv': {
      return { format, ...csvDialect(choices), header: true, charset: 'UTF-8' }
    }
    default:
      return format satisfies never
  }
}

/** Everything but the files that decides what the platform makes of them, for the fingerprint. */
export function readingOf(files: readonly CheckedFile[], choices: Choices, { dataset }: Target): Reading {
  const { format, ...options } = inputFormat(files, choices)
  const texts = Object.entries(options).map(([name, value]) => [name, String(value)])
  const { sandbox, upsert } = choices
  return { dataset: dataset.id, sandbox, format, upsert: upsert !== 'false', options: Object.fromEntries(texts) }
}
