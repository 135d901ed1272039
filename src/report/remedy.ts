import { Problem } from '../base/problem.ts'
import type { Ending } from '../journeys/ending.ts'

/** What a person can do about a run that failed; empty where it did not, was cancelled, or stopped for what nobody foresaw. */
export function remedy(ending: Ending): string {
  if (ending.kind === 'stopped') return ending.error instanceof Problem ? ending.error.remedy : ''
  if (!ending.verdict.fails) return ''
  return ending.kind === 'no files' ? NO_FILES : (ending.verdict.remedy ?? '')
}

const NO_FILES =
  'Check out the repository in a step before this one, and see that the files are in it at this commit: patterns start at the workspace, and tell upper from lower case. Where there need not be any: "if-no-files-found: warn".'
