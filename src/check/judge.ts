import type { Log } from '../github/runner.ts'
import type { ValidatedFile } from './findings.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { count } from '../lib/text.ts'

export type ErrorRate = { readonly rows: number; readonly badRows: number; readonly errorThreshold: number }

/** What the platform will make of bad rows, by what was found here. */
export type Prediction = { readonly isAccepted: boolean; readonly text: string }

/** Error diagnostics guide: bad rows up to the threshold are dropped, more of them fail the whole batch. */
export function predict({ rows, badRows, errorThreshold }: ErrorRate): Prediction {
  const percent = rows === 0 ? 0 : (badRows / rows) * 100
  const rate = `${count(badRows, 'bad row')} of ${count(rows, 'row')} (${percentText(percent)} %)`
  if (badRows === 0) return { isAccepted: true, text: `No bad row in ${count(rows, 'row')}` }
  const isAccepted = percent <= errorThreshold
  const fate = isAccepted ? 'the platform would drop them' : 'the platform would fail the batch'
  return { isAccepted, text: `${rate}, and "error-threshold" allows ${errorThreshold} %: ${fate}` }
}

/** Never 0 for something. */
function percentText(percent: number): string {
  return percent < 0.01 ? 'below 0.01' : percent.toFixed(2).replace(/\.?0+$/, '')
}

/** Rows must not be sent; nothing was. */
export class InvalidRecords extends Problem {
  override readonly name = 'InvalidRecords'
}

/**
 * What findings do before a batch is created.
 *
 * | `validation` | errors                                                                                   |
 * |--------------|------------------------------------------------------------------------------------------|
 * | `error`      | stop; with `error-threshold` above 0 only when the share of bad rows is above it          |
 * | `warn`       | are reported                                                                             |
 *
 * @throws InvalidRecords
 */
export function judgeRows(
  examined: readonly ValidatedFile[],
  { validation, errorThreshold }: Pick<Inputs, 'validation' | 'errorThreshold'>,
  log: Log,
): void {
  const total = (of: (file: ValidatedFile) => number) => examined.reduce((sum, file) => sum + of(file), 0)
  const badRows = total((file) => file.badRows)
  const { isAccepted, text } = predict({ rows: total(({ rows }) => rows), badRows, errorThreshold })
  log.info(text)
  if (isAccepted || validation !== 'error') return
  const bad = examined.filter((file) => file.badRows > 0)
  const lines = bad.map(
    (file) => `- ${JSON.stringify(file.path)}: ${count(file.badRows, 'bad row')} of ${count(file.rows, 'row')}`,
  )
  throw new InvalidRecords(`Cannot publish these rows; nothing was sent:\n${lines.join('\n')}\n${text}`, {
    remedy:
      'Correct them where the annotations and the report point. To publish all the same: "validation: warn", or a higher "error-threshold".',
  })
}
