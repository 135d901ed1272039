import { INPUTS, type Row } from './table.ts'

/** Whether the run checks files against a stored schema, and so reaches nobody. */
export function isOffline(text: (row: Row<unknown>) => string): boolean {
  return text(INPUTS.mode) === 'validate' && text(INPUTS.schemaFile) !== ''
}
