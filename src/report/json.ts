import { InvalidFiles } from '../files/discover.ts'
import { Cancelled, Problem } from '../lib/errors.ts'
import type { Preview } from '../publish/published/preview.ts'
import type { Diagnosis } from '../publish/rejected/diagnose.ts'
import { type BatchFact, type RunEnd, type RunFacts, runOutcome } from './facts.ts'
import { type Outputs, outputs } from './outputs.ts'
import { closingLine } from './verdict.ts'

/**
 * Everything that is known of a run, for programs; `report.schema.json` says what each member is. A change that breaks
 * readers gets a new version. Never a secret; the data's own values only under `show-values`.
 */
export function jsonReport(facts: RunFacts, ending: RunEnd): string {
  const { dataset, runInfo, examined } = facts
  const report = {
    version: 1,
    outcome: runOutcome(ending, facts),
    verdict: closingLine(facts, ending),
    fails: ending.kind === 'stopped' || ending.verdict.fails,
    stopped: ending.kind === 'stopped' ? stoppedEntry(ending.error) : null,
    outputs: known(outputs(facts, ending)),
    run: runInfo === undefined ? null : runOf(runInfo),
    inputs: runInfo === undefined ? null : Object.fromEntries(runInfo.given.map(({ name, value }) => [name, value])),
    dataset:
      dataset === undefined
        ? null
        : { id: dataset.id, name: dataset.name, schema: dataset.schemaId ?? null, tags: dataset.tags },
    schema: facts.schema ?? null,
    enabled: facts.enabled ?? null,
    publish:
      facts.publish === undefined
        ? null
        : { publication: facts.publish.publication, fingerprint: facts.publish.publishFingerprint },
    plan: facts.intent === undefined ? null : planEntry(facts.intent),
    files: fileEntries(facts),
    batches: facts.batches.map((batch) => batchEntry(batch, runInfo?.showValues ?? false)),
    refused: ending.kind === 'stopped' && ending.error instanceof InvalidFiles ? ending.error.refusals : [],
    checks: examined ?? null,
    times: facts.spans,
  }
  return JSON.stringify(report, undefined, 1)
}

/** The message of an error that nobody foresaw may quote data. */
function stoppedEntry(error: unknown) {
  const isOurs = error instanceof Problem || error instanceof Cancelled
  const message = isOurs ? error.message : 'Something unforeseen happened; the log has the whole message.'
  return { message, remedy: error instanceof Problem ? error.remedy : null }
}

function runOf({ run, sandbox }: NonNullable<RunFacts['runInfo']>) {
  const { repository, ref, sha, runId, attempt, workflow, url } = run
  return { repository, ref, sha, id: runId, attempt, workflow, url, sandbox }
}

function planEntry(intent: Preview) {
  const sends = intent.sends.map((sending) => ({ ...sending, rows: sending.rows ?? null }))
  return { ...intent, creates: intent.creates ?? null, sends }
}

function fileEntries({ found, files }: RunFacts) {
  const checked = new Map(files.map((file) => [file.path, file]))
  return found.map(({ path, name, format, content }) => ({
    path,
    name,
    format,
    bytes: content.size,
    rows: checked.get(path)?.rows ?? null,
    sha256: checked.get(path)?.sha256 ?? null,
  }))
}

function batchEntry({ id, part, replaced, status, outcome, diagnosis, ...rest }: BatchFact, showsValues: boolean) {
  return {
    id,
    part,
    replaced,
    rowsSent: rest.rows ?? null,
    bytesSent: rest.bytes ?? null,
    status,
    outcome: outcome?.kind ?? null,
    counts: outcome !== undefined && 'counts' in outcome ? countsOf(outcome.counts) : null,
    notes: outcome?.notes ?? [],
    times: { opened: rest.openedMs ?? null, completed: rest.completedMs ?? null, settled: rest.settledMs ?? null },
    rejected: diagnosis === undefined ? null : rejectedEntry(diagnosis, showsValues),
  }
}

function countsOf({ read, written, failed }: { readonly [name in 'read' | 'written' | 'failed']: number | undefined }) {
  return { read: read ?? null, written: written ?? null, failed: failed ?? null }
}

/** What the platform says of a row may hold its values. */
function rejectedEntry({ reasons, rejections, isWhole, notes }: Diagnosis, showsValues: boolean) {
  return {
    isWhole,
    notes,
    reasons: reasons.map(({ code, texts, rows, sampled, explanation }) => ({
      code,
      texts,
      rows: rows ?? null,
      sampled,
      explanation: explanation ?? null,
    })),
    rows: rejections.map(({ code, pointer, found, quoted }) => ({
      code,
      pointer,
      found,
      ...(showsValues ? { message: quoted.message } : {}),
    })),
  }
}

/** Where this report is itself is nothing that it can know. */
function known(all: Outputs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => name !== 'report' && name !== 'sarif'))
}
