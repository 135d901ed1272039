import type { RowIssue, RowPlace, RowSink, RecordLocator } from '../../src/formats/record.ts'

export type Collected = {
  /** The text of a record that is one, or the code of a corrupt one. */
  readonly text?: string
  readonly value?: object
  readonly place: RowPlace
}

/** Keeps every record with the place of its first character, and of corrupt ones their code. */
export function collect(): RowSink & { readonly all: Collected[] } {
  const all: Collected[] = []
  const add = (text: string, where: RecordLocator) => void all.push({ text, place: where.placeOf('') })
  return {
    all,
    text: add,
    value: (value, where) => void all.push({ value, place: where.placeOf('') }),
    corrupt: ({ code }: RowIssue, where) => add(code, where),
  }
}

export function at(line: number, column: number): RowPlace {
  return { kind: 'text', line, column }
}
