import type { Facts } from '../journeys/logbook.ts'
import type { Finding } from '../steps/examine/finding.ts'
import { foreseen } from './foreseen.ts'
import { cell, code, some, table } from './markdown.ts'
import { placeText } from './place-text.ts'
import { wrong } from './wrong.ts'

type Line = { readonly path: string; readonly finding: Finding }

/** Every distinct problem of a file once, the gravest first; all places stand in the report. */
export function findingTable(facts: Facts, most: number): readonly string[] {
  const all = foreseen(facts).unconfirmed.flatMap(({ path, findings }) =>
    findings.map((finding): Line => ({ path, finding })),
  )
  if (all.length === 0) return []
  const gravest = all.toSorted(
    (a, b) => a.finding.level.localeCompare(b.finding.level) || b.finding.count - a.finding.count,
  )
  const draw = (shown: readonly Line[]) => table(HEAD, shown.map(row))
  return ['#### What the check of the rows found', some(gravest, { most, noun: 'problems, in the report' }, draw)]
}

const HEAD = ['Level', 'First at', 'Field', 'What is wrong', 'Count:', 'Rule']

function row({ path, finding }: Line): readonly string[] {
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
