import { yesOrNo } from '../inputs/readers.ts'
import { INPUTS, type InputRow } from '../inputs/table.ts'

/**
 * Phrases in the action's messages that fit a workflow, and the ones that fit a command. All other phrases fit both.
 * Longer phrases come first.
 */
export const WORDING: readonly (readonly [workflow: string, command: string])[] = [
  [
    'Check out the repository in an earlier step, and check that the files exist at this commit. Patterns are relative to the workspace and',
    'Check that the files exist. Patterns are relative to the folder you are in and',
  ],
  [
    'Correct the path under "with:" of the step, and check the repository out in a step before this one.',
    'Correct it.',
  ],
  ['Fix the path under "with:", and check out the repository in an earlier step.', 'Correct it.'],
  [
    'The report and the job summary propose a mapping set to copy, correct and commit.',
    'The command "map" with --suggest proposes one.',
  ],
  [
    'The names of the columns may be data: with "show-values: true", the report proposes a mapping set for them.',
    'The command "map" with --suggest proposes one.',
  ],
  [
    'Check out the repository with "fetch-depth: 0", or give the job "permissions:" with "contents: read".',
    'Fetch the commit: "git fetch --unshallow" brings all of them.',
  ],
  ['Check out the repository into the workspace itself, without "path:".', 'Start where the repository begins.'],
  ['the workspace itself is not a Git checkout', 'this folder is not in a Git checkout'],
  ['The base was read with the inputs of this run', 'The base was read with the options of this command'],
  ['the checkout does not have this commit', 'this clone does not have this commit, which "git fetch" may bring'],
  ['Cannot use the inputs of this step', 'Cannot use the options'],
  ['allowed: a readable file of the workspace', 'allowed: a readable file'],
  ['"mode: validate" needs neither', 'the command needs neither'],
  ['"mode: validate" with "schema-file"', 'a command with "schema-file"'],
  // Secrets are not options.
  ['as an input or as', 'as'],
  ['as the input or as', 'as an option or as'],
  ['The step was cancelled', 'Cancelled'],
  ['Run the job again with debug logging', 'Run the command again with --verbose'],
  ['Run the job again', 'Run the command again'],
  ['run the job again', 'run the command again'],
  ['Check that this runner can reach', 'Check that this machine can reach'],
  ['The IP address of this runner', 'The IP address of this machine'],
  ['and that the step can read it', 'and that you can read it'],
  ['The runner does not let this process', 'The system does not let this process'],
]

/** A message of the action, in the words of a command. */
export function asCommand(text: string): string {
  const said = WORDING.reduce((one, [workflow, command]) => one.replaceAll(workflow, command), text)
  return said.replaceAll(SETTING, (setting: string, name: string, value: string) => optionText(name, value) ?? setting)
}

/** An input with its value, as a workflow writes it. */
const SETTING = /"([a-z-]+): ([a-z0-9.]+)"/g

/** @returns undefined if it is not an option; the name of a command sets its mode */
function optionText(name: string, value: string): string | undefined {
  const input = Object.values<InputRow<unknown>>(INPUTS).find((one) => one.name === name)
  if (input === undefined || input === INPUTS.mode) return undefined
  if (input.read !== yesOrNo) return `"--${name} ${value}"`
  return value === 'true' ? `"--${name}"` : `"--${name}=${value}"`
}

/** The members of the report that hold the action's own messages. All others hold data, or messages of others. */
const OWN_WORDS: ReadonlySet<string> = new Set(['verdict', 'message', 'remedy', 'reason', 'text', 'warnings', 'notes'])

/** The JSON report of a run, in the words of a command, like the log. */
export function reportAsCommand(report: string): string {
  const said: unknown = JSON.parse(report, (name, value: unknown) =>
    OWN_WORDS.has(name) ? inCommandWords(value) : value,
  )
  return JSON.stringify(said, undefined, 1)
}

function inCommandWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCommandWords)
  return typeof value === 'string' ? asCommand(value) : value
}
