import { rowCheckOf } from '../../../src/check/row-check.ts'
import type { QuotedKey } from '../../../src/formats/keys.ts'
import type { Setting } from './arbitrary-records.ts'

/** What one way of a check says of a record; of paths, as findings are gathered: `*` for items and keys. */
export type Said = { readonly issues: readonly string[]; readonly key: string | undefined }

/** Both ways of one check: what it says of a line's bytes, `false` where it leaves them to the other, and of its text. */
export function bothWays({ schema, descriptors, isForProfile }: Setting) {
  const source = { schema, descriptors }
  const rows = rowCheckOf({ source, isForProfile, showValues: false, isUntyped: false })
  return {
    scan: (record: string): Said | false => {
      const { buffer, start, end } = between(record)
      const stop = rows.scan?.recognise(buffer, start) ?? -1
      if (rows.scan === undefined || stop < 0) return false
      if (stop !== end) throw new Error(`"${record}" was taken to end at ${stop}, not at ${end}`)
      const { notes } = rows.scan
      const issues = Array.from({ length: notes.length }, (_, index) => notes.at(index))
      return {
        issues: issues.map((issue) => `${issue?.code} ${generalPath(issue?.path ?? '')}`).toSorted(),
        key: textOf(rows.scan.key()),
      }
    },
    check: (record: string): Said => {
      const issues: string[] = []
      const key = rows.text(record, ({ code, path }) => issues.push(`${code} ${generalPath(path)}`))
      return { issues: issues.toSorted(), key: key ?? undefined }
    },
  }
}

function textOf(key: QuotedKey | undefined): string | undefined {
  return key === undefined ? undefined : String(JSON.parse(key.bytes.toString('utf8', key.start, key.end)))
}

function generalPath(path: string): string {
  return path.replaceAll(/\/(?:key )?\d+(?=\/|$)/g, '/*')
}

/** Between other bytes that would go on with it. */
function between(record: string) {
  const before = Buffer.from('{"a":1}\n')
  const bytes = Buffer.from(record)
  const buffer = Buffer.concat([before, bytes, Buffer.from('\n"a":1}}]\n')])
  return { buffer, start: before.length, end: before.length + bytes.length }
}
