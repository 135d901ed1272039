import { lines } from './lines.ts'
import { read, refuse, type Fault, type Reading } from './reading.ts'

export type Tag = { readonly key: string; readonly value: string }

/** `key=value`, one a line; a key on several lines has several values, as a batch's tags are lists. */
export function readTags(text: string): Reading<readonly Tag[]> {
  const readings = lines(text).map(readTag)
  const faults = readings.flatMap((reading) => (reading.kind === 'refused' ? reading.faults : []))
  if (faults.length > 0) return refuse(...faults)
  return read(readings.flatMap((reading) => (reading.kind === 'read' ? [reading.value] : [])))
}

function readTag(line: string): Reading<Tag> {
  const [, key, value] = /^([^=]*[^=\s])\s*=\s*(.*)$/s.exec(line) ?? []
  if (key === undefined || value === undefined || value === '') return refuse(malformed(line))
  return isReserved(key) ? refuse(reserved(line)) : read({ key, value })
}

function malformed(line: string): Fault {
  return { value: line, allowed: '"key=value", one a line, neither side empty' }
}

/** `gh_` tags are how this action finds its own batches again; `acp_` tags are the platform's. */
function isReserved(key: string): boolean {
  return /^(gh|acp)_/i.test(key)
}

function reserved(line: string): Fault {
  return { value: line, allowed: 'a key that does not begin with the reserved "gh_" or "acp_"' }
}
