export type SeenAnnotation = {
  readonly level: string
  readonly title: string
  readonly file: string
  readonly line: number | undefined
  readonly column: number | undefined
  readonly text: string
}

/** The annotations of a log that point to a file, as the runner reads them. */
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
