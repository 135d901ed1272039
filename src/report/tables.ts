import type { FileFinding } from '../check/findings.ts'
import type { CheckedFile } from '../files/read.ts'
import { count, formatBytes, formatDuration } from '../lib/text.ts'
import { plainStatus } from '../platform/batch-state.ts'
import type { Diagnosis, Rejection } from '../publish/rejected/diagnose.ts'
import type { Reason } from '../publish/rejected/explain.ts'
import { type Foreseen, foreseen, placeText } from './annotations.ts'
import type { BatchFact, RunFacts } from './facts.ts'
import { cell, code, folded, some, table } from './markdown.ts'
import { wrong } from './verdict.ts'

/** Only Adobe's own platform has a user interface. */
const PRODUCTION = 'https://platform.adobe.io'

/**
 * The page of the user interface that lists the batches of the dataset. No document names the address of a single batch; that
 * of a dataset stands in Adobe's sample notebooks, with the tenant before the sandbox.
 *
 * @returns undefined for any other platform, or before the dataset is known.
 */
function datasetPage({ runInfo, dataset }: Pick<RunFacts, 'runInfo' | 'dataset'>): string | undefined {
  if (runInfo === undefined || dataset === undefined || new URL(runInfo.platformUrl).origin !== PRODUCTION)
    return undefined
  const tenant = /^https:\/\/ns\.adobe\.com\/([a-z0-9]+)\/schemas\//.exec(dataset.schemaId ?? '')?.[1]
  const place = `sname:${encodeURIComponent(runInfo.sandbox)}/platform/dataset/browse/${dataset.id}`
  return `https://experience.adobe.com/#/${tenant === undefined ? '' : `@${tenant}/`}${place}`
}

const HEAD = ['Batch', 'Status', 'Sent:', 'Read:', 'Written:', 'Rejected:', 'Size:', 'Upload:', 'Promotion:']

/** Every batch with its numbers; `?` where nobody said one. */
export function batchTable(facts: RunFacts, most: number): readonly string[] {
  if (facts.batches.length === 0) return []
  const page = datasetPage(facts)
  const draw = (shown: readonly BatchFact[]) =>
    table(
      HEAD,
      shown.map((batch) => row(batch, page)),
    )
  return [some(facts.batches, { most, noun: 'batches' }, draw)]
}

function row(batch: BatchFact, page: string | undefined): readonly string[] {
  const { id, part, status, bytes } = batch
  const named = page === undefined ? code(id) : `[${code(id)}](${page})`
  return [
    part.of > 1 ? `${named} (${part.number} of ${part.of})` : named,
    cell(plainStatus(status)),
    ...rowCounts(batch).map((number) => number?.toLocaleString('en-US') ?? '?'),
    bytes === undefined ? '' : formatBytes(bytes),
    between(batch.openedMs, batch.completedMs),
    between(batch.completedMs, batch.settledMs),
  ]
}

/** Of a batch that this run didn't open it sent no rows. What counts as rejected may be more than the platform says. */
function rowCounts({ rows, openedMs, outcome }: BatchFact): readonly (number | undefined)[] {
  const sent = openedMs === undefined ? undefined : rows
  if (outcome === undefined || !('counts' in outcome)) return [sent, undefined, undefined, undefined]
  const { read, written, failed } = outcome.counts
  return [sent, read, written, outcome.kind === 'partially-published' ? outcome.rejected : failed]
}

function between(startMs: number | undefined, endMs: number | undefined): string {
  return startMs === undefined || endMs === undefined ? '' : formatDuration(endMs - startMs)
}

type Note = { readonly note: string; readonly ids: readonly string[] }

/** What there is to say of batches beside their numbers; what is said of several is said once. */
export function batchNotes({ batches }: RunFacts, most: number): readonly string[] {
  const said = batches.flatMap((batch) => [...new Set(notesOf(batch))].map((note) => ({ id: batch.id, note })))
  const notes = Array.from(
    Map.groupBy(said, ({ note }) => note),
    ([note, of]) => ({ note, ids: of.map(({ id }) => id) }),
  )
  if (notes.length === 0) return []
  const line = ({ note, ids }: Note) => `- ${whose(ids, note, batches)}${cell(note)}`
  return [some(notes, { most, noun: 'notes, in the report' }, (shown) => shown.map(line).join('\n'))]
}

/** The platform's own codes stand in the table that explains them, where they were looked into. */
function notesOf({ outcome, diagnosis }: BatchFact): readonly string[] {
  const explained = diagnosis?.reasons.map((reason) => `${reason.code}: `) ?? []
  return (outcome?.notes ?? []).filter((note) => !explained.some((start) => note.startsWith(start)))
}

const MOST_IDS = 5

/** Nothing where it is said of all, or says so itself. */
function whose(ids: readonly string[], note: string, batches: readonly BatchFact[]): string {
  if (ids.length === batches.length || ids.every((id) => note.includes(id))) return ''
  const more = ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : ''
  return `${ids.slice(0, MOST_IDS).map(code).join(', ')}${more}: `
}

/** Files that are shown before the table is folded away. */
const MOST_OPEN = 20

