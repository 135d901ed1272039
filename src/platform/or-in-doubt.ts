import { Problem } from '../base/problem.ts'

/** An answer that can't be read says nothing against what was asked for: it may have been created. */
export function orInDoubt<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.message, { remedy: error.remedy, mayHaveActed: true, cause: error })
  }
}
