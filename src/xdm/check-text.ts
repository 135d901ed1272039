import { recordCheck, type CheckOptions } from './check.ts'
import type { CompiledSchema } from './compile.ts'
import { countNames } from './count-names.ts'
import { decimalNames } from './decimal-names.ts'
import { exactJson } from './exact-json.ts'
import { issueOf, type Report } from './issue.ts'
import { holdsTellingNumber } from './telling-number.ts'

/** Returns the record, absent when its text is no JSON. */
export type TextCheck = (text: string, report: Report) => unknown

/** Reads and checks the text of one record: what `parseLossless` and `recordCheck` do together, at less cost. */
export function textCheck(schema: CompiledSchema, options: CheckOptions): TextCheck {
  const check = recordCheck(schema, options)
  const decimals = decimalNames(schema.root)
  return (text, report) => {
    const plain = parsed(text, report)
    if (plain === undefined) return undefined
    const isExact = holdsTellingNumber(text, decimals)
    const record = isExact ? exactJson(text, (path) => report(duplicate(path))) : plain
    const members = check(record, report)
    if (!isExact && members !== countNames(text)) exactJson(text, (path) => report(duplicate(path)))
    return record
  }
}

/** What JSON.parse says quotes the text, and so what may be nobody's business. */
function parsed(text: string, report: Report): unknown {
  try {
    return JSON.parse(text)
  } catch {
    report(issueOf('corrupt-record', { path: '', expected: 'a JSON object', received: 'malformed JSON' }))
    return undefined
  }
}

function duplicate(path: string) {
  return issueOf('duplicate-key', { path, expected: 'each key once', received: 'a second value' })
}