export function fileTable({ files }: RunFacts, most: number): readonly string[] {
  if (files.length === 0) return []
  const draw = (shown: readonly CheckedFile[]) => table(['File', 'Rows:', 'Size:'], shown.map(rowInFileTable))
  const list = some(files, { most, noun: 'files, in the report' }, draw)
  return files.length <= MOST_OPEN ? ['#### Files', list] : [folded(count(files.length, 'file'), list)]
}

function rowInFileTable({ path, rows, sourceBytes }: CheckedFile): readonly string[] {
  return [code(path), rows?.toLocaleString('en-US') ?? '?', formatBytes(sourceBytes)]
}

type Line = { readonly path: string; readonly finding: FileFinding }

/** Every distinct problem of a file once, the gravest first; all places stand in the report. */
export function findingTable(facts: RunFacts, most: number): readonly string[] {
  const all = foreseen(facts).unconfirmed.flatMap(({ path, findings }) =>
    findings.map((finding): Line => ({ path, finding })),
  )
  if (all.length === 0) return []
  const gravest = all.toSorted(
    (a, b) => a.finding.level.localeCompare(b.finding.level) || b.finding.count - a.finding.count,
  )
  const draw = (shown: readonly Line[]) => table(FINDING_TABLE_HEAD, shown.map(rowInFindingTable))
  return ['#### What the check of the rows found', some(gravest, { most, noun: 'problems, in the report' }, draw)]
}

const FINDING_TABLE_HEAD = ['Level', 'First at', 'Field', 'What is wrong', 'Count:', 'Rule']

function rowInFindingTable({ path, finding }: Line): readonly string[] {
  const [first] = finding.first
  return [
    finding.level,
    placeText(path, first?.place),
    code(finding.path),
    cell(first === undefined ? '' : wrong(first)),
    finding.count.toLocaleString('en-US'),
    code(finding.code),
  ]
}

type Shown = Foreseen & { readonly most: number; readonly showsValues: boolean; readonly isOnly: boolean }

/** Why rows were rejected, in plain words beside the platform's own, and where they stand. Values only where they may be shown. */
export function rejected(facts: RunFacts, most: number): readonly string[] {
  const { batches, runInfo } = facts
  const isOnly = batches.length === 1
  const shown = { ...foreseen(facts), most, isOnly, showsValues: runInfo?.showValues ?? false }
  return batches
    .slice(0, most)
    .flatMap((batch) => (batch.diagnosis === undefined ? [] : section(batch, batch.diagnosis, shown)))
}

function section(batch: BatchFact, { reasons, rejections, notes }: Diagnosis, shown: Shown): readonly string[] {
  const { most } = shown
  const draw = (part: readonly Rejection[]) =>
    table(
      ['Row', 'Field', 'What is wrong', 'Code'],
      part.map((one) => rowInRejected(one, shown)),
    )
  return [
    `#### ${title(batch, rejections.length > 0, shown)}`,
    ...(reasons.length === 0 ? [] : [some(reasons.toSorted(countedFirst), { most, noun: 'codes' }, reasonTable)]),
    ...(rejections.length === 0 ? [] : [some(rejections, { most, noun: 'rows, in the report' }, draw)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${cell(note)}`).join('\n')]),
  ]
}

function title({ id, outcome }: BatchFact, hasRows: boolean, { isOnly }: Shown): string {
  const batch = isOnly ? 'the batch' : `batch ${code(id)}`
  const isFailed = !hasRows && outcome?.kind === 'failed'
  return isFailed ? `Why the platform failed ${batch}` : `Why rows of ${batch} were rejected`
}

/** One that only says that there are others comes last. */
function countedFirst(a: Reason, b: Reason): number {
  const isCounted = ({ rows, sampled }: Reason) => Number(rows !== undefined || sampled > 0)
  return isCounted(b) - isCounted(a)
}

function reasonTable(reasons: readonly Reason[]): string {
  return table(['Code', 'Rows:', 'What it means, and what to do', 'The platform says'], reasons.map(reasonRow))
}

function reasonRow({ code: name, rows, sampled, texts, explanation }: Reason): readonly string[] {
  const counted = rows === undefined ? (sampled === 0 ? '' : `at least ${sampled}`) : rows.toLocaleString('en-US')
  const { cause = 'No document explains this code.', remedy = '' } = explanation ?? {}
  return [code(name), counted, `${cell(cause)} ${cell(remedy)}`.trim(), cell(texts.join(' '))]
}

function rowInRejected(rejection: Rejection, { of, showsValues }: Shown): readonly string[] {
  const { found, pointer, code: name, quoted } = rejection
  const before = of(rejection)
  const said = before === undefined ? '' : wrong(before)
  return [whereText(found), code(pointer), cell(showsValues ? quoted.message : said), code(name)]
}

/** Where the row stands, or that it can't be told. */
function whereText(found: Rejection['found']): string {
  switch (found.kind) {
    case 'found':
      return placeText(found.file, found.place)
    case 'ambiguous': {
      const [first] = found.places
      const where = first === undefined ? '' : `; the first is ${placeText(first.file, first.place)}`
      return `one of ${count(found.count, 'row')} that are alike${where}`
    }
    case 'not found':
      return 'not found in the files'
    default:
      return found satisfies never
  }
}
