import { isDatasetId } from '../../platform/ids.ts'
import { isOffline } from './offline.ts'
import { INPUTS, type Row } from './table.ts'

/** What is wrong with inputs that are each right by themselves; one line for each fault. */
export function together(text: (row: Row<unknown>) => string): readonly string[] {
  return [...secretOrToken(text), ...csvMarks(text), ...wholeJson(text), ...neededFor(text), ...creation(text)]
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

/** Where records end shows only in JSON Lines. */
function wholeJson(text: (row: Row<unknown>) => string): readonly string[] {
  if (text(INPUTS.largeFiles) !== 'split' || text(INPUTS.multilineJson) !== 'keep') return []
  return [
    '"large-files" is "split", and "multiline-json" is "keep"; allowed: one of them, since "keep" sends JSON as it is',
  ]
}

/** Which inputs a mode can't do without, or can't mean. */
function neededFor(text: (row: Row<unknown>) => string): readonly string[] {
  const mode = text(INPUTS.mode)
  const isAboutBatch = mode === 'wait' || mode === 'abort' || mode === 'revert'
  if (!isAboutBatch) return [...missing(INPUTS.patterns, text), ...astray(text)]
  return [...missing(INPUTS.batchId, text), ...previous(text)]
}

function missing(row: Row<unknown>, text: (row: Row<unknown>) => string): readonly string[] {
  if (text(row) !== '') return []
  return [`"${row.name}" is missing; allowed: a value, since "mode: ${text(INPUTS.mode)}" needs one`]
}

function astray(text: (row: Row<unknown>) => string): readonly string[] {
  if (text(INPUTS.batchId) === '') return []
  return ['"batch-id" is given; allowed: only with "mode: revert", "mode: wait" and "mode: abort"']
}

/** The last publish of a publication, which a name or the patterns tell. */
function previous(text: (row: Row<unknown>) => string): readonly string[] {
  if (text(INPUTS.batchId) !== 'previous') return []
  if (text(INPUTS.mode) !== 'revert') return ['"batch-id" is "previous"; allowed: only with "mode: revert"']
  if (text(INPUTS.publication) !== '' || text(INPUTS.patterns) !== '') return []
  return [
    '"publication" and "glob" are both missing; allowed: one of them, since "batch-id: previous" needs to know whose',
  ]
}

/** A dataset is created under a name; an id is of one that is there. */
function creation(text: (row: Row<unknown>) => string): readonly string[] {
  if (text(INPUTS.schema) === '' || !isDatasetId(text(INPUTS.dataset))) return []
  return [
    '"schema" is given, and "dataset" is an id; allowed: a name, under which the dataset is created when there is none',
  ]
}
