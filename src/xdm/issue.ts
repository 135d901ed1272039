import { RULES, type Level, type RuleCode } from './rules.ts'

/** What is wrong at one place of a record. */
export type Issue = {
  readonly code: RuleCode
  readonly level: Level
  /** JSON pointer (RFC 6901) from the record; of a column, from the schema's root. */
  readonly path: string
  readonly expected: string
  /** Never the value itself, unless values may be shown. */
  readonly received: string
  readonly hint?: string
}

export type Report = (issue: Issue) => void

type Words = Pick<Issue, 'path' | 'expected' | 'received' | 'hint'>

export function issueOf(code: RuleCode, words: Words): Issue {
  return { code, level: RULES[code].level, ...words }
}
