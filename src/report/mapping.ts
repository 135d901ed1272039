import type { MappingProposal } from '../check/proposal.ts'
import type { SuggestedMapping } from '../mapping/suggest.ts'
import { count } from '../lib/text.ts'
import { block, cell, code, details, drawFirst, table } from './markdown.ts'
import type { RunReport } from './run-report.ts'

/** A mapping set to copy, for flat rows that the schema does not take. */
export function proposalSection({ proposal }: RunReport, most: number): readonly string[] {
  if (proposal === undefined) return []
  const { file, mappings, text } = proposal
  const draw = (shown: readonly SuggestedMapping[]) => table(['Column', 'Target', 'Certainty'], shown.map(matchRow))
  return [
    '#### Proposed mapping',
    `By the names of the columns of ${code(file)} alone: check it, correct it, commit it, and set ${code('mapping')} to its path.`,
    ...(mappings.length === 0 ? [] : [drawFirst(mappings, { most, noun: 'mappings, in the report' }, draw)]),
    ...restLines(proposal, most),
    ...(mappings.length === 0 || mappings.length > most
      ? []
      : [details('The mapping set', block(text.trimEnd(), 'json'))]),
  ]
}

function matchRow({ column, target, certainty }: SuggestedMapping): readonly string[] {
  return [code(column), code(target), certainty === 'certain' ? certainty : `${certainty}: please check`]
}

function restLines({ unmatched, missing }: MappingProposal, most: number): readonly string[] {
  const names = drawFirst(unmatched, { most, noun: 'columns, in the report' }, (shown) => shown.map(code).join(', '))
  return [
    ...(unmatched.length === 0 ? [] : [`No field was found for ${count(unmatched.length, 'column')}: ${names}`]),
    ...(missing.length === 0
      ? []
      : [
          missing
            .slice(0, most)
            .map((line) => `- ${cell(line)}`)
            .join('\n'),
        ]),
  ]
}
