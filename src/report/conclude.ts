import { Cancelled } from '../base/cancelled.ts'
import { Problem } from '../base/problem.ts'
import type { Runner } from '../github/runner.ts'
import type { Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { closingLine } from './closing-line.ts'
import { outputs } from './outputs.ts'
import { summary } from './summary.ts'

/** Outputs first, then the summary, then the failure: whatever breaks later, the outputs are there. */
export async function conclude(facts: Facts, ending: Ending, runner: Runner): Promise<void> {
  for (const [name, value] of Object.entries(outputs(facts, ending))) runner.output(name, value)
  await runner.summary(summary(facts, ending)).catch((error: unknown) => {
    runner.warning(`Cannot write the job summary: ${String(error)}`)
  })
  for (const { id, outcome } of facts.batches) {
    for (const note of outcome?.notes ?? []) runner.info(`Batch ${id}: ${note}`)
  }
  if (ending.kind === 'stopped') runner.error(explained(ending.error, facts))
  else if (ending.verdict.fails) runner.error(closingLine(facts, ending))
  else runner.info(closingLine(facts, ending))
  if (ending.kind === 'stopped' || ending.verdict.fails) runner.fail()
}

function explained(error: unknown, { batches }: Facts): string {
  const submitted = batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => id)
  const goesOn =
    submitted.length === 0
      ? ''
      : `\nThe platform goes on with what was completed, or may have been: ${submitted.join(', ')}`
  if (error instanceof Problem) return `${error.message}\n${error.remedy}${goesOn}`
  if (error instanceof Cancelled) return error.message + goesOn
  return `Something unforeseen happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}${goesOn}`
}
