import { Cancelled } from '../base/cancelled.ts'
import { Problem } from '../base/problem.ts'
import type { Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { InvalidFiles, type Refusal } from '../steps/refusals.ts'
import { block, cell, code, some, table } from './markdown.ts'
import { remedy } from './remedy.ts'

/** Of a run that failed: what there is to know beyond its verdict, and what a person can do about it. */
export function whatNow(facts: Facts, ending: Ending, most: number): readonly string[] {
  if (ending.kind !== 'stopped') return toDo(ending, most)
  if (ending.error instanceof Cancelled) return []
  return [...whyStopped(ending.error, most), ...toDo(ending, most), ...goesOn(facts)]
}

function whyStopped(error: unknown, most: number): readonly string[] {
  if (error instanceof InvalidFiles) return [some(error.refusals, { most, noun: 'files' }, refused)]
  if (!(error instanceof Problem)) return ['Nobody foresaw this. The log has the whole message; please report it.']
  const more = error.message.split('\n').slice(1)
  return more.length === 0 ? [] : [some(more, { most, noun: 'lines' }, listed)]
}

function refused(refusals: readonly Refusal[]): string {
  const row = ({ path, reason, remedy: way }: Refusal) => [code(path), cell(`The file ${reason}.`), cell(way)]
  return table(['File', 'What is wrong', 'What to do'], refusals.map(row))
}

function listed(lines: readonly string[]): string {
  return block(lines.join('\n'))
}

/** Nothing where each file that was refused has its own. */
function toDo(ending: Ending, most: number): readonly string[] {
  const text = remedy(ending)
  if (text === '' || (ending.kind === 'stopped' && ending.error instanceof InvalidFiles)) return []
  const lines = text.split('\n').slice(0, most).map(cell)
  return [['**What to do:**', ...lines].join(lines.length === 1 ? ' ' : '\n- ')]
}

function goesOn({ batches }: Facts): readonly string[] {
  const completed = batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => code(id))
  if (completed.length === 0) return []
  return [some(completed, { most: 20, noun: 'batches' }, (ids) => `⚠️ ${GOES_ON}: ${ids.join(', ')}`)]
}

const GOES_ON = 'The platform goes on with what was completed, or may have been'
