import { Cancelled } from '../base/cancelled.ts'
import { Problem } from '../base/problem.ts'
import type { Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { InvalidFiles, type Refusal } from '../steps/refusals.ts'
import { block, cell, code, some, table } from './markdown.ts'

/** What a run could not go on for, beyond its verdict, and what a person can do about it. */
export function stopped(facts: Facts, ending: Ending, most: number): readonly string[] {
  if (ending.kind !== 'stopped' || ending.error instanceof Cancelled) return []
  return [...whatNow(ending.error, most), ...goesOn(facts)]
}

function whatNow(error: unknown, most: number): readonly string[] {
  if (error instanceof InvalidFiles) return [some(error.refusals, { most, noun: 'files' }, refused)]
  if (!(error instanceof Problem)) return ['Nobody foresaw this. The log has the whole message; please report it.']
  const more = error.message.split('\n').slice(1)
  return [...(more.length === 0 ? [] : [some(more, { most, noun: 'lines' }, listed)]), toDo(error.remedy, most)]
}

function refused(refusals: readonly Refusal[]): string {
  const row = ({ path, reason, remedy }: Refusal) => [code(path), cell(`The file ${reason}.`), cell(remedy)]
  return table(['File', 'What is wrong', 'What to do'], refusals.map(row))
}

function listed(lines: readonly string[]): string {
  return block(lines.join('\n'))
}

function toDo(remedy: string, most: number): string {
  const lines = remedy.split('\n').slice(0, most).map(cell)
  return ['**What to do:**', ...lines].join(lines.length === 1 ? ' ' : '\n- ')
}

function goesOn({ batches }: Facts): readonly string[] {
  const completed = batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => code(id))
  if (completed.length === 0) return []
  return [some(completed, { most: 20, noun: 'batches' }, (ids) => `⚠️ ${GOES_ON}: ${ids.join(', ')}`)]
}

const GOES_ON = 'The platform goes on with what was completed, or may have been'
