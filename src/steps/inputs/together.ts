import { isOffline } from './offline.ts'
import { INPUTS, type Row } from './table.ts'

/** What is wrong with inputs that are each right by themselves; one line for each fault. */
export function together(text: (row: Row<unknown>) => string): readonly string[] {
  return [...secretOrToken(text), ...csvMarks(text), ...neededFor(text)]
}

function secretOrToken(text: (row: Row<unknown>) => string): readonly string[] {
  const given = [INPUTS.clientSecret, INPUTS.accessToken].filter((row) => text(row) !== '').length
  if (given === 1 || (given === 0 && isOffline(text))) return []
  const state = given === 0 ? 'are both missing' : 'are both given'
  return [`"client-secret" and "access-token" ${state}; allowed: one of them`]
}

/** Quote and escape are often the same; a delimiter that is one of them could not be told from it. */
function csvMarks(text: (row: Row<unknown>) => string): readonly string[] {
  const delimiter = text(INPUTS.csvDelimiter)
  return [INPUTS.csvQuote, INPUTS.csvEscape]
    .filter((row) => text(row) === delimiter)
    .map((row) => `"csv-delimiter" and "${row.name}" are both ${JSON.stringify(delimiter)}; allowed: two characters`)
}

/** Which inputs a mode can't do without, or can't mean. */
function neededFor(text: (row: Row<unknown>) => string): readonly string[] {
  const mode = text(INPUTS.mode)
  const isAboutBatch = mode === 'wait' || mode === 'abort'
  const needed = isAboutBatch ? INPUTS.batchId : INPUTS.patterns
  const missing =
    text(needed) === '' ? [`"${needed.name}" is missing; allowed: a value, since "mode: ${mode}" needs one`] : []
  const astray = !isAboutBatch && text(INPUTS.batchId) !== ''
  return astray ? [...missing, `"batch-id" is given; allowed: only with "mode: wait" and "mode: abort"`] : missing
}
