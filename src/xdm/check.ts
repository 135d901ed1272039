import { checkOf } from './check-field.ts'
import { identityCheck } from './check-identity.ts'
import type { CompiledSchema } from './compile.ts'
import { countMembers } from './count-members.ts'
import { isPlainObject } from './is-plain-object.ts'
import type { Report } from './issue.ts'
import { Walk } from './walk.ts'

export type CheckOptions = {
  /** Issues show the values they speak of. */
  readonly showValues: boolean
  /** The dataset is enabled for Profile: records need their identity. */
  readonly isForProfile: boolean
}

/** Returns how many members the record's objects have, all together. Not to be called again from within `report`. */
export type RecordCheck = (record: unknown, report: Report) => number

/**
 * Makes the check of one record against a schema: made once, it runs on millions of rows. A record is plain JSON, with
 * {@link LosslessNumber} for numbers that JavaScript can't hold, as `parseLossless` gives it.
 */
export function recordCheck(schema: CompiledSchema, options: CheckOptions): RecordCheck {
  const walk = new Walk(options.showValues)
  const check = checkOf(schema.root)
  const checkIdentity = options.isForProfile ? identityCheck(schema.identity) : undefined
  return (record, report) => {
    walk.begin(report)
    if (!isPlainObject(record)) {
      walk.wrong('not-an-object', record, 'a JSON object')
      return countMembers(record)
    }
    check(record, walk)
    checkIdentity?.(record, walk)
    return walk.members
  }
}
