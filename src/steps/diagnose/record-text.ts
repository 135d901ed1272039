import { LosslessNumber } from '../../xdm/lossless-number.ts'

/** JSON of a record that was read without loss: every number has the digits it came with. */
export function recordText(value: unknown): string {
  if (value instanceof LosslessNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(recordText).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${recordText(inner)}`)
  return `{${members.join(',')}}`
}
