/** How a file holds its rows. */
export type Form = 'csv' | 'lines' | 'lines without an end' | 'array' | 'pretty array' | 'pretty objects'

export type Row = { readonly id: string; readonly record: unknown }

export type Written = {
  readonly text: string
  /** What the platform must get of it, byte for byte, where it is a file of its own. */
  readonly travels: string
  /** By the ids of the rows. */
  readonly lineOf: ReadonlyMap<string, RowLines>
}

/** The lines, from 1, on which a row begins and on which the value stands that may be bad. */
type RowLines = { readonly row: number; readonly value: number }

type Layout = {
  readonly before: string
  readonly between: string
  readonly after: string
  readonly row: (row: Row) => string
  /** Arrays and documents are made JSON Lines. */
  readonly isConverted: boolean
}

const LINES: Layout = { before: '', between: '\n', after: '\n', row: compact, isConverted: false }

const LAYOUTS: Readonly<Record<Form, Layout>> = {
  csv: { ...LINES, before: 'sku,name\n', row: ({ id }) => `${id},n` },
  lines: LINES,
  'lines without an end': { ...LINES, after: '' },
  array: { before: '[', between: ',', after: ']', row: compact, isConverted: true },
  'pretty array': {
    before: '[\n ',
    between: ',\n ',
    after: '\n]',
    row: (row) => pretty(row).replaceAll('\n', '\n '),
    isConverted: true,
  },
  'pretty objects': { ...LINES, row: pretty, isConverted: true },
}

export function writeRows(form: Form, rows: readonly Row[]): Written {
  const { before, between, after, row, isConverted } = LAYOUTS[form]
  const lineOf = new Map<string, RowLines>()
  let text = before
  for (const [index, one] of rows.entries()) {
    if (index > 0) text += between
    const [first] = row(one).split('"points"')
    lineOf.set(one.id, { row: linesOf(text), value: linesOf(`${text}${first ?? ''}`) })
    text += row(one)
  }
  text += after
  return { text, lineOf, travels: isConverted ? rows.map((one) => `${compact(one)}\n`).join('') : text }
}

function linesOf(text: string): number {
  return text.split('\n').length
}

function compact({ record }: Row): string {
  return JSON.stringify(record)
}

function pretty({ record }: Row): string {
  return JSON.stringify(record, undefined, 1)
}
