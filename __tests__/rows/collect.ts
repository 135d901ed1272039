import type { Issue, RowPlace, RowSink, Where } from '../../src/rows/row.ts'

export type Collected = {
  readonly record: string | object
  readonly place: RowPlace
}

/** Keeps every record with the place of its first character, and of corrupt ones their code. */
export function collect(): RowSink & { readonly all: Collected[] } {
  const all: Collected[] = []
  const add = (record: string | object, where: Where) => void all.push({ record, place: where.placeOf('') })
  return {
    all,
    text: add,
    value: add,
    corrupt: ({ code }: Issue, where) => add(code, where),
  }
}

export function at(line: number, column: number): RowPlace {
  return { kind: 'text', line, column }
}
