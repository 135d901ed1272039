import type { CompiledSchema } from './compile.ts'
import { issueOf, type Issue } from './issue.ts'

/** Real-Time Customer Profile guardrails, "Data size limits". */
const LARGEST_BYTES = { record: 100_000, 'ad-hoc': 100_000, 'time-series': 10_000 } as const

/** For datasets that are enabled for Profile, which drops what is larger; `bytes` is the record's length as JSON. */
export function sizeIssue(schema: CompiledSchema, bytes: number): Issue | undefined {
  const most = LARGEST_BYTES[schema.behaviour]
  if (bytes <= most) return undefined
  return issueOf('oversize-record', { path: '', expected: `at most ${most} bytes`, received: `${bytes} bytes` })
}
