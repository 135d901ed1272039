import { runOutcome, type Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { InvalidFiles } from '../steps/refusals.ts'
import { closingLine } from './closing-line.ts'
import { outputs, type Outputs } from './outputs.ts'

/** Everything that is known of a run, for programs. A change that breaks readers gets a new version. */
export function jsonReport(facts: Facts, ending: Ending): string {
  const { dataset, found, files, batches, examined } = facts
  const checked = new Map(files.map((file) => [file.path, file]))
  const report = {
    version: 1,
    outcome: runOutcome(ending, facts),
    verdict: closingLine(facts, ending),
    outputs: known(outputs(facts, ending)),
    dataset:
      dataset === undefined
        ? null
        : { id: dataset.id, name: dataset.name, schema: dataset.schemaId ?? null, tags: dataset.tags },
    files: found.map(({ path, name, format, content }) => ({
      path,
      name,
      format,
      bytes: content.size,
      rows: checked.get(path)?.rows ?? null,
      sha256: checked.get(path)?.sha256 ?? null,
    })),
    enabled: facts.enabled ?? null,
    batches: batches.map(({ id, part, rows, bytes, replaced, status, outcome }) => ({
      id,
      part,
      replaced,
      rowsSent: rows ?? null,
      bytesSent: bytes ?? null,
      status,
      outcome: outcome?.kind ?? null,
      counts: outcome !== undefined && 'counts' in outcome ? outcome.counts : null,
      notes: outcome?.notes ?? [],
    })),
    refused: ending.kind === 'stopped' && ending.error instanceof InvalidFiles ? ending.error.refusals : [],
    checks: examined === undefined ? null : examined,
  }
  return JSON.stringify(report, undefined, 1)
}

/** Where this report is itself is nothing that it can know. */
function known(all: Outputs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'report' && name !== 'sarif'))
}
