import { recordCheck, type CheckOptions } from './check.ts'
import type { CompiledSchema } from './compile.ts'
import { countNames } from './count-names.ts'
import { decimalNames } from './decimal-names.ts'
import { exactJson } from './exact-json.ts'
import { issueOf, type Issue, type Report } from './issue.ts'
import { holdsTellingNumber } from './telling-number.ts'

/** Returns the record. Throws what JSON.parse throws. */
export type TextCheck = (text: string, report: Report) => unknown

/**
 * Reads and checks the text of one record: what `parseLossless` and `recordCheck` do together, at less cost. The check
 * comes by all members anyway, and knows where a decimal is only a decimal.
 */
export function textCheck(schema: CompiledSchema, options: CheckOptions): TextCheck {
  const check = recordCheck(schema, options)
  const decimals = decimalNames(schema.root)
  return (text, report) => {
    const plain: unknown = JSON.parse(text)
    const isExact = holdsTellingNumber(text, decimals)
    const record = isExact ? exactJson(text, (path) => report(duplicate(path))) : plain
    const members = check(record, report)
    if (!isExact && members !== countNames(text)) exactJson(text, (path) => report(duplicate(path)))
    return record
  }
}

function duplicate(path: string): Issue {
  return issueOf('duplicate-key', { path, expected: 'each key once', received: 'a key that stands twice' })
}
