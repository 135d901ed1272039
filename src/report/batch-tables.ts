import { formatBytes, formatDuration, formatNumber, joinFirst } from '../lib/text.ts'
import { STATUS, plainStatus } from '../platform/batch-state.ts'
import type { Preview, PreviewedBatch } from '../publish/published/preview.ts'
import { cell, code, drawFirst, numberCell, table } from './markdown.ts'
import { replacedBy } from './effects.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'

/** For `mode: plan`: what a publish run would do, and why. */
export function planSection({ preview: intent }: RunReport, most: number): readonly string[] {
  if (intent === undefined) return []
  const { sends, why, warnings } = intent
  const draw = (shown: readonly PreviewedBatch[]) =>
    table(['Batch to upload', 'Files:', 'Rows:', 'Size:'], shown.map(plannedRow))
  return [
    ['A publish run would:', ...planSteps(intent, most).map((step) => `- ${step}`)].join('\n'),
    `Why: ${cell(why)}.`,
    ...(sends.length === 0 ? [] : [drawFirst(sends, { most, noun: 'batches' }, draw)]),
    ...(warnings.length === 0 ? [] : [drawFirst(warnings, { most, noun: 'warnings, in the report' }, warningLines)]),
  ]
}

function warningLines(warnings: readonly string[]): string {
  return warnings.map((warning) => `⚠️ ${cell(warning)}`).join('\n\n')
}

function planSteps(intent: Preview, most: number): readonly string[] {
  const { creates, enables, aborts, waitsFor, sends, keeps, replaces } = intent
  const step = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`${what} ${joinFirst(ids.map(code), most)}`]
  return [
    ...(creates === undefined ? [] : [`create the dataset ${cell(JSON.stringify(creates))}`]),
    ...(enables ? ['enable the dataset for profile updates'] : []),
    ...step('abort batches that earlier attempts left open:', aborts),
    ...step('wait for', waitsFor),
    ...step('keep', keeps),
    sendStep(sends),
    ...step('replace', replaces),
  ]
}

function plannedRow({ part, files, rows, bytes }: PreviewedBatch): readonly string[] {
  return [`${part.number} of ${part.of}`, formatNumber(files), numberCell(rows), formatBytes(bytes)]
}

function sendStep({ length }: readonly PreviewedBatch[]): string {
  if (length === 0) return 'upload nothing'
  return length === 1 ? 'upload one batch' : `upload ${length} batches`
}

/** Only Adobe's own platform has a user interface. */
const PRODUCTION = 'https://platform.adobe.io'

/**
 * Returns the address of the user interface page that lists the batches of the dataset. No document gives the address of a
 * single batch. Adobe's sample notebooks give that of a dataset, with the tenant before the sandbox.
 *
 * @returns undefined for any other platform, or before the dataset is known.
 */
function datasetPage({ runInfo, dataset }: RunReport): string | undefined {
  if (runInfo === undefined || dataset === undefined || new URL(runInfo.platformUrl).origin !== PRODUCTION)
    return undefined
  const tenant = /^https:\/\/ns\.adobe\.com\/([a-z0-9]+)\/schemas\//.exec(dataset.schemaId ?? '')?.[1]
  const place = `sname:${encodeURIComponent(runInfo.sandbox)}/platform/dataset/browse/${dataset.id}`
  return `https://experience.adobe.com/#/${tenant === undefined ? '' : `@${tenant}/`}${place}`
}

const HEAD = ['Batch', 'Status', 'Sent:', 'Read:', 'Written:', 'Rejected:', 'Size:', 'Upload:', 'Promotion:']

/** Lists every batch with its numbers; `?` marks an unknown number. */
export function batchTable(report: RunReport, most: number): readonly string[] {
  if (report.batches.length === 0) return []
  const page = datasetPage(report)
  const draw = (shown: readonly ReportedBatch[]) =>
    table(
      HEAD,
      shown.map((batch) => batchRow(batch, page)),
    )
  return [drawFirst(report.batches, { most, noun: 'batches' }, draw)]
}

