import type { CsvDialect } from '../../rows/csv.ts'
import type { Inputs } from '../inputs.ts'

export type CsvChoices = Pick<Inputs, 'csvDelimiter' | 'csvQuote' | 'csvEscape'>

export function csvDialect({ csvDelimiter, csvQuote, csvEscape }: CsvChoices): CsvDialect {
  return { delimiter: csvDelimiter, quote: csvQuote, escape: csvEscape }
}
