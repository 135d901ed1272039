import type { FileRefusal } from '../files/refusal.ts'
import { batchNotes, batchTable, cancelSection, changeSection, planSection } from './batch-tables.ts'
import { diffSection } from './diff.ts'
import type { RunInfo } from './facts.ts'
import { doctorSection } from './doctor.ts'
import { limitSection } from './limits.ts'
import { block, cell, code, cutToSize, details, drawFirst, shorten, table } from './markdown.ts'
import { mappingSection, proposalSection } from './mapping.ts'
import { profileSection } from './profile.ts'
import { fileTable, findingTable, rejectedSections } from './row-tables.ts'
import type { RunReport } from './run-report.ts'
import { timeline } from './timeline.ts'
import { CONTINUES, type Stop } from './headline.ts'

/** How much a summary shows. */
type Detail = {
  readonly files: number
  readonly findings: number
  /** Rejected rows that are shown with their places, and batches. */
  readonly rejections: number
  readonly batches: number
  /** Of each batch, and lines of a message. */
  readonly notes: number
  readonly diagram: boolean
}

/** From everything that a person may want to read to what a summary can't be without. */
const DETAILS: readonly [Detail, ...Detail[]] = [
  { files: 2_000, findings: 100, rejections: 100, batches: 500, notes: 100, diagram: true },
  { files: 200, findings: 30, rejections: 30, batches: 100, notes: 20, diagram: true },
  { files: 20, findings: 10, rejections: 10, batches: 20, notes: 5, diagram: false },
]

/** The runner drops a summary above 1 MiB whole; this leaves room for what else a step writes. */
const MOST_BYTES = 1_000_000

/** The job summary: the verdict first. Too long, it is told with less; too long still, it is cut. */
export function summary(report: RunReport): string {
  let text = ''
  for (const detail of DETAILS) {
    text = render(report, detail)
    if (Buffer.byteLength(text) <= MOST_BYTES) return text
  }
  return cutToSize(text, MOST_BYTES)
}

function render(report: RunReport, detail: Detail): string {
  const { symbol, text } = report.headline
  const parts = [
    `### ${symbol} ${cell(text)}`,
    block(detailLine(report)),
    ...failureSection(report, detail.notes),
    ...doctorSection(report),
    ...planSection(report, detail.batches),
    ...diffSection(report, detail.findings),
    ...batchTable(report, detail.batches),
    ...changeSection(report, detail.batches),
    ...cancelSection(report, detail.batches),
    ...batchNotes(report, detail.notes),
    ...rejectedSections(report, detail.rejections),
    ...findingTable(report, detail.findings),
    ...mappingSection(report, detail.findings),
    ...proposalSection(report, detail.findings),
    ...fileTable(report, detail.files),
    ...limitSection(report),
    ...profileSection(report),
    ...timeline(report, detail.diagram),
    ...reproduction(report),
  ]
  return `${parts.join('\n\n')}\n`
}

/** For a ticket, below the headline: what it concerned, and where to read more. */
function detailLine({ details: line, closingLine, runInfo }: RunReport): string {
  const plain = (line === '' ? closingLine : line).replace(/\s+/g, ' ')
  return runInfo === undefined ? plain : `${plain} — ${runInfo.run.url}`
}

/** Of a run that failed: what there is to know beyond its verdict, and what a person can do about it. */
export function failureSection(report: RunReport, most: number): readonly string[] {
  const { stop } = report
  if (stop === undefined) return remedyLines(report, most)
  if (stop.kind === 'cancelled') return []
  return [...stopLines(stop, most), ...remedyLines(report, most), ...completedLine(report)]
}

function stopLines(stop: Exclude<Stop, { readonly kind: 'cancelled' }>, most: number): readonly string[] {
  if (stop.kind === 'refused-files') return [drawFirst(stop.refusals, { most, noun: 'files' }, refusalTable)]
  if (stop.kind === 'unforeseen') return ['This error was not expected: please report it, with the log.']
  const more = stop.message.split('\n').slice(1)
  return more.length === 0 ? [] : [drawFirst(more, { most, noun: 'lines' }, (lines) => block(lines.join('\n')))]
}

function refusalTable(refusals: readonly FileRefusal[]): string {
  const rowOf = ({ path, reason, remedy }: FileRefusal) => [code(path), cell(`The file ${reason}.`), cell(remedy)]
  return table(['File', 'Problem', 'What to do'], refusals.map(rowOf))
}

/** Nothing where each file that was refused has its own. */
function remedyLines({ remedy, stop }: RunReport, most: number): readonly string[] {
  if (remedy === '' || stop?.kind === 'refused-files') return []
  const lines = remedy.split('\n').slice(0, most).map(cell)
  return [['**What to do:**', ...lines].join(lines.length === 1 ? ' ' : '\n- ')]
}

function completedLine({ completed }: RunReport): readonly string[] {
  if (completed.length === 0) return []
  return [drawFirst(completed.map(code), { most: 20, noun: 'batches' }, (ids) => `⚠️ ${CONTINUES}: ${ids.join(', ')}`)]
}

/** An input may hold whole lists; a person copies what can be read. */
const LONGEST_VALUE = 4_000

/** What this run had: enough to run the same again, here or against the local platform, and nothing that is secret. */
function reproduction({ runInfo, publish }: RunReport): readonly string[] {
  if (runInfo === undefined) return []
  const { repository, sha, ref, runId, attempt } = runInfo.run
  const lines = [
    `Commit ${code(sha)} of ${code(repository)} (${code(ref)}), run ${cell(runId)}, attempt ${attempt}.`,
    ...(publish === undefined
      ? []
      : [`Publication ${code(publish.publication)}, fingerprint ${code(publish.publishFingerprint)}.`]),
    INTRODUCTIONS[reproductionKind(runInfo)],
    block(yamlOf(runInfo), 'yaml'),
  ]
  return [details('How to reproduce', lines.join('\n\n'))]
}

/** `offline`: what was checked against a stored schema may have no dataset that a plan could look at. */
type ReproductionKind = 'plan' | 'offline' | 'inputs'

const INTRODUCTIONS: Readonly<Record<ReproductionKind, string>> = {
  plan: 'These inputs show what a publish run would do now, without sending anything:',
  offline: 'These inputs validate the same files again, without sending anything:',
  inputs: 'The inputs of this run:',
}

function reproductionKind({ given }: RunInfo): ReproductionKind {
  const valueOf = (input: string) => given.find(({ name }) => name === input)?.value
  const mode = valueOf('mode') ?? 'publish'
  if (mode === 'validate' && valueOf('schema-file') !== undefined) return 'offline'
  return mode === 'publish' || mode === 'validate' || mode === 'plan' ? 'plan' : 'inputs'
}

/** Copied as it stands it publishes nothing. */
function yamlOf(runInfo: RunInfo): string {
  const isPlan = reproductionKind(runInfo) === 'plan'
  const given = isPlan
    ? [{ name: 'mode', value: 'plan' }, ...runInfo.given.filter(({ name }) => name !== 'mode')]
    : runInfo.given
  const inputs = given.map(({ name, value }) => `  ${name}: ${yamlScalar(shorten(value, LONGEST_VALUE))}`)
  return ['with:', ...inputs].join('\n')
}

/** Quoted, so that no id becomes a number; every JSON text is YAML. What GitHub would take for an expression is none. */
function yamlScalar(value: string): string {
  const plain = value.replaceAll('${{', "${{ '${{' }}")
  const lines = plain.split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^[!-~][ -~]*$/.test(line))
  return isList ? ['|', ...lines.map((line) => `    ${line}`)].join('\n') : JSON.stringify(plain)
}
