import { describeBudget } from '../publish/budget.ts'
import { cell } from './markdown.ts'
import type { RunReport } from './run-report.ts'

/** When the dataset goes, and what Profile takes in a day: nothing where neither is known to matter. */
export function limitSection({ expiration, budget }: RunReport): readonly string[] {
  const told = [expiration, budget && describeBudget(budget)].filter((one) => one !== undefined)
  if (told.length === 0) return []
  return [told.map(({ level, text }) => `- ${level === 'info' ? '' : '⚠️ '}${cell(text)}`).join('\n')]
}
