import { InvalidFiles } from '../files/discover.ts'
import type { Runner } from '../github/runner.ts'
import { Cancelled, Problem } from '../lib/errors.ts'
import { annotations } from './annotations.ts'
import type { RunEnd, RunFacts } from './facts.ts'
import { jsonReport } from './json.ts'
import { type Paths, outputs } from './outputs.ts'
import { sarif } from './sarif.ts'
import { summary } from './summary.ts'
import { closingLine, remedy } from './verdict.ts'

/** Outputs first, then annotations and summary, then the failure: whatever breaks later, the outputs are there. */
export async function conclude(facts: RunFacts, ending: RunEnd, runner: Runner): Promise<void> {
  const paths = await keepFiles(facts, ending, runner)
  for (const [name, value] of Object.entries(outputs(facts, ending, paths))) runner.output(name, value)
  for (const { level, text, place } of annotations(facts)) runner[level](text, place)
  for (const annotation of refusedFiles(ending)) runner.error(annotation.text, annotation.place)
  await runner.summary(summary(facts, ending)).catch((error: unknown) => {
    runner.warning(`Cannot write the job summary: ${String(error)}`)
  })
  for (const { id, outcome } of facts.batches) {
    for (const note of outcome?.notes ?? []) runner.info(`Batch ${id}: ${note}`)
  }
  if (ending.kind === 'stopped') runner.error(explained(ending, facts))
  else if (ending.verdict.fails) runner.error(withRemedy(closingLine(facts, ending), ending))
  else runner.info(closingLine(facts, ending))
  if (ending.kind === 'stopped' || ending.verdict.fails) runner.fail()
}

async function keepFiles(facts: RunFacts, ending: RunEnd, runner: Runner): Promise<Paths> {
  const keep = async (name: string, text: string) =>
    runner.keep(name, text).catch((error: unknown) => {
      runner.warning(`Cannot write ${name}: ${String(error)}`)
      return ''
    })
  const found = facts.examined
  return {
    report: await keep('report.json', jsonReport(facts, ending)),
    sarif: found === undefined ? '' : await keep('findings.sarif', sarif(found)),
  }
}

/** The few that the runner would show; all of them stand in the message of the failure. */
const MOST_REFUSED = 5

function refusedFiles(ending: RunEnd) {
  if (ending.kind !== 'stopped' || !(ending.error instanceof InvalidFiles)) return []
  const { refusals } = ending.error
  return refusals
    .slice(0, MOST_REFUSED)
    .map(({ path, reason, place }) => ({ text: `The file ${reason}`, place: { file: path, ...place } }))
}

function explained(ending: RunEnd & { readonly kind: 'stopped' }, { batches }: RunFacts): string {
  const { error } = ending
  const submitted = batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => id)
  const goesOn =
    submitted.length === 0
      ? ''
      : `\nThe platform goes on with what was completed, or may have been: ${submitted.join(', ')}`
  if (error instanceof Problem) return withRemedy(error.message, ending) + goesOn
  if (error instanceof Cancelled) return error.message + goesOn
  return `Something unforeseen happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}${goesOn}`
}

function withRemedy(text: string, ending: RunEnd): string {
  return [text, remedy(ending)].filter((part) => part !== '').join('\n')
}
