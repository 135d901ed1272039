import { describeBudget } from '../publish/budget.ts'
import { cell } from './markdown.ts'
import type { RunReport } from './run-report.ts'

/** The dataset's expiration and Profile's daily batch limit; empty if neither applies. */
export function limitSection({ expiration, budget }: RunReport): readonly string[] {
  const told = [expiration, budget && describeBudget(budget)].filter((one) => one !== undefined)
  if (told.length === 0) return []
  return [told.map(({ level, text }) => `- ${level === 'info' ? '' : '⚠️ '}${cell(text)}`).join('\n')]
}
