import type { JsonLine } from '../../../src/formats/json/records.ts'
import { rowCheckOf } from '../../../src/check/row-check.ts'
import type { Setting } from './arbitrary-records.ts'

/** Both ways of one check: what it says of a line's bytes, and of its text. */
export function bothWays({ schema, descriptors, isForProfile }: Setting) {
  const source = { schema, descriptors }
  const rows = rowCheckOf({ source, isForProfile, showValues: false, isUntyped: false })
  return {
    scan: (record: string) => rows.scan?.(lineOf(record)) ?? undefined,
    check: (record: string) => {
      const issues: string[] = []
      const key = rows.text(record, ({ code, path }) => issues.push(`${code} ${path}`))
      return { issues, key: key ?? undefined }
    },
  }
}

/** Between other bytes that would go on with it. */
function lineOf(record: string): JsonLine {
  const before = Buffer.from('{"a":1}\n')
  const bytes = Buffer.from(record)
  const buffer = Buffer.concat([before, bytes, Buffer.from('\n"a":1}}]\n')])
  const placeOf = () => ({ kind: 'row', row: 1 }) as const
  return { buffer, start: before.length, end: before.length + bytes.length, placeOf }
}
