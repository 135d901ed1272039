/** The commands that the runner would take from this log, but for those of debug logging, which it hides. */
export function commandsIn(log: string): readonly string[] {
  const commands = log.matchAll(/^\s*::(?<name>[^\s:]+)[^:]*::/gm)
  return Array.from(commands, ({ groups }) => groups?.['name'] ?? '').filter((name) => name !== 'debug')
}

/** The log without the lines that hide a secret by naming it. */
export function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*$/gm, '')
}
