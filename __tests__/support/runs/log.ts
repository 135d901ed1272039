/** The commands that the runner would read from this log, except those of debug logging, which it hides. */
export function commandsIn(log: string): readonly string[] {
  const commands = log.matchAll(/^\s*::(?<name>[^\s:]+)[^:]*::/gm)
  return Array.from(commands, ({ groups }) => groups?.['name'] ?? '').filter((name) => name !== 'debug')
}

/** The log without the `add-mask` lines, which contain the secrets. */
export function withoutMasks(log: string): string {
  return log.replace(/^::add-mask::.*$/gm, '')
}

/**
 * A log without the parts that differ from run to run: ids, times, tokens, and the progress and the intermediate
 * statuses that a run happened to see. Debug lines, which the runner hides by default, are removed too.
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
  return /^Batch \S+: (?!success|failed)\w+ after|^Uploading: /.test(line)
}

export type SeenAnnotation = {
  readonly level: string
  readonly title: string
  readonly file: string
  readonly line: number | undefined
  readonly column: number | undefined
  readonly text: string
}

/** The annotations in a log that point to a file, as the runner parses them. */
export function annotationsIn(log: string): readonly SeenAnnotation[] {
  const found = log.matchAll(/^::(?<level>error|warning) (?<properties>[^\n]*?)::(?<text>[^\n]*)$/gm)
  return Array.from(found, ({ groups = {} }) => annotation(groups)).filter(({ file }) => file !== '')
}

function annotation({ level = '', properties = '', text = '' }: Readonly<Record<string, string>>): SeenAnnotation {
  const values = new Map(properties.split(',').map((property) => pairOf(property)))
  const numberOf = (name: string) => (values.has(name) ? Number(values.get(name)) : undefined)
  return {
    level,
    title: values.get('title') ?? '',
    file: values.get('file') ?? '',
    line: numberOf('line'),
    column: numberOf('col'),
    text: unescaped(text),
  }
}

function pairOf(property: string): readonly [string, string] {
  const [name = '', ...rest] = property.split('=')
  return [name, unescaped(rest.join('='))]
}

function unescaped(text: string): string {
  return text.replace(/%(0A|0D|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
