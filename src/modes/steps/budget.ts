import type { RunContext } from './run.ts'
import { type BudgetQuestion, countBudget, describeBudget } from '../../publish/budget.ts'

/** Counts the batches that Profile received in a day, and reports the number if batches are to be sent. */
export async function reportBudget(
  question: Pick<BudgetQuestion, 'dataset' | 'isUpsert' | 'sends'>,
  context: RunContext,
): Promise<void> {
  const { recorder, log } = context
  if (question.sends === 0) return
  const budget = await countBudget({ ...question, schema: recorder.facts().schema }, context)
  if (budget === undefined) return
  recorder.note({ budget })
  const { level, text } = describeBudget(budget)
  if (level === 'warning') log.warning(text)
  else log.info(text)
}
