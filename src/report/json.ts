import type { ValidatedFile } from '../check/findings.ts'
import type { MappingProposal } from '../check/proposal.ts'
import { shownNames } from '../mapping/columns.ts'
import type { Counts } from '../platform/records.ts'
import { describeBudget } from '../publish/budget.ts'
import type { Preview } from '../publish/published/preview.ts'
import { type SharedFinding, joinFiles, joinRejections } from './findings.ts'
import { type Outputs, outputs } from './outputs.ts'
import type { ReportedBatch, ReportedDiagnosis, RunReport } from './run-report.ts'
import type { Stop } from './headline.ts'

/**
 * Renders everything known about a run, for programs; `report.schema.json` documents each member. A change that breaks
 * readers gets a new version. The report never contains a secret, and values of the data only with `show-values`.
 */
export function jsonReport(report: RunReport): string {
  const { runInfo, dataset, publish, preview: intent, stop } = report
  const members = {
    version: 1,
    outcome: report.outcome,
    verdict: report.closingLine,
    fails: report.fails,
    stopped: stop === undefined ? null : stopEntry(stop),
    outputs: withoutPaths(outputs(report)),
    run: runInfo === undefined ? null : runEntry(runInfo),
    inputs: runInfo === undefined ? null : Object.fromEntries(runInfo.given.map(({ name, value }) => [name, value])),
    dataset: dataset === undefined ? null : datasetEntry(dataset),
    schema: report.schema ?? null,
    schemaDrift: report.drift ?? null,
    doctor: report.doctor ?? null,
    expiration: expirationEntry(report),
    budget: budgetEntry(report),
    enabled: report.enabled ?? null,
    publish:
      publish === undefined ? null : { publication: publish.publication, fingerprint: publish.publishFingerprint },
    diff: diffEntry(report),
    plan: intent === undefined ? null : planEntry(intent),
    files: fileEntries(report),
    batches: report.batches.map(batchEntry),
    refused: stop?.kind === 'refused-files' ? stop.refusals : [],
    checks: report.validated?.map(checkEntry) ?? null,
    problems: report.validated === undefined ? null : joinFiles(report.validated).map(problemEntry),
    mapping: mappingEntry(report),
    proposedMapping: report.proposal === undefined ? null : proposalEntry(report.proposal),
    times: report.spans,
  }
  return JSON.stringify(members, undefined, 1)
}

/** Rows that could not be compared have only a reason. */
function diffEntry({ diff }: RunReport) {
  if (diff === undefined) return null
  if (diff.kind === 'absent') return { compared: false, reason: diff.reason }
  const { kind, ...compared } = diff
  return { compared: kind === 'compared', ...compared }
}

function checkEntry({ path, rows, badRows, rejectedRows, findings }: ValidatedFile) {
  return { path, rows, badRows, rejectedRows, changedRows: badRows - rejectedRows, findings }
}

function problemEntry({ path: file, finding, files }: SharedFinding) {
  const { code, level, fate, path, count, first } = finding
  const [placed] = first
  return { code, level, fate, path, count, files, first: placed === undefined ? null : { file, place: placed.place } }
}

function mappingEntry({ mapping, mappedRecords, runInfo }: RunReport) {
  if (mapping === undefined) return null
  const { name, id, version, formula, counts } = mapping
  const { shown, hidden } = shownNames(mapping.unmapped, runInfo?.showValues ?? false)
  return {
    name,
    id: id ?? null,
    version: version ?? null,
    formula,
    mappings: counts,
    unmapped: shown,
    unmappedHidden: hidden,
    records: mappedRecords,
  }
}

function proposalEntry({ file, mappings, unmatched, missing, text }: MappingProposal) {
  return { file, mappings, unmatched, missing, set: JSON.parse(text) as unknown }
}

/** Omits the message of an unexpected error, because it may quote data. */
function stopEntry(stop: Stop) {
  const message = 'message' in stop ? stop.message : 'Unexpected error (please report it, with the log).'
  return { message, remedy: 'remedy' in stop ? stop.remedy : null }
}

function runEntry({ run, sandbox }: NonNullable<RunReport['runInfo']>) {
  const { repository, ref, sha, runId, attempt, workflow, url } = run
  // The command line has no workflow run.
  const page = runId === '' ? '' : url
  return { repository, ref, sha, id: runId, attempt, workflow, url: page, sandbox }
}

function datasetEntry({ id, name, schemaId, tags }: NonNullable<RunReport['dataset']>) {
  return { id, name, schema: schemaId ?? null, tags }
}

function expirationEntry({ expiration }: RunReport) {
  if (expiration === undefined) return null
  const { level, expiresMs } = expiration
  return { level, expires: expiresMs ?? null }
}

function budgetEntry({ budget }: RunReport) {
  if (budget === undefined) return null
  const { kind, used, isAtLeast, sends, most } = budget
  return { kind, used: used ?? null, isAtLeast, sends, most, level: describeBudget(budget).level }
}

function planEntry(intent: Preview) {
  const sends = intent.sends.map((sending) => ({ ...sending, rows: sending.rows ?? null }))
  return { ...intent, creates: intent.creates ?? null, sends }
}

function fileEntries({ found, files }: RunReport) {
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

function batchEntry({ id, part, replaced, status, outcome, counts, diagnosis, ...rest }: ReportedBatch) {
  return {
    id,
    part,
    replaced,
    rowsSent: rest.rows ?? null,
    bytesSent: rest.bytes ?? null,
    status,
    outcome: outcome?.kind ?? null,
    counts: counts === undefined ? null : countsEntry(counts),
    notes: outcome?.notes ?? [],
    times: { opened: rest.openedMs ?? null, completed: rest.completedMs ?? null, finished: rest.finishedMs ?? null },
    rejected: diagnosis === undefined ? null : rejectedEntry(diagnosis),
  }
}

function countsEntry({ read, written, failed }: Counts) {
  return { read: read ?? null, written: written ?? null, failed: failed ?? null }
}

function rejectedEntry({ reasons, rejections, isWhole, notes }: ReportedDiagnosis) {
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
    problems: joinRejections(rejections).map(({ first: { code, pointer, found }, rows }) => ({
      code,
      pointer,
      rows,
      first: found,
    })),
    rows: rejections.map(({ code, pointer, found, message }) => ({
      code,
      pointer,
      found,
      ...(message === undefined ? {} : { message }),
    })),
  }
}

/** Omits the paths of the files that are still to be written, this report among them. */
function withoutPaths(all: Outputs): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.endsWith('-path')))
}
