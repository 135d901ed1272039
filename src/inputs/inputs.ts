import { type InputFault, read } from './readers.ts'
import { INPUTS, INPUT_ROWS, type InputRow, type Values } from './table.ts'
import { CORRECT_INPUTS, inputProblem } from './problem.ts'
import { type InputSource, type TextOf, textsFrom, variableOf } from './sources.ts'
import { setOwn } from '../lib/json-reader.ts'
import { mayBeOneFile } from '../lib/text.ts'
import type { Auth } from '../platform/auth.ts'
import { isDatasetId } from '../platform/ids.ts'

/** The credentials as the table reads them; the secret or the token is empty, whichever was not given. */
type GivenCredentials = {
  readonly clientId: string
  readonly clientSecret: string
  readonly accessToken: string
  readonly scopes: readonly string[]
}

/**
 * How to authenticate. Earlier checks make sure that secret and token are not both given, and that one is given where
 * it is needed.
 */
function authOf({ clientId, clientSecret, accessToken, scopes }: GivenCredentials): Auth {
  if (clientSecret === '' && accessToken === '') return { kind: 'none', clientId: '' }
  return accessToken === ''
    ? { kind: 'secret', clientId, clientSecret, scopes }
    : { kind: 'token', clientId, accessToken }
}

/** Whether the run validates files against a stored schema, and so makes no request. */
function isOffline(text: TextOf): boolean {
  return text(INPUTS.mode) === 'validate' && text(INPUTS.schemaFile) !== ''
}

/** Enough to recognise a value by; all faults share one message. */
const MOST_SHOWN = 200

/** `"format" is "jsn"; allowed: "auto", "json", "parquet", "csv" (did you mean "json"?)` */
function faultLine(row: InputRow<unknown>, { value, allowed, meant }: InputFault, source: InputSource): string {
  const name = variableOf(row, source) ?? `"${row.name}"`
  if (row.secret) return `${name} has a value that is not shown here; allowed: ${allowed}`
  const question = meant === undefined ? '' : ` (did you mean ${JSON.stringify(meant)}?)`
  const ways =
    value === '' && row.variable !== undefined ? `, as the input or as ${row.variable} in the environment` : ''
  return `${name} ${describeValue(value)}; allowed: ${allowed}${ways}${question}`
}

function describeValue(value: string): string {
  if (value === '') return 'is missing'
  return `is ${JSON.stringify(value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value)}`
}

/** Faults of inputs that are each valid by themselves, one line for each. */
function crossInputFaults(text: TextOf, source: InputSource): readonly string[] {
  return [
    ...credentialFaults(text, source),
    ...csvFaults(text),
    ...jsonFaults(text),
    ...mappingFaults(text),
    ...modeFaults(text),
    ...revertProfileFault(text),
    ...rejectedRowsFaults(text),
    ...schemaFaults(text),
  ]
}

/** A secret of a GitHub environment is silently empty in a job that does not name the environment. */
const NAME_ENVIRONMENT = 'If the secret belongs to a GitHub environment, the job must name it: "environment: NAME".'

function lacksSecret(text: TextOf): boolean {
  return !isOffline(text) && [INPUTS.clientSecret, INPUTS.accessToken].every((row) => text(row) === '')
}

function credentialFaults(text: TextOf, source: InputSource): readonly string[] {
  const rows = [INPUTS.clientSecret, INPUTS.accessToken]
  const given = rows.filter((row) => text(row) !== '').length
  if (given === 1 || (given === 0 && isOffline(text))) return []
  const named = rows.map((row) => variableOf(row, source) ?? `"${row.name}"`).join(' and ')
  if (given > 1) return [`${named} are both given; allowed: one of them`]
  const variables = rows.map(({ variable }) => variable).join(' or ')
  return [`${named} are both missing; allowed: one of them, as an input or as ${variables} in the environment`]
}

/** Quote and escape are often the same character, but the delimiter must differ from both. */
function csvFaults(text: TextOf): readonly string[] {
  const delimiter = text(INPUTS.csvDelimiter)
  return [INPUTS.csvQuote, INPUTS.csvEscape]
    .filter((row) => text(row) === delimiter)
    .map(
      (row) =>
        `"csv-delimiter" and "${row.name}" are both ${JSON.stringify(delimiter)}; allowed: two different characters`,
    )
}

/** Only JSON Lines show where records end. */
function jsonFaults(text: TextOf): readonly string[] {
  if (text(INPUTS.largeFiles) !== 'split' || text(INPUTS.multilineJson) !== 'keep') return []
  return [
    '"large-files" is "split", and "multiline-json" is "keep"; allowed: only one of them, because "keep" uploads JSON unchanged',
  ]
}

function mappingFaults(text: TextOf): readonly string[] {
  if (text(INPUTS.mapping) === '') return []
  const source = INPUTS.mapping.read(text(INPUTS.mapping))
  const isOutOfReach = isOffline(text) && source.kind === 'read' && source.value?.kind === 'id'
  return [
    ...(text(INPUTS.multilineJson) === 'keep'
      ? ['"multiline-json" is "keep", and "mapping" is given; allowed: one of them, since "keep" sends JSON as it is']
      : []),
    ...(isOutOfReach
      ? [
          '"mapping" is an id; allowed: the path of a mapping set, since "mode: validate" with "schema-file" asks nobody',
        ]
      : []),
  ]
}

/** Faults of inputs that a mode requires or does not allow. */
function modeFaults(text: TextOf): readonly string[] {
  const mode = text(INPUTS.mode)
  // It reads only the connection and the dataset.
  if (mode === 'doctor') return batchIdFault(text)
  const isAboutBatch = mode === 'resume' || mode === 'abort' || mode === 'revert'
  if (!isAboutBatch) return [...missingFault(INPUTS.patterns, text), ...batchIdFault(text)]
  return [...missingFault(INPUTS.batchId, text), ...previousFaults(text), ...resumeFaults(text)]
}

