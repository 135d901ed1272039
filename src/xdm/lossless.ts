import { countMembers } from './count-members.ts'
import { exactJson, type OnDuplicate } from './exact-json.ts'
import { countNames } from './count-names.ts'
import { holdsTellingNumber } from './telling-number.ts'

/**
 * As JSON.parse, which also does the work for ordinary text, but numbers that would lose something come as
 * {@link LosslessNumber}, and keys that stand twice in an object are reported by their JSON pointer; the last one wins.
 * Throws what JSON.parse throws.
 */
export function parseLossless(text: string, onDuplicate?: OnDuplicate): unknown {
  const value: unknown = JSON.parse(text)
  if (holdsTellingNumber(text, NONE)) return exactJson(text, onDuplicate)
  if (onDuplicate !== undefined && countNames(text) !== countMembers(value)) exactJson(text, onDuplicate)
  return value
}

const NONE: ReadonlySet<string> = new Set()
