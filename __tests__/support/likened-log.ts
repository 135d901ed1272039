/**
 * A log without what differs from run to run: ids, times, tokens, and the statuses that happened to be seen on the way; and
 * without debug lines, which nobody sees who doesn't ask for them.
 */
export function likened(log: string): string {
  const lines = log.split('\n').filter((line) => !line.startsWith('::debug::') && !isOnTheWay(line))
  const ids = new Map<string, string>()
  const numbered = (id: string) => {
    ids.set(id, ids.get(id) ?? `BATCH-${ids.size + 1}`)
    return ids.get(id) ?? id
  }
  return lines
    .join('\n')
    .replace(/\b01[0-9A-Z]{24}\b/g, numbered)
    .replace(/\bemu\.[0-9a-f]{40}\b/g, 'TOKEN')
    .replace(/\b(?:\d+ min )?\d+(?:\.\d+)? m?s\b/g, 'A WHILE')
    .replace(/127\.0\.0\.1:\d+/g, 'PLATFORM')
}

function isOnTheWay(line: string): boolean {
  return /^Batch \S+ is (?!success|failed)/.test(line)
}
