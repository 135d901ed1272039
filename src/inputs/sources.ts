import type { Runner } from '../github/runner.ts'
import { INPUTS, INPUT_ROWS, type InputRow } from './table.ts'

/** Where a workflow can give a value: an input of the step, or a variable of its environment. */
export type InputSource = Pick<Runner, 'input' | 'variable'>

/** The text of an input: as given, otherwise its default. */
export type TextOf = (row: InputRow<unknown>) => string

export function textsFrom(source: InputSource): TextOf {
  return (row) => inputText(row, source) || variableText(row, source) || row.default
}

/** @returns the name of the variable that gives the value; undefined if the input gives it, or nothing does */
export function variableOf(row: InputRow<unknown>, source: InputSource): string | undefined {
  return inputText(row, source) === '' && variableText(row, source) !== '' ? row.variable : undefined
}

function inputText({ name, blanks }: InputRow<unknown>, source: InputSource): string {
  const text = source.input(name)
  return blanks ? text.replace(/\r?\n$/, '') : text.trim()
}

/** A step that gives its own secret or token overrides both variables in the environment of the job. */
function variableText(row: InputRow<unknown>, source: InputSource): string {
  if (row.variable === undefined) return ''
  if (PAIR.includes(row.name) && hasOwnSecret(source)) return ''
  return source.variable(row.variable).trim()
}

const PAIR: readonly string[] = [INPUTS.clientSecret.name, INPUTS.accessToken.name]

function hasOwnSecret(source: InputSource): boolean {
  return PAIR.some((name) => source.input(name).trim() !== '')
}

/** Every secret that a workflow gives, whether this run uses it or not. */
export function secretsFrom(source: InputSource): readonly string[] {
  return INPUT_ROWS.filter(({ secret }) => secret)
    .flatMap(({ name, variable }) => [source.input(name), variable === undefined ? '' : source.variable(variable)])
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
}

/**
 * Where each value of the connection came from, never the values themselves.
 *
 * @returns undefined if the environment gave none of them
 */
export function connectionLine(source: InputSource): string | undefined {
  const given = INPUT_ROWS.filter((row) => row.variable !== undefined && textsFrom(source)(row) !== '').map((row) => ({
    name: row.name,
    variable: variableOf(row, source),
  }))
  if (given.every(({ variable }) => variable === undefined)) return undefined
  return `Connection: ${given.map(({ name, variable }) => `${name} from ${variable ?? 'the input'}`).join(', ')}`
}