/** `mode: resume` does nothing but wait. */
function resumeFaults(text: TextOf): readonly string[] {
  const wait = INPUTS.wait.read(text(INPUTS.wait))
  if (text(INPUTS.mode) !== 'resume' || wait.kind !== 'read' || wait.value) return []
  return ['"wait" is "false"; allowed: "true" with "mode: resume", which only waits']
}

function missingFault(row: InputRow<unknown>, text: TextOf): readonly string[] {
  if (text(row) !== '') return []
  return [`"${row.name}" is missing; allowed: a value, which "mode: ${text(INPUTS.mode)}" requires`]
}

function batchIdFault(text: TextOf): readonly string[] {
  if (text(INPUTS.batchId) === '') return []
  return ['"batch-id" is given; allowed: only with "mode: revert", "mode: resume" and "mode: abort"']
}

function revertProfileFault(text: TextOf): readonly string[] {
  if (text(INPUTS.mode) === 'revert' || text(INPUTS.revertProfile) === INPUTS.revertProfile.default) return []
  return ['"revert-profile" is given; allowed: only with "mode: revert"']
}

/** Writing the rejected rows replaces the file, even if there are none. */
function rejectedRowsFaults(text: TextOf): readonly string[] {
  const path = text(INPUTS.rejectedRowsPath)
  if (path === '') return []
  return [INPUTS.mapping, INPUTS.schemaFile]
    .filter((row) => mayBeOneFile(text(row), path))
    .map(
      (row) => `"rejected-rows-path" and "${row.name}" are both ${JSON.stringify(path)}; allowed: two different files`,
    )
}

/** `previous` means the last run of a publication, which a name or the patterns identify. */
function previousFaults(text: TextOf): readonly string[] {
  if (text(INPUTS.batchId) !== 'previous') return []
  if (text(INPUTS.mode) !== 'revert') return ['"batch-id" is "previous"; allowed: only with "mode: revert"']
  if (text(INPUTS.publication) !== '' || text(INPUTS.patterns) !== '') return []
  return [
    '"publication" and "glob" are both missing; allowed: one of them, to tell which publication "batch-id: previous" means',
  ]
}

/** A dataset is created under a name; an id belongs to one that exists. */
function schemaFaults(text: TextOf): readonly string[] {
  if (text(INPUTS.schema) === '' || !isDatasetId(text(INPUTS.dataset))) return []
  return [
    '"schema" is given, and "dataset" is an id; allowed: a name, under which the dataset is created if it does not exist',
  ]
}

/** The values of all {@link INPUTS}, with the credentials combined into `auth`. */
export type Inputs = Omit<Values, keyof GivenCredentials> & { readonly auth: Auth }

/**
 * Reads all inputs. A source returns a string, which is empty if the input is missing; it need not trim it.
 * @throws one Problem for all faults, a line for each: input, value (never a secret), what is allowed, what was meant.
 */
export function readInputs(source: InputSource): Inputs {
  const { clientId, clientSecret, accessToken, scopes, ...others } = readTable(source)
  return { ...others, auth: authOf({ clientId, clientSecret, accessToken, scopes }) }
}

/** An input that the workflow sets: its name and its text. */
export type GivenInput = { readonly name: string; readonly value: string }

/** These are not secrets, but some users treat them as such, and the runner masks neither summaries nor reports. */
const PRIVATE: ReadonlySet<string> = new Set([INPUTS.clientId.name, INPUTS.orgId.name])

/** The inputs that differ from their defaults, in the order of the table. Never a secret. */
export function givenInputs(source: InputSource): readonly GivenInput[] {
  const text = textsFrom(source)
  return INPUT_ROWS.filter(
    (row) => !row.secret && row.expression === undefined && !PRIVATE.has(row.name) && text(row) !== row.default,
  ).map((row) => ({ name: row.name, value: text(row) }))
}

function readTable(source: InputSource): Values {
  const text = textsFrom(source)
  const rows: readonly (readonly [string, InputRow<unknown>])[] = Object.entries(INPUTS)
  const values: Record<string, unknown> = {}
  const faults: string[] = [...schemaFileFault(text)]
  for (const [field, row] of rows) {
    const reading = isNotNeeded(row, text) ? read(row.unconnected) : row.read(text(row))
    if (reading.kind === 'read') setOwn(values, field, reading.value)
    else faults.push(...reading.faults.map((fault) => faultLine(row, fault, source)))
  }
  faults.push(...crossInputFaults(text, source))
  if (faults.length > 0)
    throw inputProblem(faults, lacksSecret(text) ? { remedy: `${CORRECT_INPUTS} ${NAME_ENVIRONMENT}` } : undefined)
  // Each field was read by the reader of its own row, and none refused, as `Values` states.
  return values as Values
}

/** Reported first: a user who gives it needs none of the other missing inputs. */
function schemaFileFault(text: TextOf): readonly string[] {
  if (text(INPUTS.mode) !== 'validate' || text(INPUTS.schemaFile) !== '' || text(INPUTS.dataset) !== '') return []
  return [
    '"schema-file" is missing; allowed: the path of a stored schema. With it, "mode: validate" needs neither a dataset nor credentials; without it, both',
  ]
}

/** Validation against a stored schema uses no network, so it needs neither a dataset nor credentials. */
function isNotNeeded(row: InputRow<unknown>, text: TextOf): boolean {
  if (!('unconnected' in row) || text(row) !== '') return false
  // Without a dataset, `mode: doctor` checks only the connection.
  return isOffline(text) || (text(INPUTS.mode) === 'doctor' && row.name === INPUTS.dataset.name)
}
