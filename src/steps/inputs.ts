import { Problem } from '../base/problem.ts'
import type { Auth } from '../platform/token.ts'
import { authOf, type Credentials } from './inputs/auth.ts'
import { isOffline } from './inputs/offline.ts'
import { read } from './inputs/reading.ts'
import { faultLine } from './inputs/fault-line.ts'
import { INPUTS, type Row, type Values } from './inputs/table.ts'
import { together } from './inputs/together.ts'

/** What the workflow asks for: the values of {@link INPUTS}, complete, with the credentials put together. */
export type Inputs = Omit<Values, keyof Credentials> & { readonly auth: Auth }

/**
 * Reads all inputs. `get` hands back the text of one, empty when it is missing; it need not trim it.
 * @throws Problem one for all faults, a line for each: input, value (never a secret), what is allowed, what was meant.
 */
export function readInputs(get: (name: string) => string): Inputs {
  const { clientId, clientSecret, accessToken, scopes, ...others } = readTable((row) => textOf(row, get))
  return { ...others, auth: authOf({ clientId, clientSecret, accessToken, scopes }) }
}

/** An input that the workflow gives, by its name, as text. */
export type Given = { readonly name: string; readonly value: string }

/** No secrets, but some keep them as such; and the runner masks neither summaries nor reports. */
const PRIVATE: ReadonlySet<string> = new Set([INPUTS.clientId.name, INPUTS.orgId.name])

/** What differs from the defaults, in the order of the table. Never a secret. */
export function givenInputs(get: (name: string) => string): readonly Given[] {
  const rows: readonly Row<unknown>[] = Object.values(INPUTS)
  return rows
    .filter((row) => !row.secret && !PRIVATE.has(row.name) && textOf(row, get) !== row.default)
    .map((row) => ({ name: row.name, value: textOf(row, get) }))
}

function textOf(row: Row<unknown>, get: (name: string) => string): string {
  const text = get(row.name)
  return (row.blanks ? text.replace(/\r?\n$/, '') : text.trim()) || row.default
}

function readTable(text: (row: Row<unknown>) => string): Values {
  const rows: readonly (readonly [string, Row<unknown>])[] = Object.entries(INPUTS)
  const values: Record<string, unknown> = {}
  const faults: string[] = []
  for (const [field, row] of rows) {
    const reading = isSpared(row, text) ? read(row.unconnected) : row.read(text(row))
    if (reading.kind === 'read') values[field] = reading.value
    else faults.push(...reading.faults.map((fault) => faultLine(row, fault)))
  }
  faults.push(...together(text))
  if (faults.length > 0) throw refused(faults)
  // Each field was read by the reader of its own row, and none refused: that is what `Values` says.
  return values as Values
}

/** A check against a stored schema touches no network: it needs no dataset and no credentials. */
function isSpared(row: Row<unknown>, text: (row: Row<unknown>) => string): boolean {
  return 'unconnected' in row && text(row) === '' && isOffline(text)
}

function refused(faults: readonly string[]): Problem {
  return new Problem(`Cannot use the inputs of this step:\n${faults.map((fault) => `- ${fault}`).join('\n')}`, {
    remedy: 'Correct them under "with:" of the step; an empty one, as an unset expression makes it, counts as missing.',
  })
}
