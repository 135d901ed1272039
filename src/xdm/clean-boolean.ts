import { standsAt } from './clean-bytes.ts'
import { DOUBT, type Reading } from './clean-scan.ts'

export function cleanBoolean({ bytes }: Reading, start: number): number {
  if (standsAt(bytes, start, TRUE)) return start + TRUE.length
  return standsAt(bytes, start, FALSE) ? start + FALSE.length : DOUBT
}

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
