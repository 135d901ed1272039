import type { MappingProposal } from '../check/proposal.ts'
import { shownNames } from '../mapping/columns.ts'
import type { MappingCounts } from '../mapping/counts.ts'
import type { RecordSample } from '../mapping/sample.ts'
import type { SuggestedMapping } from '../mapping/suggest.ts'
import { count, formatNumber } from '../lib/text.ts'
import type { MappingFact } from './facts.ts'
import { block, cell, code, details, drawFirst, table } from './markdown.ts'
import type { RunReport } from './run-report.ts'

/** Tables with more mappings than this are collapsed. */
const MOST_OPEN = 20

/** Shows the counts of each mapping, the columns that no mapping reads, and the first records. */
export function mappingSection(report: RunReport, most: number): readonly string[] {
  const { mapping, runInfo } = report
  if (mapping === undefined) return []
  const { counts } = mapping
  const draw = (shown: readonly MappingCounts[]) => table(COUNT_HEAD, shown.map(countRow))
  const drawn = drawFirst(gravestFirst(counts), { most, noun: 'mappings, in the report' }, draw)
  return [
    '#### Mapping',
    `${code(mapping.name)}: ${count(counts.length, 'mapping')}.${versionText(mapping)}`,
    counts.length <= MOST_OPEN ? drawn : details(count(counts.length, 'mapping'), drawn),
    ...unmappedLine(mapping, runInfo?.showValues ?? false, most),
    ...recordTable(report, most),
  ]
}

function versionText({ id, name, version }: MappingFact): string {
  const known = [
    id === undefined || id === name ? '' : `id ${code(id)}`,
    version === undefined ? '' : `version ${version}`,
  ]
  const text = known.filter((one) => one !== '').join(', ')
  return text === '' ? '' : ` In Data Prep: ${text}.`
}

const COUNT_HEAD = ['Mapping:', 'Source', 'Target', 'Values:', 'Nulls:', 'Errors:']

/** Mappings with errors come first, otherwise in the order of the set. */
function gravestFirst(counts: readonly MappingCounts[]): readonly MappingCounts[] {
  return counts.toSorted((a, b) => Number(b.errors > 0) - Number(a.errors > 0) || a.mapping - b.mapping)
}

function countRow({ mapping, source, target, values, nulls, errors }: MappingCounts): readonly string[] {
  return [String(mapping), code(source), code(target), ...[values, nulls, errors].map(formatNumber)]
}

function unmappedLine(mapping: MappingFact, showValues: boolean, most: number): readonly string[] {
  const { shown: names, hidden } = shownNames(mapping.unmapped, showValues)
  if (names.length + hidden === 0) return []
  const draw = (shown: readonly string[]) => shown.map(code).join(', ')
  const more = hidden === 0 ? [] : [`${count(hidden, 'column')} whose names may be data`]
  const list = names.length === 0 ? [] : [drawFirst(names, { most, noun: 'columns, in the report' }, draw)]
  return [`No mapping reads ${[...list, ...more].join(', and ')}.`]
}

/** One row per field, one column per record; a check mark replaces a value that must not be shown. */
function recordTable({ mappedRecords }: RunReport, most: number): readonly string[] {
  if (mappedRecords.length === 0) return []
  const paths = [...new Set(mappedRecords.flatMap((record) => record.map(({ path }) => path)))]
  const known = mappedRecords.map(valuesOf)
  const head = ['Field', ...mappedRecords.map((_, at) => `Record ${at + 1}`)]
  const draw = (shown: readonly string[]) =>
    table(
      head,
      shown.map((path) => [code(path), ...known.map((values) => values.get(path) ?? '')]),
    )
  const title = `The first ${count(mappedRecords.length, 'record')}`
  return [details(title, drawFirst(paths, { most, noun: 'fields, in the report' }, draw))]
}

function valuesOf(record: RecordSample): ReadonlyMap<string, string> {
  return new Map(record.map(({ path, value }) => [path, value === undefined ? '✓' : code(value)]))
}

/** Shows a mapping set to copy, for flat rows that do not fit the schema. */
export function proposalSection({ proposal }: RunReport, most: number): readonly string[] {
  if (proposal === undefined) return []
  const { file, mappings, text } = proposal
  const draw = (shown: readonly SuggestedMapping[]) => table(['Column', 'Target', 'Certainty'], shown.map(matchRow))
  const hasSet = mappings.length > 0 && mappings.length <= most
  return [
    '#### Proposed mapping',
    `By the names of the columns of ${code(file)} alone: check it, correct it, commit it, and set ${code('mapping')} to its path.`,
    ...(mappings.length === 0 ? [] : [drawFirst(mappings, { most, noun: 'mappings, in the report' }, draw)]),
    ...restLines(proposal, most),
    ...(hasSet ? [details('The mapping set', block(text.trimEnd(), 'json'))] : []),
  ]
}

function listLines(texts: readonly string[]): string {
  return texts.map((text) => `- ${cell(text)}`).join('\n')
}

function matchRow({ column, target, certainty }: SuggestedMapping): readonly string[] {
  return [code(column), code(target), certainty === 'certain' ? certainty : `${certainty}: please check`]
}

function restLines({ unmatched, missing }: MappingProposal, most: number): readonly string[] {
  const draw = (shown: readonly string[]) => shown.map(code).join(', ')
  const names = drawFirst(unmatched, { most, noun: 'columns, in the report' }, draw)
  return [
    ...(unmatched.length === 0 ? [] : [`No field was found for ${count(unmatched.length, 'column')}: ${names}`]),
    ...(missing.length === 0 ? [] : [drawFirst(missing, { most, noun: 'fields, in the report' }, listLines)]),
  ]
}
