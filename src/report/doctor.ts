import { cell, table } from './markdown.ts'
import type { DoctorCheck } from './facts.ts'
import type { RunReport } from './run-report.ts'

const SIGNS: Readonly<Record<DoctorCheck['state'], string>> = { ok: '✓', failed: '✗', unknown: '?' }

/** One log line for the check, with the remedy below it. */
export function checkLines({ name, state, text, remedy }: DoctorCheck): readonly string[] {
  const line = `${SIGNS[state]} ${name}: ${text}`
  return remedy === '' ? [line] : [line, `  ${remedy}`]
}

export function failedNames(checks: readonly DoctorCheck[]): readonly string[] {
  return checks.filter(({ state }) => state === 'failed').map(({ name }) => name)
}

export function doctorSection({ doctor }: RunReport): readonly string[] {
  if (doctor === undefined) return []
  const rows = doctor.map(({ name, state, text, remedy }) => [SIGNS[state], name, cell(text), cell(remedy)])
  return [table(['', 'Check', 'Result', 'What to do'], rows)]
}
