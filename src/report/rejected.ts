import { count } from '../base/words.ts'
import type { BatchFact, Facts } from '../journeys/logbook.ts'
import type { Diagnosis } from '../steps/diagnose.ts'
import type { Reason } from '../steps/diagnose/reasons.ts'
import type { Rejection } from '../steps/diagnose/rejection.ts'
import { foreseen, type Foreseen } from './foreseen.ts'
import { cell, code, some, table } from './markdown.ts'
import { placeText } from './place-text.ts'
import { wrong } from './wrong.ts'

type Shown = Foreseen & { readonly most: number; readonly showsValues: boolean; readonly isOnly: boolean }

/** Why rows were rejected, in plain words beside the platform's own, and where they stand. Values only where they may be shown. */
export function rejected(facts: Facts, most: number): readonly string[] {
  const { batches, errand } = facts
  const isOnly = batches.length === 1
  const shown = { ...foreseen(facts), most, isOnly, showsValues: errand?.showValues ?? false }
  return batches
    .slice(0, most)
    .flatMap((batch) => (batch.diagnosis === undefined ? [] : section(batch, batch.diagnosis, shown)))
}

function section(batch: BatchFact, { reasons, rejections, notes }: Diagnosis, shown: Shown): readonly string[] {
  const { most } = shown
  const draw = (part: readonly Rejection[]) =>
    table(
      ['Row', 'Field', 'What is wrong', 'Code'],
      part.map((one) => row(one, shown)),
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

function row(rejection: Rejection, { of, showsValues }: Shown): readonly string[] {
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
