/**
 * What the action says of a workflow, and what is true of a command. The action's own messages are the rule, and these are
 * all exceptions; longer ones come first.
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
  ['the checkout does not have this commit', 'this clone does not have this commit, which "git fetch" may bring'],
  ['Cannot use the inputs of this step', 'Cannot use the options'],
  ['allowed: a readable file of the workspace', 'allowed: a readable file'],
  ['"mode: validate" needs neither', 'the command needs neither'],
  ['"mode: validate" with "schema-file"', 'a command with "schema-file"'],
  // Secrets are no options.
  ['as an input or as', 'as'],
  ['as the input or as', 'as an option or as'],
  ['The step was cancelled', 'Cancelled'],
  ['run the job again', 'run the command again'],
  ['Check that this runner can reach', 'Check that this machine can reach'],
  ['The IP address of this runner', 'The IP address of this machine'],
  ['and that the step can read it', 'and that you can read it'],
  ['The runner does not let this process', 'The system does not let this process'],
]

/** A message of the action, for whoever started a command. */
export function asCommand(text: string): string {
  return WORDING.reduce((said, [workflow, command]) => said.replaceAll(workflow, command), text)
}
