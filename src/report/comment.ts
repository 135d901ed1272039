import { countErrors } from '../check/judge.ts'
import { rowsChange } from '../diff/describe.ts'
import { count } from '../lib/text.ts'
import { planSection } from './batch-tables.ts'
import { diffSection } from './diff.ts'
import { limitSection } from './limits.ts'
import { cell, code, countCharacters, cutToCharacters, details } from './markdown.ts'
import { findingTable } from './row-tables.ts'
import type { RunReport } from './run-report.ts'
import { failureSection } from './summary.ts'

/** GitHub refuses a comment of more than 65,536 characters; this leaves room for the marker in front of the text. */
const MOST_CHARACTERS = 65_000

/** Rows of each table, from the full comment down to the least that is still useful. */
const DETAILS: readonly [number, ...number[]] = [50, 10, 3]

/**
 * Renders what a reviewer sees on the pull request: the verdict, the changes, the findings and the limits that they touch.
 * The sections are those of the job summary. A comment that is too long shows fewer rows; one that is still too long is cut
 * and counts the lines left out.
 */
export function pullRequestComment(report: RunReport, publication: string): string {
  let text = ''
  for (const most of DETAILS) {
    text = render(report, publication, most)
    if (countCharacters(text) <= MOST_CHARACTERS) return text
  }
  return cutToCharacters(text, MOST_CHARACTERS)
}

function render(report: RunReport, publication: string, most: number): string {
  const title = `${code(publication)}${placeText(report)}`
  const parts = [...sections(report, most), ...footer(report)]
  if (!isUnchanged(report)) return `${[`### ${headline(report)}`, title, ...parts].join('\n\n')}\n`
  return `${[`⏭️ **No change**: ${title}`, details('Details', [headline(report), ...parts].join('\n\n'))].join('\n\n')}\n`
}

function headline({ headline: { symbol, text } }: RunReport): string {
  return `${symbol} ${cell(text)}`
}

/** ` → dataset "x", sandbox y, 3 files` */
function placeText({ dataset, found, runInfo, preview }: RunReport): string {
  const name = dataset?.name ?? preview?.creates
  const sandbox = runInfo?.sandbox ?? ''
  const known = [
    ...(name === undefined ? [] : [`dataset ${code(name)}`]),
    ...(sandbox === '' ? [] : [`sandbox ${code(sandbox)}`]),
    ...(found.length === 0 ? [] : [count(found.length, 'file')]),
  ]
  return known.length === 0 ? '' : ` → ${known.join(', ')}`
}

function sections(report: RunReport, most: number): readonly string[] {
  return [
    ...failureSection(report, most),
    ...diffSection(report, most),
    ...planSection(report, most),
    ...findingTable(report, most),
    ...limitSection(report),
  ]
}

/** The commit, and a link to the job summary. */
function footer({ runInfo }: RunReport): readonly string[] {
  if (runInfo === undefined) return []
  const { url, sha, runId } = runInfo.run
  return [`Commit ${code(sha)}, [run ${cell(runId)}](${encodeURI(url)}): its job summary has more.`]
}

/**
 * True if a publish run would leave the dataset unchanged and a reviewer has nothing to check: no failure, no findings, no
 * rows with errors.
 */
function isUnchanged(report: RunReport): boolean {
  const { fails, outcome, preview, validated = [], unconfirmed } = report
  const { rejectedRows, changedRows } = countErrors(validated)
  if (fails || rejectedRows + changedRows > 0 || unconfirmed.some(({ findings }) => findings.length > 0)) return false
  if (outcome === 'no-files') return true
  if (preview === undefined) return hasSameRows(report)
  const { creates, enables, aborts, sends, replaces, warnings } = preview
  return creates === undefined && !enables && aborts.length + sends.length + replaces.length + warnings.length === 0
}

/** Excludes appends: unchanged rows that replace nothing would be in the dataset twice. */
function hasSameRows({ diff }: RunReport): boolean {
  return diff?.kind === 'compared' && diff.way !== 'append' && rowsChange(diff) === false
}
