import { count } from '../lib/text.ts'
import type { FieldDrift } from '../schema/drift.ts'
import type { SchemaDrift } from './facts.ts'

/** Fields that one message lists; the report has all. */
const MOST_FIELDS = 20

/** The message about a stored schema that differs from the registry's. */
export function driftText({ file, isOlder, storedVersion, currentVersion, fields }: SchemaDrift): string {
  const versions =
    storedVersion === currentVersion ? '' : ` (version ${storedVersion || '?'}, registry ${currentVersion || '?'})`
  const state = isOlder ? 'is older than' : 'differs from'
  const breaking = fields.filter(({ isBreaking }) => isBreaking).length
  const differences = `${count(fields.length, 'difference')}, ${breaking} breaking`
  const more = fields.length - MOST_FIELDS
  const lines = [
    `The stored schema ${JSON.stringify(file)} ${state} the schema in the registry${versions}: ${differences}. Store it again with the command "schema" and --force`,
    ...fields.slice(0, MOST_FIELDS).map(fieldLine),
    ...(more > 0 ? [`- and ${more} more`] : []),
  ]
  return lines.join('\n')
}

function fieldLine({ path, change, detail, isBreaking }: FieldDrift): string {
  const what = change === 'changed' ? detail : change
  return `- ${path === '' ? 'schema' : path}: ${what}${isBreaking ? ' (breaking)' : ''}`
}
