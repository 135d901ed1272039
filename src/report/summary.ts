import type { FileRefusal } from '../files/refusal.ts'
import { shorten } from '../lib/text.ts'
import { batchNotes, batchTable, cancelSection, changeSection, planSection } from './batch-tables.ts'
import { diffSection } from './diff.ts'
import type { RunInfo } from './facts.ts'
import { doctorSection } from './doctor.ts'
import { limitSection } from './limits.ts'
import { block, cell, code, cutToSize, details, drawFirst, table } from './markdown.ts'
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
  /** Batches with rejected rows, and problems and codes of each. */
  readonly rejections: number
  readonly batches: number
  /** Notes of batches, and lines of a message. */
  readonly notes: number
  readonly diagram: boolean
}

/** From the full summary down to the least that is still useful. */
const DETAILS: readonly [Detail, ...Detail[]] = [
  { files: 2_000, findings: 100, rejections: 100, batches: 500, notes: 100, diagram: true },
  { files: 200, findings: 30, rejections: 30, batches: 100, notes: 20, diagram: true },
  { files: 20, findings: 10, rejections: 10, batches: 20, notes: 5, diagram: false },
]

/** The runner drops the whole summary above 1 MiB; this leaves room for other text that a step writes. */
const MOST_BYTES = 1_000_000

/** Renders the job summary, the verdict first. A summary that is too long shows fewer details; one still too long is cut. */
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

/** The line below the headline, to paste into a ticket: details of the run and its address. */
function detailLine({ details: line, closingLine, runInfo }: RunReport): string {
  const plain = (line === '' ? closingLine : line).replace(/\s+/g, ' ')
  return runInfo === undefined ? plain : `${plain} — ${runInfo.run.url}`
}

/** For a failed run: details beyond the verdict, and what to do. */
export function failureSection(report: RunReport, most: number): readonly string[] {
  const { stop } = report
  if (stop === undefined) return remedyLines(report, most)
  if (stop.kind === 'cancelled') return []
  return [...stopLines(stop, most), ...remedyLines(report, most), ...completedLine(report)]
}

function stopLines(stop: Exclude<Stop, { readonly kind: 'cancelled' }>, most: number): readonly string[] {
  if (stop.kind === 'refused-files') return [drawFirst(stop.refusals, { most, noun: 'files' }, refusalTable)]
  if (stop.kind === 'unexpected') return ['This error was not expected: please report it, with the log.']
  const more = stop.message.split('\n').slice(1)
  return more.length === 0 ? [] : [drawFirst(more, { most, noun: 'lines' }, (lines) => block(lines.join('\n')))]
}

function refusalTable(refusals: readonly FileRefusal[]): string {
  const rowOf = ({ path, reason, remedy }: FileRefusal) => [code(path), cell(`The file ${reason}.`), cell(remedy)]
  return table(['File', 'Problem', 'What to do'], refusals.map(rowOf))
}

/** Empty for refused files, which have a remedy each. */
function remedyLines({ remedy, stop }: RunReport, most: number): readonly string[] {
  if (remedy === '' || stop?.kind === 'refused-files') return []
  const lines = remedy.split('\n').slice(0, most).map(cell)
  return [['**What to do:**', ...lines].join(lines.length === 1 ? ' ' : '\n- ')]
}

function completedLine({ completed }: RunReport): readonly string[] {
  if (completed.length === 0) return []
  return [drawFirst(completed.map(code), { most: 20, noun: 'batches' }, (ids) => `⚠️ ${CONTINUES}: ${ids.join(', ')}`)]
}

/** Characters shown of an input's value: some inputs are long lists. */
const LONGEST_VALUE = 4_000

/** What is needed to repeat this run, here or against the local platform, without secrets. */
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

/** `offline`: files validated against a stored schema may have no dataset for a plan to examine. */
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

/** The inputs as YAML. A publish run becomes a plan, so that a copy of it publishes nothing. */
function yamlOf(runInfo: RunInfo): string {
  const isPlan = reproductionKind(runInfo) === 'plan'
  const given = isPlan
    ? [{ name: 'mode', value: 'plan' }, ...runInfo.given.filter(({ name }) => name !== 'mode')]
    : runInfo.given
  const inputs = given.map(({ name, value }) => `  ${name}: ${yamlScalar(shorten(value, LONGEST_VALUE))}`)
  return ['with:', ...inputs].join('\n')
}

/** Quotes a value, so that no id becomes a number (every JSON string is YAML), and escapes GitHub's expressions. */
function yamlScalar(value: string): string {
  const plain = value.replaceAll('${{', "${{ '${{' }}")
  const lines = plain.split('\n')
  const isList = lines.length > 1 && lines.every((line) => /^[!-~][ -~]*$/.test(line))
  return isList ? ['|', ...lines.map((line) => `    ${line}`)].join('\n') : JSON.stringify(plain)
}
