import type { PhaseName } from '../../src/report/facts.ts'

const TITLES: readonly PhaseName[] = [
  'Find the dataset and the files',
  'Check the files',
  'Look at what the dataset holds',
  'Upload',
  'Wait for the platform',
  'Look for rejected rows',
  'Revert',
]

/** The log without the two lines of each group; a group that the action did not make, or that does not end, is left. */
function withoutGroups(log: string): string {
  const group = new RegExp(`^::group::(?:${TITLES.join('|')})\\n([^]*?)^::endgroup::\\n`, 'gm')
  return log.replace(group, '$1')
}

/**
 * The commands that the runner would take from this log, but for those of debug logging, which it hides, and for the
 * groups of the action itself.
 */
export function commandsIn(log: string): readonly string[] {
  const commands = withoutGroups(log).matchAll(/^\s*::(?<name>[^\s:]+)[^:]*::/gm)
  return Array.from(commands, ({ groups }) => groups?.['name'] ?? '').filter((name) => name !== 'debug')
}

/** The log without the lines that hide a secret by naming it. */
export function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*$/gm, '')
}
