import type { Runner } from '../github/runner.ts'
import { messageOf } from '../lib/errors.ts'
import { annotations } from './annotations.ts'
import { jsonReport } from './json.ts'
import { type KeptFiles, type Outputs, outputs } from './outputs.ts'
import { replacedBy } from './effects.ts'
import { codeLines } from './notes.ts'
import { leftoverLines } from './profile.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'
import { sarif } from './sarif.ts'
import { summary } from './summary.ts'

/** Writes the outputs first, then annotations and summary, then the failure, so that a later error never loses the outputs. */
export async function conclude(report: RunReport, runner: Runner): Promise<void> {
  const markdown = summary(report)
  const kept = await keepFiles(report, markdown, runner)
  writeOutputs(outputs(report, kept), runner)
  for (const { level, text, place } of annotations(report)) runner[level](text, place)
  await runner.summary(markdown).catch((error: unknown) => {
    runner.warning(`Cannot write the job summary: ${messageOf(error)}`)
  })
  for (const line of [...batchLines(report), ...leftoverLines(report)]) runner.info(line)
  if (!report.fails) return runner.info(report.closingLine)
  runner.error(report.failure)
  runner.fail()
}

function batchLines({ batches }: RunReport): readonly string[] {
  return batches.flatMap((batch) => [
    ...[...codeLines(batch), ...newInLog(batch)].map((note) => `Batch ${batch.id}: ${note}`),
    ...replacedBy(batch).map((id) => `Replaced batch ${id}`),
  ])
}

/** Empty for a revert: its notes were logged earlier. */
function newInLog({ notes, outcome }: ReportedBatch): readonly string[] {
  return outcome?.kind === 'reverted' ? [] : notes
}

/** An output that can't be written is a warning: it never changes the verdict. */
function writeOutputs(all: Outputs, runner: Runner): void {
  const failed = Object.entries(all).flatMap(([name, value]) => {
    try {
      runner.output(name, value)
      return []
    } catch (error) {
      return [{ line: `${name}: ${value}`, reason: messageOf(error) }]
    }
  })
  const [first] = failed
  if (first === undefined) return
  runner.warning(`${first.reason}. Later steps do not see these outputs:\n${failed.map(({ line }) => line).join('\n')}`)
}

/** Writes the files for programs and for later steps of the job. */
async function keepFiles(report: RunReport, markdown: string, runner: Runner): Promise<KeptFiles> {
  const keep = async (name: string, text: string) =>
    runner.keep(name, text).catch((error: unknown) => {
      runner.warning(`Cannot write ${name}: ${messageOf(error)}`)
      return ''
    })
  return {
    report: await keep('report.json', jsonReport(report)),
    sarif: report.validated === undefined ? '' : await keep('findings.sarif', sarif(report)),
    summary: await keep('summary.md', markdown),
  }
}
