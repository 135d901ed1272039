import type { FileFindings } from '../../../src/formats/results.ts'

/** In the order of their paths: whether a column or a row is looked at first is all the same. */
export function comparable({ rows, badRows, rejectedRows, findings, keys }: FileFindings) {
  const told = findings.map(({ code, level, fate, path, count, first }) => ({
    code,
    level,
    fate,
    path,
    count,
    first: first.map(({ issue, place }) => ({
      row: place.kind === 'row' ? place.row : place.line,
      path: issue.path,
      expected: issue.expected,
    })),
  }))
  return { rows, badRows, rejectedRows, keys, findings: told.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)) }
}

function orderOf({
  path,
  code,
  fate,
}: {
  readonly path: string
  readonly code: string
  readonly fate: string
}): string {
  return `${path} ${code} ${fate}`
}
