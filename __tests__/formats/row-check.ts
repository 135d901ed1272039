import type { ReportIssue, RowCheck } from '../../src/formats/record.ts'

/** What the checks of these tests say: every `bad` is an error, every `odd` a warning, wherever it stands. */
export const rowCheck: RowCheck = {
  text: (text, report) => look(JSON.parse(text), '', report),
  value: (value, report) => look(value, '', report),
}

function look(value: unknown, path: string, report: ReportIssue): void {
  if (value === 'bad' || value === 'odd') {
    const level = value === 'bad' ? 'error' : 'warning'
    report({ code: `a-${value}`, level, path, expected: 'good', received: value })
  }
  if (value === 'throw') throw new TypeError('the check itself is broken')
  if (typeof value !== 'object' || value === null) return
  for (const [name, child] of Object.entries(value)) look(child, `${path}/${name}`, report)
}
