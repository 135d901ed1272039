import type { ValidatedFile, FileFinding, FindingPlace } from '../../../src/check/findings.ts'

type More = Partial<Omit<FileFinding, 'first'>> & {
  readonly places?: readonly FindingPlace[]
  readonly hint?: string
  readonly expected?: string
  readonly received?: string
}

/** One problem: an error of the rule `enum` at `/tier`, at the first character of the file. */
export function finding({
  places = [{ kind: 'text', line: 1, column: 1 }],
  hint,
  expected = 'one of "gold"',
  received = 'a string',
  ...more
}: More = {}): FileFinding {
  const about = { code: 'enum', level: 'error', path: '/tier', count: places.length, ...more } as const
  const fate = more.fate ?? (about.level === 'error' ? 'rejected' : 'kept')
  const { code, level, path } = about
  const words = { expected, received, ...(hint === undefined ? {} : { hint }) }
  return { ...about, fate, first: places.map((place) => ({ place, issue: { code, level, fate, path, ...words } })) }
}

export function validatedFile(path: string, ...findings: readonly FileFinding[]): ValidatedFile {
  const badRows = findings.filter(({ level }) => level === 'error').length
  const rejectedRows = findings.filter(({ fate }) => fate === 'rejected').length
  return { path, rows: 10, badRows, rejectedRows, findings }
}
