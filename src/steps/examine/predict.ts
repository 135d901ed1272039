import { count } from '../../base/words.ts'

export type Share = { readonly rows: number; readonly badRows: number; readonly errorThreshold: number }

/** What the platform will make of bad rows, by what was found here. */
export type Prediction = { readonly isAccepted: boolean; readonly text: string }

/** Error diagnostics guide: bad rows up to the threshold are dropped, more of them fail the whole batch. */
export function predict({ rows, badRows, errorThreshold }: Share): Prediction {
  const percent = rows === 0 ? 0 : (badRows / rows) * 100
  const share = `${count(badRows, 'bad row')} of ${count(rows, 'row')} (${shown(percent)} %)`
  if (badRows === 0) return { isAccepted: true, text: `No bad row in ${count(rows, 'row')}` }
  const isAccepted = percent <= errorThreshold
  const fate = isAccepted ? 'the platform would drop them' : 'the platform would fail the batch'
  return { isAccepted, text: `${share}, and "error-threshold" allows ${errorThreshold} %: ${fate}` }
}

/** Never 0 for something. */
function shown(percent: number): string {
  return percent < 0.01 ? 'below 0.01' : percent.toFixed(2).replace(/\.?0+$/, '')
}
