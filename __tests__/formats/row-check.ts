import type { ReportIssue, RowCheck } from '../../src/formats/record.ts'

/** What the checks of these tests say: every `bad` is an error that is rejected, every `odd` a warning, and every `cut` a change, wherever it stands. */
export const rowCheck: RowCheck = {
  text: (text, report) => look(JSON.parse(text), '', report),
  value: (value, report) => look(value, '', report),
}

const FATES = { bad: 'rejected', odd: 'kept', cut: 'changed' } as const

function look(value: unknown, path: string, report: ReportIssue): void {
  if (value === 'bad' || value === 'odd' || value === 'cut') {
    const level = value === 'odd' ? 'warning' : 'error'
    report({ code: `a-${value}`, level, fate: FATES[value], path, expected: 'good', received: value })
  }
  if (value === 'throw') throw new TypeError('the check itself is broken')
  if (typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) look(child, `${path}/${name}`, report)
}
