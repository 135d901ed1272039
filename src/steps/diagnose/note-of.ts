import { Problem } from '../../base/problem.ts'

/** What is said of an error that must not take a verdict away. `text` ends with the remedy. */
export function noteOf(what: string, error: unknown): { readonly text: string; readonly remedy: string } {
  if (error instanceof Problem) return { text: `${what}. ${error.message}. ${error.remedy}`, remedy: error.remedy }
  // The message of an error that nobody foresaw may quote data.
  const name = error instanceof Error ? error.name : typeof error
  const remedy = 'Run again with debug logging, and report it.'
  return { text: `${what}, for a reason that was not foreseen (${name}). ${remedy}`, remedy }
}
