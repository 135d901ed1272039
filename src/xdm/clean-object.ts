import { afterBlanks, quotedBytes } from './clean-bytes.ts'
import { Names, type Member } from './clean-names.ts'
import { DOUBT, type CleanScan } from './clean-scan.ts'
import type { Field, ObjectField } from './field.ts'

/** An object of fields that the schema has, each once, and all that are required. `scanOf` makes the scans of its fields. */
export function cleanObject({ fields, required }: ObjectField, scanOf: ScanOf): CleanScan {
  const members = [...fields].flatMap(([name, field]) => memberOf(name, required, scanOf(field, name)) ?? [])
  const names = new Names(members)
  return (reading, start) => {
    const { bytes } = reading
    if (bytes[start] !== OPEN) return DOUBT
    const object = ++reading.objects
    let missing = required.size
    let at = afterBlanks(bytes, start + 1)
    if (bytes[at] === CLOSE) return missing === 0 ? at + 1 : DOUBT
    for (;;) {
      const member = names.at(bytes, at)
      if (member === undefined || member.lastObject === object) return DOUBT
      member.lastObject = object
      missing -= member.required
      const end = member.scan(reading, afterBlanks(bytes, at + member.token.length))
      if (end === DOUBT) return DOUBT
      at = afterBlanks(bytes, end)
      if (bytes[at] === CLOSE) return missing === 0 ? at + 1 : DOUBT
      if (bytes[at] !== COMMA) return DOUBT
      at = afterBlanks(bytes, at + 1)
    }
  }
}

/** Absent for fields that are always worth a second look. */
export type ScanOf = (field: Field, name: string) => CleanScan | undefined

const OPEN = 123
const CLOSE = 125
const COMMA = 44

function memberOf(name: string, required: ReadonlySet<string>, scan: CleanScan | undefined): Member | undefined {
  const quoted = quotedBytes(name)
  if (scan === undefined || quoted === undefined) return undefined
  const token = Buffer.concat([quoted, Buffer.from(':')])
  return { token, scan, required: required.has(name) ? 1 : 0, lastObject: 0 }
}
