import type { InputFormat } from '../platform/batches.ts'
import type { Format } from './choose-format.ts'
import type { Reading } from './fingerprint.ts'
import type { Inputs } from './inputs.ts'
import type { Target } from './target.ts'

type Choices = Pick<Inputs, 'multilineJson' | 'csvDelimiter' | 'csvQuote' | 'csvEscape'>

/** How the platform is told to read the files of a batch (API guide; defaults as in its preview call). */
export function inputFormat(format: Format, choices: Choices): InputFormat {
  switch (format) {
    case 'json':
      return { format, isMultiLineJson: choices.multilineJson === 'keep' }
    case 'parquet':
      return { format }
    case 'csv': {
      const { csvDelimiter: delimiter, csvQuote: quote, csvEscape: escape } = choices
      return { format, delimiter, quote, escape, header: true, charset: 'UTF-8' }
    }
    default:
      return format satisfies never
  }
}

/** Everything but the files that decides what the platform makes of them, for the fingerprint. */
export function readingOf(format: Format, inputs: Inputs, { dataset }: Target): Reading {
  const { format: _, ...options } = inputFormat(format, inputs)
  const texts = Object.entries(options).map(([name, value]) => [name, String(value)])
  return { dataset: dataset.id, sandbox: inputs.sandbox, format, upsert: false, options: Object.fromEntries(texts) }
}
