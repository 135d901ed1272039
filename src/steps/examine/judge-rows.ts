import { Problem } from '../../base/problem.ts'
import { count } from '../../base/words.ts'
import type { Say } from '../discover.ts'
import type { Examined } from '../examine.ts'
import type { Inputs } from '../inputs.ts'
import { predict } from './predict.ts'

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
 * | `warn`       | are said                                                                                 |
 *
 * @throws InvalidRecords
 */
export function judgeRows(
  examined: readonly Examined[],
  { validation, errorThreshold }: Pick<Inputs, 'validation' | 'errorThreshold'>,
  say: Say,
): void {
  const total = (of: (file: Examined) => number) => examined.reduce((sum, file) => sum + of(file), 0)
  const badRows = total((file) => file.badRows)
  const { isAccepted, text } = predict({ rows: total(({ rows }) => rows), badRows, errorThreshold })
  say.info(text)
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
