import type { Say } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import type { Ending } from './ending.ts'

/** No pattern matched anything, which `if-no-files-found` judges. */
export function noFiles({ ifNoFilesFound, patterns }: Inputs, say: Say): Ending {
  const text = `No file matches "glob": ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`
  switch (ifNoFilesFound) {
    case 'error':
      return { kind: 'no files', verdict: { fails: true, why: text } }
    case 'warn':
      say.warning(text)
      return { kind: 'no files', verdict: { fails: false } }
    case 'ignore':
      say.info(text)
      return { kind: 'no files', verdict: { fails: false } }
    default:
      return ifNoFilesFound satisfies never
  }
}