function batchRow(batch: ReportedBatch, page: string | undefined): readonly string[] {
  const { id, part, status, bytes } = batch
  const named = page === undefined ? code(id) : `[${code(id)}](${page})`
  return [
    part.of > 1 ? `${named} (${part.number} of ${part.of})` : named,
    cell(plainStatus(status)),
    ...rowCounts(batch).map(numberCell),
    bytes === undefined ? '' : formatBytes(bytes),
    durationBetween(batch.openedMs, batch.completedMs),
    durationBetween(batch.completedMs, batch.finishedMs),
  ]
}

/** This run sent no rows to a batch that it didn't open. An outcome can count more rejected rows than the platform reports. */
function rowCounts({ rows, openedMs, outcome, counts }: ReportedBatch): readonly (number | undefined)[] {
  const sent = openedMs === undefined ? undefined : rows
  const rejected = outcome?.kind === 'partially-published' ? outcome.rejected : counts?.failed
  return [sent, counts?.read, counts?.written, rejected]
}

function durationBetween(startMs: number | undefined, endMs: number | undefined): string {
  return startMs === undefined || endMs === undefined ? '' : formatDuration(endMs - startMs)
}

type Note = { readonly note: string; readonly ids: readonly string[] }

/** Lists the notes of all batches. A note that several batches share appears once. */
export function batchNotes({ batches }: RunReport, most: number): readonly string[] {
  const said = batches.flatMap(({ id, notes: own }) => own.map((note) => ({ id, note })))
  const notes = Array.from(
    Map.groupBy(said, ({ note }) => note),
    ([note, of]) => ({ note, ids: of.map(({ id }) => id) }),
  )
  if (notes.length === 0) return []
  const line = ({ note, ids }: Note) => `- ${batchPrefix(ids, note, batches)}${cell(note)}`
  return [drawFirst(notes, { most, noun: 'notes, in the report' }, (shown) => shown.map(line).join('\n'))]
}

const MOST_IDS = 5

/** Empty if the note applies to all batches or already names its own. */
function batchPrefix(ids: readonly string[], note: string, batches: readonly ReportedBatch[]): string {
  if (ids.length === batches.length || ids.every((id) => note.includes(id))) return ''
  return `${joinFirst(ids.map(code), MOST_IDS)}: `
}

/** Lists what this run changed on the platform, apart from adding its own batches. */
export function changeSection({ dataset, isDatasetNew, enabled, batches }: RunReport, most: number): readonly string[] {
  const named = dataset === undefined ? '' : `${cell(JSON.stringify(dataset.name))} (${code(dataset.id)})`
  const changes = [
    ...(isDatasetNew ? [`- Created the dataset ${named}`] : []),
    ...(enabled?.kind === 'enabled' ? ['- Enabled the dataset for profile updates'] : []),
    ...batches.flatMap((batch) => replacedText(batch, most)),
  ]
  return changes.length === 0 ? [] : [['**Changed:**', '', ...changes].join('\n')]
}

function replacedText(batch: ReportedBatch, most: number): readonly string[] {
  const ids = replacedBy(batch)
  return ids.length === 0 ? [] : [`- Replaced ${joinFirst(ids.map(code), most)} with ${code(batch.id)}`]
}

/** The state in which a cancellation left each batch; empty for a run that was not cancelled. */
export function cancelSection({ batches, stop }: RunReport, most: number): readonly string[] {
  if (stop?.kind !== 'cancelled') return []
  if (batches.length === 0) return ['Cancelled before any batch was created or changed: the dataset is unchanged.']
  const list = (shown: readonly ReportedBatch[]) => shown.map((batch) => `- ${code(batch.id)} ${fateOf(batch)}`)
  return [
    drawFirst(batches, { most, noun: 'batches' }, (shown) => ['After the cancellation:', ...list(shown)].join('\n')),
  ]
}

function fateOf({ status, isCompleted, outcome, openedMs }: ReportedBatch): string {
  if (outcome !== undefined) return 'had finished before.'
  if (isCompleted)
    return 'was completed, or may have been: the platform continues to ingest it. Wait for it with `mode: resume`.'
  if (openedMs === undefined)
    return 'existed before this run, and its result was not checked. Run the job again to check it.'
  if (status === STATUS.aborted) return 'was aborted: none of its rows reached the dataset.'
  return 'could not be aborted in time: none of its rows are in the dataset, and the post step tries again.'
}
