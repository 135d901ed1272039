import { Problem } from '../../base/problem.ts'
import { Stalled } from '../../base/watched.ts'

/** Why a deployment could not be recorded or settled, and what helps. */
export function explained(error: unknown): string {
  if (error instanceof Stalled) return `GitHub did not answer (${error.message})`
  if (error instanceof Problem) return `${error.message}. ${error.remedy}`
  return error instanceof Error ? error.message : String(error)
}
