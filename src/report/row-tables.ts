import type { FileFinding, FindingPlace, Occurrence } from '../check/findings.ts'
import type { CheckedFile } from '../files/read.ts'
import { count, formatBytes, formatNumber } from '../lib/text.ts'
import type { Reason } from '../publish/rejected/explain.ts'
import {
  type ReportedRejection,
  type SharedFinding,
  type SharedRejection,
  joinFiles,
  joinRejections,
} from './findings.ts'
import { issueText } from '../schema/rules.ts'
import { cell, code, details, drawFirst, numberCell, table } from './markdown.ts'
import type { ReportedBatch, ReportedDiagnosis, RunReport } from './run-report.ts'

/** Tables with more files than this are collapsed. */
const MOST_OPEN = 20

export function fileTable({ files }: RunReport, most: number): readonly string[] {
  if (files.length === 0) return []
  const draw = (shown: readonly CheckedFile[]) => table(['File', 'Rows:', 'Size:'], shown.map(fileRow))
  const list = drawFirst(files, { most, noun: 'files, in the report' }, draw)
  return files.length <= MOST_OPEN ? ['#### Files', list] : [details(count(files.length, 'file'), list)]
}

function fileRow({ path, rows, sourceBytes }: CheckedFile): readonly string[] {
  return [code(path), numberCell(rows), formatBytes(sourceBytes)]
}

/** Lists every distinct problem once, however many files have it, the gravest first. The report lists the places. */
export function findingTable({ unconfirmed }: RunReport, most: number): readonly string[] {
  const all = joinFiles(unconfirmed)
  if (all.length === 0) return []
  const gravest = all.toSorted(
    (a, b) => a.finding.level.localeCompare(b.finding.level) || b.finding.count - a.finding.count,
  )
  const draw = (shown: readonly SharedFinding[]) => table(FINDING_HEAD, shown.map(findingRow))
  return ['#### Validation findings', drawFirst(gravest, { most, noun: 'problems, in the report' }, draw)]
}

const FINDING_HEAD = ['Level', 'First at', 'Field', 'Problem', 'Count:', 'Rule']

function findingRow({ path, finding, files }: SharedFinding): readonly string[] {
  const [first] = finding.first
  return [
    levelText(finding),
    placeText(path, first?.place),
    fieldCell(finding.path, first),
    cell(first === undefined ? '' : issueText(first.issue)),
    files > 1 ? `${formatNumber(finding.count)} in ${count(files, 'file')}` : formatNumber(finding.count),
    code(finding.code),
  ]
}

/** For a record that was mapped from a row, includes the column. */
function fieldCell(path: string, first: Occurrence | undefined): string {
  return first?.issue.from === undefined ? code(path) : `${code(path)}, from ${code(first.issue.from)}`
}

/** The level and, for an error, what happens to the row. */
function levelText({ level, fate }: FileFinding): string {
  return fate === 'kept' ? level : `${level}: ${FATES[fate]}`
}

const FATES = {
  'fails-batch': 'the batch fails',
  rejected: 'row rejected',
  changed: 'row changed',
} as const satisfies Readonly<Record<Exclude<FileFinding['fate'], 'kept'>, string>>

/** Explains why rows were rejected, in plain words next to the platform's message, and where they are. */
export function rejectedSections({ batches }: RunReport, most: number): readonly string[] {
  const parts = batches.flatMap((batch) => {
    const { id, diagnosis } = batch
    const named = batches.length === 1 ? 'the batch' : `batch ${code(id)}`
    return diagnosis === undefined
      ? []
      : [[`#### ${rejectedTitle(named, batch)}`, ...diagnosisTables(diagnosis, most)].join('\n\n')]
  })
  return parts.length === 0
    ? []
    : [drawFirst(parts, { most, noun: 'batches with rejected rows, in the report' }, (shown) => shown.join('\n\n'))]
}

function rejectedTitle(named: string, { outcome, diagnosis }: ReportedBatch): string {
  const isFailed = diagnosis?.rejections.length === 0 && outcome?.kind === 'failed'
  return isFailed ? `Why the platform failed ${named}` : `Why rows of ${named} were rejected`
}

function diagnosisTables({ reasons, rejections, notes }: ReportedDiagnosis, most: number): readonly string[] {
  const codes = reasons.toSorted(compareCounted)
  const alike = joinRejections(rejections)
  return [
    ...(codes.length === 0 ? [] : [drawFirst(codes, { most, noun: 'codes' }, reasonTable)]),
    ...(alike.length === 0 ? [] : [drawFirst(alike, { most, noun: 'problems, in the report' }, rejectionTable)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${cell(note)}`).join('\n')]),
  ]
}

/** Codes without a count come last. */
function compareCounted(a: Reason, b: Reason): number {
  const isCounted = ({ rows, sampled }: Reason) => Number(rows !== undefined || sampled > 0)
  return isCounted(b) - isCounted(a)
}

function reasonTable(reasons: readonly Reason[]): string {
  return table(['Code', 'Rows:', 'Meaning and remedy', 'Message of the platform'], reasons.map(reasonRow))
}

function reasonRow({ code: name, rows, sampled, texts, explanation }: Reason): readonly string[] {
  const counted = rows === undefined ? (sampled === 0 ? '' : `at least ${sampled}`) : formatNumber(rows)
  const { cause = 'No document explains this code.', remedy = '' } = explanation ?? {}
  return [code(name), counted, `${cell(cause)} ${cell(remedy)}`.trim(), cell(texts.join(' '))]
}

function rejectionTable(rejections: readonly SharedRejection[]): string {
  return table(['First at', 'Field', 'Problem', 'Code', 'Rows:'], rejections.map(rejectionRow))
}

/** Shows the platform's message if allowed, otherwise the validation finding. */
function rejectionRow({ first, rows }: SharedRejection): readonly string[] {
  const { found, pointer, code: name, message, finding } = first
  const said = message ?? (finding === undefined ? '' : issueText(finding.issue))
  return [whereText(found), code(pointer), cell(said), code(name), formatNumber(rows)]
}

/** The place of the row, or why it is unknown. */
function whereText(found: ReportedRejection['found']): string {
  switch (found.kind) {
    case 'found':
      return placeText(found.file, found.place)
    case 'ambiguous': {
      const [first] = found.places
      const where = first === undefined ? '' : `; the first is ${placeText(first.file, first.place)}`
      return `one of ${count(found.count, 'identical row')}${where}`
    }
    case 'not found':
      return 'not located in the files'
    default:
      return found satisfies never
  }
}

/** `data/a.jsonl:7`, `data/a.json:7 [2]` for a record of an array, `data/a.parquet row 7`, or the file alone. */
function placeText(file: string, place: FindingPlace | undefined): string {
  if (place?.kind === 'text')
    return code(`${file}:${place.line}${place.index === undefined ? '' : ` [${place.index}]`}`)
  return place?.kind === 'row' ? `${code(file)} row ${formatNumber(place.row)}` : code(file)
}
